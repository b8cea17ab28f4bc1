"""Erasures, and the one way in which the audit trail may be rewritten: names and texts, while an erasure is under way."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

KEPT = ("id", "at", "verb", "kind", "record_id", "root_kind", "root_id")
FREE = ("actor_id", "actor_name", "label", "changes", "reason")
REFUSE = "SELECT RAISE(ABORT, 'the audit trail is append-only')"
NO_WAY_BACK = "a finished erasure is not opened again"


def _same(columns):
    return " AND ".join(f'new."{name}" IS old."{name}"' for name in columns)


UNDER_WAY = "EXISTS (SELECT 1 FROM privacy_erasure WHERE finished_at IS NULL)"
BEFORE = f"(new.actor_id IS NULL AND {_same(KEPT + FREE[1:])})"
SQLITE_BEFORE = [
    "DROP TRIGGER core_auditentry_no_update",
    f"CREATE TRIGGER core_auditentry_no_update BEFORE UPDATE ON core_auditentry WHEN NOT {BEFORE} BEGIN {REFUSE}; END",
]
SQLITE = [
    "DROP TRIGGER core_auditentry_no_update",
    "CREATE TRIGGER core_auditentry_no_update BEFORE UPDATE ON core_auditentry "
    f"WHEN NOT ({BEFORE} OR ({UNDER_WAY} AND {_same(KEPT)})) BEGIN {REFUSE}; END",
    "CREATE TRIGGER privacy_erasure_no_way_back BEFORE UPDATE ON privacy_erasure WHEN old.finished_at IS NOT NULL "
    f"BEGIN SELECT RAISE(ABORT, '{NO_WAY_BACK}'); END",
]


def _function(extra):
    return (
        "CREATE OR REPLACE FUNCTION core_auditentry_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'UPDATE' THEN "
        "IF NEW.actor_id IS NULL AND to_jsonb(NEW) - 'actor_id' = to_jsonb(OLD) - 'actor_id' THEN RETURN NEW; END IF; "
        f"{extra}"
        "END IF; RAISE EXCEPTION 'the audit trail is append-only'; END $$"
    )


COLUMNS = ", ".join(f"'{name}'" for name in FREE)
POSTGRESQL_BEFORE = [_function(""), "DROP FUNCTION privacy_erasure_guard() CASCADE"]
POSTGRESQL = [
    _function(
        f"IF {UNDER_WAY} AND to_jsonb(NEW) - ARRAY[{COLUMNS}] = to_jsonb(OLD) - ARRAY[{COLUMNS}] "
        "THEN RETURN NEW; END IF; "
    ),
    "CREATE FUNCTION privacy_erasure_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF OLD.finished_at IS NOT NULL THEN RAISE EXCEPTION '{NO_WAY_BACK}'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER privacy_erasure_no_way_back BEFORE UPDATE ON privacy_erasure FOR EACH ROW "
    "EXECUTE FUNCTION privacy_erasure_guard()",
]


def _run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def open_the_door(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def close_the_door(apps, schema_editor):
    before = ["DROP TRIGGER privacy_erasure_no_way_back", *SQLITE_BEFORE]
    _run(schema_editor, {"sqlite": before, "postgresql": POSTGRESQL_BEFORE})


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0005_partners_are_houses'),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(null=True)),
                ('done', models.JSONField(default=dict)),
                ('remains', models.JSONField(default=dict)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='erasure', to='core.person')),
            ],
        ),
        migrations.RunPython(open_the_door, close_the_door),
    ]
