"""The demo city, loaded once for all tests of a module, and taken away after them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction

from tests.standing import here

# The day for which most of it was written, and the first and last days on which it must stand.
TODAY = date(2026, 11, 24)
EARLY, LATE = date(2026, 6, 1), date(2028, 12, 31)


@contextmanager
def standing() -> Iterator[None]:
    """A transaction that leaves nothing behind."""
    here.put_down()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
