"""make test: the suite on SQLite and on PostgreSQL, then in a real browser; `make test-all`: the slow tests too, as CI does.

Nothing is skipped silently: what a run leaves out, it counts.
"""

from __future__ import annotations

import os
import sys

from tools.install import PDF_LIBRARIES
from tools.postgres import private_postgres
from tools.shell import ensure_libraries, ensure_programs, run

PYTEST = (sys.executable, "-m", "pytest")
WORKERS = ("-n", str(min(4, os.cpu_count() or 2)), "--dist", "worksteal")


def main() -> None:
    slow = "" if "--all" in sys.argv else " and not slow"
    ensure_programs({"chromium": ["chromium", "chromium-browser", "google-chrome"]})
    ensure_libraries(PDF_LIBRARIES)
    run("tests on SQLite", *PYTEST, *WORKERS, "-m", f"not browser{slow}", env={"DATABASE_URL": ""})
    with private_postgres() as address:
        where = {"DATABASE_URL": address}
        run("tests on PostgreSQL", *PYTEST, *WORKERS, "--on-the-store", "-m", f"not browser{slow}", env=where)
    run("tests in a real browser", *PYTEST, "-m", f"browser{slow}", env={"DATABASE_URL": ""})
    if slow:
        print("The slow tests were left out: make test-all")


if __name__ == "__main__":
    main()
