"""Tables of Wagtail's apps made at once from their models: its 140 migrations take longer than most test runs.

They are run for real, on both stores, by tests/site/editorial/test_migrations.py.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

AT_ONCE = (
    "taggit", "wagtailcore", "wagtailadmin", "wagtailimages", "wagtaildocs", "wagtailusers", "wagtailsearch", "editorial",
)  # fmt: skip


def make_at_once() -> None:
    """Leave these apps out of migrations, and make their tables when those of the others are there."""
    settings.MIGRATION_MODULES = dict.fromkeys(AT_ONCE)
    load, migrate = MigrationLoader.load_disk, MigrationExecutor.migrate

    def load_others(self: MigrationLoader) -> None:
        load(self)
        self.unmigrated_apps -= set(AT_ONCE)

    def migrate_and_make(self: MigrationExecutor, *args: Any, **kwargs: Any) -> Any:
        state = migrate(self, *args, **kwargs)
        there = set(self.connection.introspection.table_names())
        with self.connection.schema_editor() as editor:
            for model in (model for label in AT_ONCE for model in apps.get_app_config(label).get_models()):
                if model._meta.managed and model._meta.db_table not in there:
                    editor.create_model(model)
        for label in AT_ONCE:
            create_permissions(apps.get_app_config(label), verbosity=0)
        return state

    MigrationLoader.load_disk = load_others  # type: ignore[method-assign]
    MigrationExecutor.migrate = migrate_and_make  # type: ignore[method-assign]
