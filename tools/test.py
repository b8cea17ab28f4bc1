"""make test: the whole suite on SQLite and on PostgreSQL, then the browser tests. Nothing is skipped silently."""

from __future__ import annotations

import os
import sys

from tools.postgres import private_postgres
from tools.shell import ensure_libraries, ensure_programs, run

PYTEST = (sys.executable, "-m", "pytest")
PDF_LIBRARIES = {
    "libpango-1.0-0": "pango-1.0",
    "libpangoft2-1.0-0": "pangoft2-1.0",
    "libharfbuzz-subset0": "harfbuzz-subset",
}
WORKERS = ("-n", str(min(4, os.cpu_count() or 2)))


def main() -> None:
    ensure_programs({"chromium": ["chromium", "chromium-browser", "google-chrome"]})
    ensure_libraries(PDF_LIBRARIES)
    run("tests on SQLite", *PYTEST, *WORKERS, "-m", "not browser", env={"DATABASE_URL": ""})
    with private_postgres() as address:
        run("tests on PostgreSQL", *PYTEST, *WORKERS, "-m", "not browser", env={"DATABASE_URL": address})
    run("tests in a real browser", *PYTEST, "-m", "browser", env={"DATABASE_URL": ""})


if __name__ == "__main__":
    main()
