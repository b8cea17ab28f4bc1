"""A private PostgreSQL for the tests: made in a temporary folder, stopped and removed at the end, whatever happens."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.shell import ensure_programs

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


def binaries() -> Path:
    """The folder of initdb and pg_ctl of the newest version installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    if found:
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).parent
    ensure_programs({"postgresql": ["initdb"]})
    return sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))[-1].parent


def _as_user(owner: str | None, command: list[str]) -> None:
    prefix = ["runuser", "-u", owner, "--"] if owner else []
    subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def private_postgres() -> Iterator[str]:
    """The address (for DATABASE_URL) of an empty server that lives as long as the block."""
    bin_folder, port = binaries(), _free_port()
    owner = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="senne-pg-"))
    try:
        if owner:
            shutil.chown(folder, owner)
        data = str(folder / "data")
        _as_user(
            owner,
            [f"{bin_folder}/initdb", "-D", data, "-U", "senne", "-A", "trust", "-E", "UTF8", "--no-sync"],
        )
        options = " ".join(f"-c {setting}" for setting in FAST)
        options += f" -c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
        log = str(folder / "log")
        _as_user(owner, [f"{bin_folder}/pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start"])
        try:
            yield f"postgres://senne@127.0.0.1:{port}/postgres"
        finally:
            _as_user(owner, [f"{bin_folder}/pg_ctl", "-D", data, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
