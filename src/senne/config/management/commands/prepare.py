"""senne prepare: bring the store up to date: catalogues, tables, static files, and the demo city where nothing is yet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command

from senne.config.catalogues import compile_catalogues
from senne.config.processes import alone
from senne.config.static_files import state_of_sources


class Command(BaseCommand):
    help = "Bring the store up to date, and load the demo city into an empty one."

    def handle(self, *args: Any, **options: Any) -> None:
        """One at a time; each part can be cut off at any moment, and the next run finishes it."""
        with alone(settings.STORE / "prepare.lock", wait=True):
            compile_catalogues()
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
            self._collect()
            if settings.LOCAL:
                call_command("load_demo")

    def _collect(self) -> None:
        """Static files, where any changed; from scratch where a former run was cut off and may have left half a file."""
        begun, stamp = settings.STORE / "static.begun", settings.STORE / "static.stamp"
        again, state = begun.exists(), state_of_sources()
        there = settings.STATIC_ROOT.exists() and stamp.exists()
        if not again and there and stamp.read_text(encoding="utf-8") == state:
            return
        begun.touch()
        call_command("collectstatic", verbosity=0, interactive=False, clear=again)
        stamp.write_text(state, encoding="utf-8")
        begun.unlink()
