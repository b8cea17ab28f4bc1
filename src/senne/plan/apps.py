"""The room as Django knows it."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "senne.plan"
    label = "plan"

    def ready(self) -> None:
        from senne.plan import assigning, derive, duties, talking

        assigning.register()
        derive.register()
        duties.register()
        talking.register()
