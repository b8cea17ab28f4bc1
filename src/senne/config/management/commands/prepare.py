"""senne prepare: bring the store up to date: catalogues, tables, static files, and the demo city where nothing is yet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command

from senne.config.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Bring the store up to date, and load the demo city into an empty one."

    def handle(self, *args: Any, **options: Any) -> None:
        compile_catalogues()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if settings.LOCAL:
            call_command("load_demo")
