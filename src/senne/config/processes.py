"""Processes that live and die together, and locks that a crash lets go of. No Django import."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

PR_SET_PDEATHSIG = 1
FIRST_PAUSE, LONGEST_PAUSE, STEADY_AFTER = 1.0, 60.0, 120.0


class Busy(Exception):
    """Somebody else holds the lock; `holder` is what they wrote into it."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


@contextlib.contextmanager
def alone(path: Path, note: str = "", *, wait: bool = False) -> Iterator[None]:
    """Hold the lock file while the block runs. The kernel lets it go however the process ends, SIGKILL included.

    Raises Busy where somebody else holds it, unless `wait`.
    """
    with path.open("a+", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            handle.seek(0)
            raise Busy(handle.read().strip()) from None
        handle.truncate(0)
        handle.write(note)
        handle.flush()
        yield


def _die_with_parent() -> None:
    """Linux: the kernel ends this process when its parent dies, however that one dies. Elsewhere: nothing."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def spawn(*arguments: str) -> subprocess.Popen[bytes]:
    """A Python of our own kind, in a session of its own: Ctrl-C in the terminal reaches the supervisor alone."""
    return subprocess.Popen([sys.executable, *arguments], start_new_session=True, preexec_fn=_die_with_parent)  # noqa: PLW1509


def follow_parent(every: float = 1.0) -> None:
    """End this process soon after its parent is gone, however that one ended. Returns at once."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(every)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(5 * every)
        os._exit(1)

    threading.Thread(target=watch, name="follow-parent", daemon=True).start()


def stop(process: subprocess.Popen[bytes], patience: float = 5.0) -> None:
    """Ask the process to end, and after `patience` seconds end it with all that it started."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=patience)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Restarted:
    """A process that is started again when it ends, after a pause that doubles while it keeps ending early."""

    def __init__(self, *arguments: str) -> None:
        self.arguments = arguments
        self.pause = FIRST_PAUSE
        self.process = spawn(*arguments)
        self.began = time.monotonic()
        self.again_at: float | None = None

    def look(self, now: float) -> str:
        """Start it again where it is time to. Returns a line to tell, or nothing."""
        if self.process.poll() is None:
            return ""
        if self.again_at is None:
            self.pause = FIRST_PAUSE if now - self.began > STEADY_AFTER else min(self.pause * 2, LONGEST_PAUSE)
            self.again_at = now + self.pause
            return f"ended with {self.process.returncode}; starts again in {self.pause:.0f} s"
        if now >= self.again_at:
            self.process, self.began, self.again_at = spawn(*self.arguments), now, None
        return ""


def port_is_free(host: str, port: int) -> bool:
    """Whether a server may listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there."""
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False
