"""Freshness: how many days ago somebody last reported."""

from __future__ import annotations

from datetime import date

CURRENT, AGEING, STALE = "current", "ageing", "stale"
AGEING_AFTER, STALE_AFTER = 120, 365


def freshness_on(
    last_report: date | None, day: date, ageing_after: int = AGEING_AFTER, stale_after: int = STALE_AFTER
) -> str:
    """Current up to `ageing_after` days after the last report, ageing up to `stale_after`, then stale.

    Never reported is stale.
    """
    if last_report is None:
        return STALE
    age = (day - last_report).days
    if age <= ageing_after:
        return CURRENT
    return AGEING if age <= stale_after else STALE
