"""Rows that never change: triggers by which the database itself refuses to alter or remove them. For migrations."""

from __future__ import annotations

from typing import Any


def _sqlite(table: str, why: str) -> list[str]:
    refuse = f"SELECT RAISE(ABORT, '{why}')"
    return [
        # The first guards INSERT OR REPLACE, which removes a row without telling the triggers of DELETE.
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = new.id) BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refuse}; END",
    ]


def _postgresql(table: str, why: str) -> list[str]:
    return [
        f"CREATE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{why}'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_guard()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_guard()",
    ]


def guard(schema_editor: Any, table: str, why: str) -> None:
    """Refuse every change of a row of `table`; `why` is what the database answers."""
    write = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
    for statement in write(table, why):
        schema_editor.execute(statement, params=None)


def unguard(schema_editor: Any, table: str) -> None:
    """Take the guard away (to undo a migration)."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION {table}_guard() CASCADE", params=None)
        return
    for name in ("replace", "delete", "update"):
        schema_editor.execute(f"DROP TRIGGER {table}_no_{name}", params=None)
