"""make check: style, types, walls, templates, translations, migrations, locks, deployment settings."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tools.shell import run

BIN = Path(sys.executable).parent
PRODUCTION = {
    "SENNE_LOCAL": "0",
    "SENNE_URL": "https://senne.example.org",
    "SENNE_SECRET_KEY": "k" * 20 + "abcdefghijklmnopqrstuvwxyz0123456789",
}


def locks_hold_no_address() -> None:
    """A lock names versions and hashes; where to fetch them from is the machine's business."""
    for lock in sorted(Path().glob("requirements*.lock")):
        for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"://|--(extra-)?index-url|--find-links", line):
                sys.exit(f"{lock}:{number} holds an address: {line}")


def main() -> None:
    run("style", str(BIN / "ruff"), "check", ".")
    run("format", str(BIN / "ruff"), "format", "--check", ".")
    run("types", str(BIN / "mypy"))
    run("walls", str(BIN / "lint-imports"))
    run("templates", str(BIN / "djlint"), "--lint", "--quiet", "src/senne")
    run("translations", str(BIN / "senne"), "messages", "--check")
    run("migrations", str(BIN / "senne"), "makemigrations", "--check", "--dry-run")
    run(
        "deployment settings",
        str(BIN / "senne"),
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        env=PRODUCTION,
    )
    locks_hold_no_address()
    print("✓ locks hold no address")


if __name__ == "__main__":
    main()
