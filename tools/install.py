"""Install what Senne needs into .venv: `python3 tools/install.py run|dev`. Standard library only; quick when all is there.

Two at once wait for each other. An installation that was cut off half-way is begun anew, since nobody knows what of it
is whole.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from ctypes.util import find_library
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
OLDEST = (3, 11)
PDF_LIBRARIES = {
    "libpango-1.0-0": "pango-1.0",
    "libpangoft2-1.0-0": "pangoft2-1.0",
    "libharfbuzz-subset0": "harfbuzz-subset",
}


def wanted(kind: str) -> str:
    """What an installation of that kind is made of: changes with the lock, the project file and the Python."""
    parts = [LOCKS[kind].read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_there(kind: str) -> bool:
    """Whether .venv holds it already (what is for development holds what is for running)."""
    stamps = [VENV / f".{name}-stamp" for name in ("dev", kind)]
    kinds = ["dev", kind]
    return any(s.exists() and s.read_text() == wanted(k) for s, k in zip(stamps, kinds, strict=True))


def run(*command: str) -> None:
    """Run a command; end with its code where it fails."""
    code = subprocess.call(command, cwd=ROOT)
    if code:
        sys.exit(code)


def make_environment() -> None:
    """A fresh .venv with uv in it."""
    if (BIN / "uv").exists():
        return
    if subprocess.call([sys.executable, "-m", "venv", str(VENV)]):
        sys.exit("Python lacks its venv module: install it (on Debian: apt-get install python3-venv), then try again.")
    run(str(BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv")


def install(kind: str) -> None:
    """Everything of the lock, by its hashes, and Senne itself."""
    begun = VENV / ".begun"
    if begun.exists():
        print("A former installation was cut off: beginning anew.", flush=True)
        shutil.rmtree(VENV)
    VENV.mkdir(exist_ok=True)
    begun.touch()
    print("Installing what Senne needs (once) …", flush=True)
    started = time.monotonic()
    make_environment()
    verb = ("pip", "sync") if kind == "dev" else ("pip", "install", "-r")
    run("tools/uv", *verb, LOCKS[kind].name, "--quiet", "--require-hashes")
    run("tools/uv", "pip", "install", "--quiet", "--no-deps", "-e", ".")
    (VENV / f".{kind}-stamp").write_text(wanted(kind))
    begun.unlink()
    print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)


def add_pdf_library() -> None:
    """Pango, with which PDFs are drawn: installed where that may be done; else one line says how, and all but PDFs works."""
    if all(find_library(name) for name in PDF_LIBRARIES.values()):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Pango, which draws PDFs …", flush=True)
        _quietly("apt-get", "update", "-qq")
        options = ("-y", "-qq", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0")
        if _quietly("apt-get", "install", *options, *PDF_LIBRARIES) == 0:
            return
    print(f"For reports as PDF (all else works without): apt-get install {' '.join(PDF_LIBRARIES)}", flush=True)


def _quietly(*command: str) -> int:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.call(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    kind = sys.argv[1]
    if sys.version_info < OLDEST:
        sys.exit("Senne needs Python 3.11 or newer: make run PYTHON=python3.12")
    with (ROOT / ".install.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another make is installing: waiting for it …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_there(kind):
            install(kind)
            add_pdf_library()


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
