"""The room as Django knows it."""

from typing import Any

from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db.models.signals import post_migrate


def _after_migration(sender: Any, **_more: Any) -> None:
    from senne.site.editorial import placing
    from senne.site.editorial.tree import ensure_tree

    call_command("createcachetable", verbosity=0)  # Wagtail remembers its sites there
    ensure_tree()
    placing.refresh_all()


class EditorialConfig(AppConfig):
    name = "senne.site.editorial"
    label = "editorial"

    def ready(self) -> None:
        from senne.site.editorial import chores, members, publishing, reviewing

        chores.register()
        members.register()
        publishing.register()
        reviewing.register()
        # The last app: by then every table, kind of content and permission is there.
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(_after_migration, sender=last, dispatch_uid="senne.editorial.tree")
