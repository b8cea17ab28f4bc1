"""The real migrations of Wagtail and of the editorial part, on a fresh store of the kind that the tests run on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from tests.tables import AT_ONCE

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
TELL = """
import json
from django.db import connection
with connection.cursor() as cursor:
    names = connection.introspection.table_names(cursor)
    print(json.dumps({n: sorted(c.name for c in connection.introspection.get_table_description(cursor, n)) for n in names}))
from wagtail.models import Page
print(Page.objects.count())
"""


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a store that nobody has used yet."""
    environment = {**os.environ, "SENNE_STORE": str(tmp_path), "SENNE_LOCAL": "1"}
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        yield environment
        return
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("CREATE DATABASE fresh_store")
        yield {**environment, "DATABASE_URL": address.rsplit("/", 1)[0] + "/fresh_store"}
        server.execute("DROP DATABASE fresh_store WITH (FORCE)")


def test_a_fresh_store_is_made_by_migrations_and_has_the_same_tables(fresh: dict[str, str], db: None) -> None:
    senne = [sys.executable, "-m", "senne.config.cli"]
    subprocess.run([*senne, "migrate", "-v0"], env=fresh, check=True)
    told = subprocess.run([*senne, "shell", "-v0", "-c", TELL], env=fresh, check=True, capture_output=True, text=True)
    tables, pages = told.stdout.strip().splitlines()
    made: dict[str, list[str]] = json.loads(tables)
    wanted = {m._meta.db_table for label in AT_ONCE for m in apps.get_app_config(label).get_models() if m._meta.managed}
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description
        here = {name: sorted(column.name for column in columns(cursor, name)) for name in wanted}
    full_text = {name for name in wanted if name.endswith("_fts")}  # a virtual table, made by its migration alone
    assert {name: made.get(name) for name in wanted - full_text} == {
        n: c for n, c in here.items() if n not in full_text
    }
    assert full_text <= made.keys()
    assert int(pages) == 19
