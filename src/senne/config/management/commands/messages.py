"""senne messages: bring the catalogues up to date, check or compile them."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser

from senne.config import catalogues


class Command(BaseCommand):
    help = "Extract messages into each room's catalogues; --check says what is missing, --compile writes .mo files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--compile", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            found = catalogues.faults()
            for line in found:
                self.stderr.write(line)
            self.stdout.write(f"{len(found)} messages to mend")
            sys.exit(1 if found else 0)
        if not options["compile"]:
            catalogues.write_catalogues()
        catalogues.compile_catalogues()
