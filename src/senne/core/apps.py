"""The room as Django knows it."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "senne.core"
    label = "core"

    def ready(self) -> None:
        from senne.core import security

        security.register()
