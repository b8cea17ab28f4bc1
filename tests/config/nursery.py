"""A program that knows Senne by heart and gives birth to servers, workers and tickers at once, as often as they are killed.

Reads lines 'server', 'worker' or 'ticker'; answers each with the number of the new process. Starting Python and Django anew
fifty times would take longer than all else that the test does.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.urls import get_resolver  # noqa: E402
from django.utils import timezone  # noqa: E402

from senne.config.wsgi import application  # noqa: E402
from senne.core.chores import ask_for_chores  # noqa: E402


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    allow_reuse_address = True


class Silent(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Nothing."""


def server() -> None:
    """The whole application, as a server of many threads."""
    make_server("127.0.0.1", int(sys.argv[1]), application, Threads, Silent).serve_forever()


def worker() -> None:
    """The worker that `senne serve` starts."""
    call_command("db_worker", reload=False, startup_delay=False, interval=0.05, verbosity=0)


def ticker() -> None:
    """What `senne serve` does each minute, all the time."""
    while True:
        ask_for_chores(timezone.now())
        time.sleep(0.2)


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    get_resolver().url_patterns  # noqa: B018
    for line in sys.stdin:
        connections.close_all()
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            sys.stdin.close()
            {"server": server, "worker": worker, "ticker": ticker}[line.strip()]()
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main()
