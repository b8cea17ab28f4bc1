"""A store and a database of their own, with programs that run on them and are killed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Store:
    """A store and a database of their own, with programs that run on them."""

    folder: Path
    database: str
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "SENNE_URL"}}
        added = {"SENNE_STORE": str(self.folder), "DJANGO_SETTINGS_MODULE": "senne.config.settings", "SENNE_LOCAL": "1"}
        return kept | added | self.more | ({"DATABASE_URL": self.database} if self.database else {})

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
