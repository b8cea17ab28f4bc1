"""Processes live and die together, whatever kills which; locks are let go of by a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.db import OperationalError

from senne.config import processes
from senne.config.management.commands import serve
from senne.config.processes import Busy, Restarted, alone, port_is_free, spawn, stop

LONG = "import time; time.sleep(60)"


def until(true: Callable[[], bool], seconds: float = 10) -> bool:
    """Wait for something that another process does; no longer than `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True, env={**os.environ}
    )


def test_the_second_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    with alone(tmp_path / "lock", "process 7, http://here"):
        with pytest.raises(Busy) as busy, alone(tmp_path / "lock", "me"):
            pass
        assert busy.value.holder == "process 7, http://here"
    with alone(tmp_path / "lock", "me"):
        assert (tmp_path / "lock").read_text() == "me"


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from senne.config.processes import alone\n"
        "with alone(Path(sys.argv[1]), 'x'): print('held', flush=True); time.sleep(60)"
    )
    holder = python(code, str(tmp_path / "lock"))
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(Busy), alone(tmp_path / "lock"):
        pass
    holder.kill()
    holder.wait()
    with alone(tmp_path / "lock"):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's death signal is Linux's")
def test_a_child_does_not_outlive_a_killed_parent() -> None:
    code = (
        "import time; from senne.config.processes import spawn\n"
        f"print(spawn('-c', {LONG!r}).pid, flush=True); time.sleep(60)"
    )
    parent = python(code)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert is_alive(child)
    parent.kill()
    parent.wait()
    assert until(lambda: not is_alive(child))


def test_a_grandchild_that_follows_its_parent_does_not_outlive_it() -> None:
    follower = (
        "from senne.config.processes import follow_parent; import time\n"
        "follow_parent(0.05); print('on', flush=True); time.sleep(60)"
    )
    code = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', {follower!r}], stdout=subprocess.PIPE, text=True)\n"
        "child.stdout.readline(); print(child.pid, flush=True); time.sleep(60)"
    )
    parent = python(code)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    assert until(lambda: not is_alive(child))


def test_a_stubborn_process_is_ended_with_all_that_it_started() -> None:
    code = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"print(subprocess.Popen([sys.executable, '-c', {LONG!r}]).pid, flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None
    grandchild = int(process.stdout.readline())
    stop(process, patience=0.3)
    assert process.returncode == -signal.SIGKILL
    assert until(lambda: not is_alive(grandchild))


def test_what_keeps_ending_is_restarted_after_longer_and_longer_pauses() -> None:
    worker = Restarted("-c", "raise SystemExit(3)")
    pauses = []
    now = worker.began
    for _turn in range(3):
        worker.process.wait()
        told = worker.look(now + 1)
        assert told.startswith("ended with 3; starts again in")
        pauses.append(worker.pause)
        before = worker.process.pid
        assert worker.look(now + 1 + worker.pause / 2) == ""
        assert worker.process.pid == before, "not before the pause is over"
        now += 1 + worker.pause
        worker.look(now)
        assert worker.process.pid != before
    assert pauses == [2.0, 4.0, 8.0]
    worker.process.wait()
    worker.look(worker.began + processes.STEADY_AFTER + 1)
    assert worker.pause == processes.FIRST_PAUSE, "what ran for long is restarted soon"


def test_what_runs_is_left_alone() -> None:
    worker = Restarted("-c", LONG)
    pid = worker.process.pid
    assert worker.look(worker.began + 1000) == ""
    assert worker.process.pid == pid
    stop(worker.process, patience=1)


def test_a_port_in_use_is_seen() -> None:
    import socket

    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        assert not port_is_free("127.0.0.1", port)
        assert processes.answers("127.0.0.1", port)
    assert port_is_free("127.0.0.1", port)
    assert not processes.answers("127.0.0.1", port)


def test_a_process_of_ours_is_not_reached_by_ctrl_c() -> None:
    child = spawn("-c", LONG)
    assert os.getpgid(child.pid) != os.getpgid(0)
    stop(child, patience=1)


def test_a_database_that_does_not_answer_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: str) -> None:
        raise OperationalError("connection refused\n")

    monkeypatch.setattr(serve, "call_command", refuse)
    monkeypatch.setattr(serve.connections, "close_all", lambda: None)
    said = StringIO()
    serve.Command(stderr=said)._tick()
    assert said.getvalue() == "The database does not answer (connection refused); it is asked again in a minute.\n"
