"""What public views share: which day it is, how long a list is."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

PAGE_SIZE = 12


def today() -> date:
    """The day in the city."""
    return timezone.localdate()
