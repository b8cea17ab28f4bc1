"""A city that stands in an open transaction while test after test asks for the same one, so that it is built once.

Each test works in a savepoint above it and on copies of its records. A test that asks for another one, for none, or
that commits, finds the tables empty as ever.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction

Build = Callable[[], Any]


class Standing:
    """What stands in this process: who built it, what was made, and the transaction that holds it."""

    def __init__(self) -> None:
        self.builders: dict[str, Build] = {}
        self.name = ""
        self._made: Any = None
        self._held = ExitStack()

    def stand(self, name: str) -> None:
        """See that this one stands, and no other."""
        if name == self.name:
            return
        self.put_down()
        self._held.enter_context(_left_behind())
        self._made = self.builders[name]()
        self.name = name

    def put_down(self) -> None:
        """Leave the tables as they were before anything stood."""
        self.name, self._made = "", None
        self._held.close()

    def made(self, name: str) -> Any:
        """A copy of what stands; built on the spot where the test commits."""
        return deepcopy(self._made) if name == self.name else self.builders[name]()


def _left_behind() -> ExitStack:
    stack = ExitStack()
    stack.enter_context(transaction.atomic())
    stack.callback(transaction.set_rollback, True)
    return stack


here = Standing()


def before(request: pytest.FixtureRequest) -> None:
    """Called right before a test's own transaction, or its leave to commit, begins."""
    from pytest_django.fixtures import validate_django_db

    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and validate_django_db(marker)[0]) or {"transactional_db", "live_server"} & set(
        request.fixturenames
    )
    wanted = [name for name in here.builders if name in request.fixturenames]
    with request.getfixturevalue("django_db_blocker").unblock():
        if commits or len(wanted) != 1:
            here.put_down()
        else:
            here.stand(wanted[0])
