"""senne load-demo: the demo city, into an empty store."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management import BaseCommand, CommandParser
from django.utils import timezone

from senne.demo.loader import load_demo
from senne.plan.api import Plan


class Command(BaseCommand):
    help = "Load the demo city into an empty store; does nothing where a plan is there already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today", type=date.fromisoformat, help="the day on which the city stands (default: today)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if Plan.objects.exists():
            self.stdout.write("The store holds a plan already: the demo city is left out.")
            return
        asked: date | None = options["today"]
        counts = load_demo(asked or timezone.localdate(), None if asked else timezone.now())
        self.stdout.write("Demo city loaded: " + ", ".join(f"{n} {what}" for what, n in counts.items()))
