"""What colleagues say to each other about records, and ask of each other, as Django knows it."""

from django.apps import AppConfig


class TalkConfig(AppConfig):
    name = "senne.core.talk"
    label = "talk"

    def ready(self) -> None:
        from senne.core.talk import asking

        asking.register()
