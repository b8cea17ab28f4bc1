"""The room as Django knows it."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "senne.indicators"
    label = "indicators"

    def ready(self) -> None:
        from senne.indicators import duties, finding, talking

        duties.register()
        finding.register()
        talking.register()
