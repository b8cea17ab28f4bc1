"""senne tick: ask the background worker for what is due; `senne serve` does so each minute."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandParser
from django.utils import timezone

from senne.core.chores import ask_for_chores, do_chores


class Command(BaseCommand):
    help = "Ask the background worker for the chores that are due (duties, mails, erasures, closed accounts)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", action="store_true", help="do them here and now, without the worker")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["now"]:
            self.stdout.write(", ".join(f"{count} {what}" for what, count in do_chores(timezone.now()).items()))
        else:
            ask_for_chores(timezone.now())
