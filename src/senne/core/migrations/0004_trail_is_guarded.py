"""The database refuses to change or remove an audit entry; only the link to an erased account may become empty."""

from django.db import migrations

COLUMNS = (
    "id", "at", "actor_name", "verb", "kind", "record_id", "label", "root_kind", "root_id", "changes", "reason",
)  # fmt: skip
SAME = " AND ".join(f'new."{name}" IS old."{name}"' for name in COLUMNS)
REFUSE = "SELECT RAISE(ABORT, 'the audit trail is append-only')"
SQLITE = [
    # The first guards INSERT OR REPLACE, which removes a row without telling the triggers of DELETE.
    "CREATE TRIGGER core_auditentry_no_replace BEFORE INSERT ON core_auditentry "
    f"WHEN EXISTS (SELECT 1 FROM core_auditentry WHERE id = new.id) BEGIN {REFUSE}; END",
    f"CREATE TRIGGER core_auditentry_no_delete BEFORE DELETE ON core_auditentry BEGIN {REFUSE}; END",
    "CREATE TRIGGER core_auditentry_no_update BEFORE UPDATE ON core_auditentry "
    f"WHEN NOT (new.actor_id IS NULL AND {SAME}) BEGIN {REFUSE}; END",
]
POSTGRESQL = [
    "CREATE FUNCTION core_auditentry_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'UPDATE' THEN "
    "IF NEW.actor_id IS NULL AND to_jsonb(NEW) - 'actor_id' = to_jsonb(OLD) - 'actor_id' THEN RETURN NEW; END IF; "
    "END IF; RAISE EXCEPTION 'the audit trail is append-only'; END $$",
    "CREATE TRIGGER core_auditentry_no_change BEFORE UPDATE OR DELETE ON core_auditentry "
    "FOR EACH ROW EXECUTE FUNCTION core_auditentry_guard()",
    "CREATE TRIGGER core_auditentry_no_truncate BEFORE TRUNCATE ON core_auditentry "
    "FOR EACH STATEMENT EXECUTE FUNCTION core_auditentry_guard()",
]
UNDO = {
    "sqlite": [f"DROP TRIGGER core_auditentry_no_{name}" for name in ("replace", "delete", "update")],
    "postgresql": ["DROP FUNCTION core_auditentry_guard() CASCADE"],
}
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def guard(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("core", "0003_feedback_is_erased")]
    operations = [migrations.RunPython(guard, unguard)]
