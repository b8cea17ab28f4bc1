"""Is an objective monitored? It has an owner, something that measures it, and news within the year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

YEAR = timedelta(days=365)
NO_OWNER, NOTHING_MEASURES, NO_NEWS = "no_owner", "nothing_measures", "no_news"


@dataclass(frozen=True)
class ObjectiveFacts:
    """An objective as this rule sees it. `actions` and `indicators` count the live ones; `last_news` is the latest
    report on the objective, on one of its actions, or figure of one of its indicators."""

    has_owner: bool
    actions: int
    indicators: int = 0
    last_news: date | None = None


def why_not_monitored(facts: ObjectiveFacts, day: date) -> list[str]:
    """What is missing, in the order in which to mend it; empty where the objective is monitored."""
    missing = []
    if not facts.has_owner:
        missing.append(NO_OWNER)
    if not facts.actions and not facts.indicators:
        missing.append(NOTHING_MEASURES)
    if facts.last_news is None or day - facts.last_news > YEAR:
        missing.append(NO_NEWS)
    return missing


def is_monitored(facts: ObjectiveFacts, day: date) -> bool:
    """True where nothing is missing."""
    return not why_not_monitored(facts, day)
