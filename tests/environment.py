"""What stands before Django's settings are read (loaded by `-p` in pyproject.toml): a store of the tests; which tests run."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

import pytest

os.environ["SENNE_LOCAL"] = "1"
os.environ["SENNE_STORE"] = tempfile.mkdtemp(prefix="senne-test-")
os.environ.pop("SENNE_URL", None)
atexit.register(shutil.rmtree, os.environ["SENNE_STORE"], ignore_errors=True)

STORE = {"db", "transactional_db", "django_db_setup", "live_server", "store"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--on-the-store", action="store_true", help="only the tests that use the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Pure rules are the same whatever the store: a second run on another store leaves them out."""
    if not config.getoption("--on-the-store"):
        return
    pure = [item for item in items if not _uses_the_store(item)]
    config.hook.pytest_deselected(items=pure)
    items[:] = [item for item in items if _uses_the_store(item)]


def _uses_the_store(item: pytest.Item) -> bool:
    return bool(STORE & set(getattr(item, "fixturenames", ()))) or item.get_closest_marker("django_db") is not None
