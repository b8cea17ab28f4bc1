"""senne serve: the web server and the background worker under one roof, stopped together."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.db import Error as DatabaseError
from django.db import connections

from senne.config.processes import Busy, Restarted, alone, answers, follow_parent, port_is_free, spawn, stop
from senne.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD

MINUTE = 60.0
WORKER = ("-m", "senne.config.cli", "db_worker", "--no-reload", "--verbosity", "0")


class Command(BaseCommand):
    help = "Serve the site and run the background worker; Ctrl-C stops both."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--prepare", action="store_true", help="bring the store up to date first")
        parser.add_argument("--with-parent", action="store_true", help="end when the program that started it does")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        self.ending = False
        if options["with_parent"]:
            follow_parent()
        for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(name, self._end)
        try:
            with alone(settings.STORE / "serve.lock", f"process {os.getpid()}, {settings.PUBLIC_URL}"):
                if not port_is_free(host, port):
                    raise CommandError(
                        f"Port {port} is in use by another program. Stop that one, or take another port: "
                        f"make run PORT={port + 1}"
                    )
                if options["prepare"]:
                    call_command("prepare")
                sys.exit(self._serve(host, port, options["workers"]))
        except Busy as busy:
            raise CommandError(
                f"Senne runs on this store already ({busy.holder}). Open that address, or stop that process first."
            ) from None

    def _end(self, *_args: Any) -> None:
        """Before anything is served there is nothing to stop: end at once; a store half prepared is finished next time."""
        self.ending = True
        if not hasattr(self, "server"):
            sys.exit(130)

    def _serve(self, host: str, port: int, workers: int) -> int:
        """Watch over the children until one asks us to end, or the web server does. Returns the exit code."""
        os.environ["SENNE_SERVED"] = "1"
        self.server = spawn(
            *("-m", "granian", "--interface", "wsgi", "senne.config.wsgi:application", "--no-ws"),
            *("--host", host, "--port", str(port), "--workers", str(workers), "--log-level", "error"),
            *("--blocking-threads", "4", "--workers-kill-timeout", "3"),
        )
        worker, greeted, next_tick = Restarted(*WORKER), False, time.monotonic() + 20
        try:
            while not self.ending and self.server.poll() is None:
                time.sleep(0.2)
                if not greeted and answers("127.0.0.1" if host == "0.0.0.0" else host, port):  # noqa: S104
                    greeted = True
                    self._greet()
                if told := worker.look(time.monotonic()):
                    self.stderr.write(f"The background worker {told}.")
                if time.monotonic() >= next_tick:
                    next_tick += MINUTE
                    self._tick()
        finally:
            for process in (worker.process, self.server):
                process.terminate()
            for process in (worker.process, self.server):
                stop(process)
        return 0 if self.ending else max(1, self.server.returncode)

    def _tick(self) -> None:
        """Ask for what is due; a store that does not answer for a while must not end the site."""
        try:
            call_command("tick")
        except DatabaseError as fault:
            self.stderr.write(f"The database does not answer ({str(fault).strip()}); it is asked again in a minute.")
        finally:
            connections.close_all()

    def _greet(self) -> None:
        home = f"{settings.PUBLIC_URL}/fr/"
        lines = ["", f"  Senne is at {home}   (workspace: {home}work/)", ""]
        if settings.LOCAL:
            lines.append(f"  Demo accounts (password: {DEMO_PASSWORD}):")
            lines += [f"    {email:<44} {what}" for email, what in DEMO_ACCOUNTS]
            lines.append("  The coordination has a second factor: `make code` prints the current code.")
            lines.append("  Ctrl-C stops it; the data stay.")
        self.stdout.write("\n".join([*lines, ""]))
        self.stdout.flush()
