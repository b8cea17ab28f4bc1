"""When who follows is told. Pure: no Django, no clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

MORNING = 7
MONDAY = 0


class Cadence(StrEnum):
    """How often somebody wants to hear of what they follow."""

    DAILY = "daily"
    WEEKLY = "weekly"


def is_due(cadence: Cadence, told_until: datetime, now: datetime) -> bool:
    """Whether it is time to look: in the morning, at most once a day; weekly ones on Mondays, or a week after the last.

    Both moments are local.
    """
    if now.hour < MORNING or told_until.date() >= now.date():
        return False
    return cadence is Cadence.DAILY or now.weekday() == MONDAY or now - told_until >= timedelta(days=7)
