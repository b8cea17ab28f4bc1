"""Tests run on a store of their own, with the local settings; the database is the one of DATABASE_URL, or SQLite."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    from senne.config.catalogues import compile_catalogues

    compile_catalogues()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def _empty_caches() -> None:
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
    from tests.city import build_city

    return build_city()
