"""senne messages [ROOM …]: bring the catalogues up to date, check or compile them."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser

from senne.config import catalogues


class Command(BaseCommand):
    help = "Extract messages into the catalogues of the rooms given (default: all); --check says what is missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rooms", nargs="*", help="rooms by name ('plan site'); all where none is given")
        parser.add_argument("--check", action="store_true", help="only say what is missing or wrong")
        parser.add_argument("--compile", action="store_true", help="only write the .mo files")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            found = catalogues.faults()
            for line in found:
                self.stderr.write(line)
            self.stdout.write(f"{len(found)} messages to mend")
            sys.exit(1 if found else 0)
        if not options["compile"]:
            catalogues.write_catalogues(options["rooms"])
        catalogues.compile_catalogues()
