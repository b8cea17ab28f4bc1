"""The `senne` command: Django's commands, with dashes allowed in their names."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run `senne <command> …`; 'import-plan' is the command import_plan."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senne.config.settings")
    argv = list(sys.argv)
    if len(argv) > 1 and not argv[1].startswith("-"):
        argv[1] = argv[1].replace("-", "_")
    execute_from_command_line(argv)


if __name__ == "__main__":
    main()
