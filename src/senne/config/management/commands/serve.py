"""senne serve: the web server and the background worker under one roof, stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser

from senne.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD


class Command(BaseCommand):
    help = "Serve the site and run the background worker; Ctrl-C stops both."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        server = self._spawn(
            *("-m", "granian", "--interface", "wsgi", "senne.config.wsgi:application", "--no-ws"),
            *(
                "--host",
                options["host"],
                "--port",
                str(options["port"]),
                "--workers",
                str(options["workers"]),
            ),
            *("--log-level", "error", "--blocking-threads", "4"),
        )
        worker = self._spawn_worker()
        self._greet()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_args: server.terminate())
        while server.poll() is None:
            time.sleep(0.5)
            if worker.poll() is not None and server.poll() is None:
                worker = self._spawn_worker()
        worker.terminate()
        worker.wait(timeout=10)
        sys.exit(max(0, server.returncode))

    def _spawn(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, *arguments], env=os.environ)

    def _spawn_worker(self) -> subprocess.Popen[bytes]:
        return self._spawn("-m", "senne.config.cli", "db_worker", "--no-reload", "--verbosity", "0")

    def _greet(self) -> None:
        lines = [
            "",
            f"  Senne is at {settings.PUBLIC_URL}/fr/   (workspace: {settings.PUBLIC_URL}/fr/work/)",
            "",
        ]
        if settings.LOCAL:
            lines.append(f"  Demo accounts (password: {DEMO_PASSWORD}):")
            lines += [f"    {email:<44} {what}" for email, what in DEMO_ACCOUNTS]
            lines.append("  The coordination has a second factor: `make code` prints the current code.")
        self.stdout.write("\n".join([*lines, ""]))
        self.stdout.flush()
