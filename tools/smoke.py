"""A start from a clean clone, and everything that may go wrong with one: `make run` is killed at the worst moments, started
twice, given a port in use, stopped by Ctrl-C. Each time the next `make run` must find its way, and no process stay behind.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

FIRST, SECOND, STOP = 600, 60, 8
PAGES = ("fr/", "nl/", "en/", "fr/actions/", "api/v1/actions")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], bool], seconds: float) -> bool:
    """Wait for something; no longer than `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


class Clone:
    """A clean clone with its store, and the processes that live from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "senne"
        self.store = self.folder / "var"
        self.port = free_port()
        subprocess.run(["git", "clone", "--quiet", ".", str(self.folder)], check=True)

    def make_run(self, port: int | None = None) -> subprocess.Popen[str]:
        """`make run` as a person's shell would start it: a group of its own, which Ctrl-C reaches whole."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("SENNE_") and k != "DATABASE_URL"}
        return subprocess.Popen(
            ["make", "run", f"PORT={port or self.port}"], cwd=self.folder, env=environment, text=True,
            start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=20) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def processes(self, word: str = "") -> list[int]:
        """Processes of this clone that are alive (by their command line), with `word` in it."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if str(self.folder) in command and word in command:
                    found.append(int(entry.name))
        return found

    def count(self, table: str) -> int:
        """Rows of a table as another program sees them; -1 before there is one."""
        try:
            with contextlib.closing(
                sqlite3.connect(f"file:{self.store / 'senne.sqlite3'}?mode=ro", uri=True, timeout=1)
            ) as database:
                return int(database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])  # noqa: S608
        except sqlite3.Error:
            return -1

    def expect(self, true: bool, what: str) -> None:
        """Say that it holds, or end everything."""
        print(f"{'✓' if true else '✗'} {what}", flush=True)
        if not true:
            for pid in self.processes():
                os.kill(pid, signal.SIGKILL)
            sys.exit(f"smoke: {what}: it does not")

    def start(self, limit: float) -> tuple[subprocess.Popen[str], float]:
        """Start and wait for the first page. Returns the process and the seconds that it took."""
        began = time.monotonic()
        run = self.make_run()
        up = until(lambda: run.poll() is not None or self.status("fr/") == 200, limit)
        self.expect(up and run.poll() is None, f"make run answers within {limit:.0f} s")
        return run, time.monotonic() - began

    def kill(self, run: subprocess.Popen[str]) -> None:
        """SIGKILL, as when the power goes; then nothing of it may be alive."""
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        self.expect(until(lambda: not self.processes(), STOP), "nothing outlives a killed make run")

    def interrupt(self, run: subprocess.Popen[str]) -> None:
        began = time.monotonic()
        os.killpg(run.pid, signal.SIGINT)
        ended = until(lambda: run.poll() is not None and not self.processes(), STOP)
        self.expect(ended, f"Ctrl-C stops everything ({time.monotonic() - began:.1f} s)")


def first_and_second_start(clone: Clone) -> None:
    run, first = clone.start(FIRST)
    clone.expect([clone.status(page) for page in PAGES] == [200] * len(PAGES), "pages answer in three languages")
    entries, actions = clone.count("core_auditentry"), clone.count("plan_action")
    clone.expect(actions >= 120, f"the demo city has {actions} actions")
    clone.interrupt(run)
    run, second = clone.start(SECOND)
    clone.expect(clone.count("core_auditentry") == entries, f"a second start keeps the data ({second:.0f} s)")
    two_at_once(clone)
    worker_comes_back(clone)
    clone.kill(run)
    run, third = clone.start(SECOND)
    clone.expect(clone.count("plan_action") == actions, f"after a kill while serving, all is there ({third:.0f} s)")
    os.kill(run.pid, signal.SIGKILL)
    clone.expect(until(lambda: not clone.processes("serve"), STOP), "a killed make takes its server along")
    clone.expect(until(lambda: not clone.processes(), STOP), "and its worker")
    print(f"first start {first:.0f} s, second start {second:.0f} s", flush=True)


def two_at_once(clone: Clone) -> None:
    second = clone.make_run(port=clone.port + 1)
    said = second.communicate(timeout=SECOND)[0]
    clone.expect("Senne runs on this store already" in said and second.returncode != 0, "a second make run says so")


def worker_comes_back(clone: Clone) -> None:
    clone.expect(until(lambda: len(clone.processes("db_worker")) == 1, STOP), "there is one worker")
    before = clone.processes("db_worker")
    os.kill(before[0], signal.SIGKILL)
    back = until(lambda: bool(clone.processes("db_worker")) and clone.processes("db_worker") != before, 15)
    clone.expect(back, "a killed worker comes back")


def port_in_use(clone: Clone) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        run = clone.make_run(port=port)
        said = run.communicate(timeout=SECOND)[0]
    clone.expect(f"Port {port} is in use by another program" in said, "a port in use is named, with the remedy")


def cut_off(clone: Clone, moment: str, reached: Callable[[], bool]) -> None:
    """An empty store; the kill comes when `reached`, and the next start finishes the work."""
    shutil.rmtree(clone.store)
    run = clone.make_run()
    clone.expect(until(reached, 120), f"the moment comes: {moment}")
    clone.expect(clone.count("plan_action") <= 0, f"and the city is not there yet: {moment}")
    clone.kill(run)
    run, seconds = clone.start(FIRST)
    clone.expect(clone.count("plan_action") >= 120, f"killed while {moment}, the next start is whole ({seconds:.0f} s)")
    clone.interrupt(run)


def loading(clone: Clone) -> Callable[[], bool]:
    """True some moments after the tables and the static files are there: the demo city is being written."""
    since: list[float] = []

    def reached() -> bool:
        ready = clone.count("plan_action") == 0 and (clone.store / "static" / "staticfiles.json").exists()
        if ready and not (clone.store / "static.begun").exists():
            since.append(time.monotonic())
        return bool(since) and time.monotonic() - since[0] > 2.0

    return reached


@contextlib.contextmanager
def a_clone() -> Iterator[Clone]:
    folder = Path(tempfile.mkdtemp(prefix="senne-smoke-"))
    try:
        yield Clone(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    with a_clone() as clone:
        first_and_second_start(clone)
        port_in_use(clone)
        cut_off(clone, "setting up the tables", lambda: clone.count("django_migrations") >= 4)
        cut_off(clone, "loading the demo city", loading(clone))
    print("smoke: 5 passed, 0 failed")


if __name__ == "__main__":
    main()
