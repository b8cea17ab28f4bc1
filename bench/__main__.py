"""make bench: measure what was promised, print it beside the floor of this machine, fail where a promise is broken."""

from __future__ import annotations

import logging
import os
import sys
import tempfile

os.environ["SENNE_LOCAL"] = "1"
os.environ["SENNE_HOSTS"] = "127.0.0.1,testserver"
os.environ["SENNE_STORE"] = tempfile.mkdtemp(prefix="senne-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "senne.config.settings"
os.environ.pop("DATABASE_URL", None)


def main() -> None:
    import django
    from tools.shell import ensure_libraries
    from tools.test import PDF_LIBRARIES

    ensure_libraries(PDF_LIBRARIES)
    django.setup()
    from django.core.management import call_command

    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)

    from bench import floor, imports, lists, reports, work, writers
    from bench.report import Report

    report = Report()
    floor.measure(report)
    lists.measure(report)
    work.measure(report)
    imports.measure(report)
    reports.measure(report)
    writers.measure(report)
    sys.exit(report.close())


if __name__ == "__main__":
    main()
