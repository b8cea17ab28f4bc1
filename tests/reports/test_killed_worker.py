"""A real worker, killed in the middle of a real report: the next one makes it, once, and tells once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
ASK = """
import django; django.setup()
from datetime import date
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
from bench import city
from senne.core import people
from senne.core.actors import SYSTEM, actor_of_person
from senne.core.models import Organisation, User
from senne.core.policy import Role
from senne.reports import jobs
from senne.reports.orders import Order
plan = city.build(60)
unit = Organisation.objects.get(code="city")
person = people.add_person({"name": "Ann", "organisation": unit, "email": "ann@example.org"}, actor=SYSTEM)
people.give_role(person, Role.HEAD, unit, actor=SYSTEM, since=date(2020, 1, 1))
people.change_person(person, {"user": User.objects.create_user("ann@example.org", "x")}, actor=SYSTEM)
print(jobs.ask(Order(plan, "yearly", "pdf", "fr"), actor_of_person(person), timezone.now()).uuid)
"""
ASK_AGAIN = """
import django; django.setup()
from senne.reports import jobs
from senne.reports.models import ReportJob
job = ReportJob.objects.get()
jobs.run_report.enqueue(str(job.uuid)); jobs.look_after.enqueue(str(job.uuid))
"""


@dataclass
class Store:
    """A store and a database of their own, with programs that run on them."""

    folder: Path
    database: str

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "SENNE_URL"}}
        added = {"SENNE_STORE": str(self.folder), "DJANGO_SETTINGS_MODULE": "senne.config.settings", "SENNE_LOCAL": "1"}
        return kept | added | ({"DATABASE_URL": self.database} if self.database else {})

    def python(self, code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def worker(self, *options: str) -> subprocess.Popen[bytes]:
        command = [
            "-m",
            "senne.config.cli",
            "db_worker",
            "--no-reload",
            "--no-startup-delay",
            "--verbosity",
            "0",
            *options,
        ]
        return subprocess.Popen([sys.executable, *command], cwd=ROOT, env=self.environment, stderr=subprocess.DEVNULL)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query, straight from the database; what it changes is kept."""
        if self.database:
            with psycopg.connect(self.database.replace("postgres://", "postgresql://")) as there:
                cursor = there.execute(sql)  # type: ignore[arg-type]
                return cursor.fetchall() if cursor.description else []
        with closing(sqlite3.connect(self.folder / "senne.sqlite3", timeout=20)) as here, here:
            return here.execute(sql).fetchall()

    def time_passes(self) -> None:
        """Minutes later: the beat of the dead is old, and the look that was due is due."""
        self.ask("UPDATE reports_reportjob SET heartbeat = '2020-01-01 00:00:00+00:00'")
        self.ask("UPDATE django_tasks_database_dbtaskresult SET run_after = '2020-01-01 00:00:00+00:00'")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """On the kind of database that the suite runs on."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield Store(tmp_path, "")
        return
    name = f"killed_{os.getpid()}"
    with psycopg.connect(server.replace("postgres://", "postgresql://"), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        yield Store(tmp_path, urlunsplit(urlsplit(server)._replace(path=f"/{name}")))
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


def until(true: Any, seconds: float = 60) -> bool:
    """Wait for what another process does; no longer than `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def test_a_killed_worker_loses_nothing_and_nothing_is_made_or_told_twice(store: Store) -> None:
    store.python(ASK)
    for attempt in (1, 2):
        worker = store.worker()
        asked = f"SELECT 1 FROM reports_reportjob WHERE state = 'working' AND attempt = {attempt} AND progress > 100"
        assert until(lambda asked=asked: store.ask(asked)), "it is in the middle of the work"
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        assert store.ask("SELECT state, file_id FROM reports_reportjob") == [("working", None)]
        store.time_passes()
    assert store.worker("--batch").wait(timeout=100) == 0
    [(state, attempt, file)] = store.ask("SELECT state, attempt, file_id FROM reports_reportjob")
    assert (state, attempt) == ("ready", 3)
    [(number, sha256, size)] = store.ask("SELECT id, sha256, size FROM core_storedfile")
    content = (store.folder / "files" / sha256[:2] / sha256).read_bytes()
    assert number == file
    assert content.startswith(b"%PDF")
    assert content.rstrip().endswith(b"%%EOF")
    assert len(content) == size
    assert len(store.ask("SELECT id FROM mailing_notice")) == 1

    store.time_passes()
    store.python(ASK_AGAIN)
    assert store.worker("--batch").wait(timeout=100) == 0
    assert store.ask("SELECT state, attempt, file_id FROM reports_reportjob") == [("ready", 3, file)]
    assert len(store.ask("SELECT id FROM mailing_notice")) == 1
    assert len(store.ask("SELECT id FROM core_storedfile")) == 1
