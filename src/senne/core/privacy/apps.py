"""What is kept of people, told to them and erased, as Django knows it."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "senne.core.privacy"
    label = "privacy"

    def ready(self) -> None:
        from senne.core.privacy import asking

        asking.register()
