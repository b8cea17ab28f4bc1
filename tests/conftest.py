"""Tests run on a store of their own, with the local settings; the database is the one of DATABASE_URL, or SQLite."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test.signals import setting_changed
from django.utils import translation
from hypothesis import settings
from pytest_django.plugin import blocking_manager_key

from tests.standing import before, here

GUARDED = ("core_auditentry", "plan_snapshotpart", "plan_snapshot")


# The same examples in every run: what is found once is found again, and a run fails for what was changed.
settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings as django_settings

    from senne.config.catalogues import compile_catalogues
    from tests.tables import make_at_once

    compile_catalogues()
    setting_changed.send(sender=None, setting="LOCALE_PATHS", value=None, enter=True)  # read what was compiled just now
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    setting_changed.send(sender=None, setting="STORAGES", value=django_settings.STORAGES, enter=True)
    django_settings.CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    django_settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    make_at_once()
    _let_tests_empty_the_trail()


def _let_tests_empty_the_trail() -> None:
    """Between two tests that commit, the tables are emptied; the guards of what never changes are put aside meanwhile."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def unguarded(self: Any, sql_list: list[str]) -> None:
        if self.connection.vendor == "postgresql":
            off = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in GUARDED]
            on = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in GUARDED]
            flush(self, [*off, *sql_list, *on])
            return
        with self.connection.cursor() as cursor:
            names = ", ".join(f"'{table}'" for table in GUARDED)
            cursor.execute(
                f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({names})"  # noqa: S608
            )
            triggers = cursor.fetchall()
        flush(
            self, [*(f"DROP TRIGGER {name}" for name, _sql in triggers), *sql_list, *(sql for _name, sql in triggers)]
        )

    BaseDatabaseOperations.execute_sql_flush = unguarded  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _as_at_the_start() -> None:
    """Empty caches, and French: whatever language the test before ended in."""
    translation.activate("fr")
    for cache in caches.all(initialized_only=True):
        cache.clear()
    return


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Real documents and reference cases beside the checkout; tests that need them are skipped where they are absent."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.exists():
        pytest.skip("../shared/data is not there: reference cases left out")
    return folder


@pytest.fixture
def city(db: None) -> Any:
    """A small city with a plan and people in every role."""
    return here.made("city")


@pytest.fixture
def world(db: None) -> Any:
    """A city with every kind of record, public and internal, in every kind of organisation."""
    return here.made("world")


def _city() -> Any:
    from tests.city import build_city

    return build_city()


def _world() -> Any:
    from tests.core.world import build_world

    return build_world()


here.builders = {"city": _city, "world": _world}


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
    if fixturedef.argname == "_django_db_helper":
        before(request)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    if nextitem is None and here.name:
        with item.config.stash[blocking_manager_key].unblock():
            here.put_down()
