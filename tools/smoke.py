"""A start from a clean clone: make run answers in three languages, and a second start keeps the data and is quick."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

FIRST, SECOND = 600, 60


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def _start(clone: Path, port: int, limit: int) -> tuple[subprocess.Popen[str], float]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SENNE_") and k != "DATABASE_URL"}
    started = time.monotonic()
    server = subprocess.Popen(
        ["make", "run", f"PORT={port}"], cwd=clone, env=environment, text=True, start_new_session=True
    )
    while time.monotonic() - started < limit:
        if server.poll() is not None:
            sys.exit(f"make run ended with {server.returncode}")
        if _status(f"http://127.0.0.1:{port}/fr/") == 200:
            return server, time.monotonic() - started
        time.sleep(0.5)
    os.killpg(server.pid, signal.SIGKILL)
    sys.exit(f"make run did not answer within {limit} s")


def _stop(server: subprocess.Popen[str]) -> None:
    os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="senne-smoke-"))
    try:
        clone = folder / "senne"
        subprocess.run(["git", "clone", "--quiet", ".", str(clone)], check=True)
        port = _free_port()
        server, first = _start(clone, port, FIRST)
        pages = [_status(f"http://127.0.0.1:{port}/{path}") for path in ("fr/", "nl/", "en/", "fr/actions/")]
        _stop(server)
        if pages != [200] * 4:
            sys.exit(f"the first start answered {pages}")
        server, second = _start(clone, port, SECOND)
        _stop(server)
        print(f"first start {first:.0f} s, second start {second:.0f} s")
        print("smoke: 2 passed, 0 failed")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
