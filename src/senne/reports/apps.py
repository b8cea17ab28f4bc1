"""The room as Django knows it."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "senne.reports"
    label = "reports"

    def ready(self) -> None:
        from senne.core import chores, records
        from senne.reports import jobs, public

        records.on_change("plan.snapshot", public.prepare_soon)
        chores.also("reports taken up again", jobs.take_up_again)
        chores.also("old reports removed", jobs.remove_old)
        chores.also("public reports asked for", public.prepare_public)
