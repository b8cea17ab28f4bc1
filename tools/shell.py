"""Running other programs: say what, stop at the first that fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from ctypes.util import find_library

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}


def run(title: str, *command: str, env: dict[str, str] | None = None) -> None:
    """Run a command with its output shown; exit with its code where it fails."""
    started = time.monotonic()
    print(f"── {title}", flush=True)
    code = subprocess.call(command, env={**os.environ, **(env or {})})
    if code:
        print(f"✗ {title} (exit {code})", flush=True)
        sys.exit(code)
    print(f"✓ {title} ({time.monotonic() - started:.0f} s)", flush=True)


def ensure_programs(wanted: dict[str, list[str]]) -> None:
    """Each program (found by its paths or name) by its Debian package; install the missing ones as root with apt-get.

    Where that is not possible, say in one line how to, and stop: nothing is skipped silently.
    """
    _install([package for package, names in wanted.items() if not any(shutil.which(name) for name in names)])


def ensure_libraries(wanted: dict[str, str]) -> None:
    """The same for system libraries, each found by its name ('pango-1.0')."""
    _install([package for package, name in wanted.items() if find_library(name) is None])


def _install(missing: list[str]) -> None:
    if not missing:
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.call(["apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL)
        run(
            f"install {' '.join(missing)}",
            *(
                "apt-get",
                "install",
                "-y",
                "-qq",
                "--no-install-recommends",
                "-o",
                "Dpkg::Use-Pty=0",
                *missing,
            ),
            env=environment,
        )
        return
    sys.exit(f"The tests need {', '.join(missing)}: install them (on Debian: apt-get install {' '.join(missing)}).")
