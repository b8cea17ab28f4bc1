"""Health of an action: on track, to watch, late. Two dates say it all, so that any day's health is a comparison.

Rule (ours, shown on the method page):
- an action that is done or abandoned, merged or replaced is on track for ever (nothing more is due);
- it is to watch from the day after its first undone step was due, from the day after its start where it has not
  started, and while it is suspended;
- it is late from 60 days after its first undone step was due, and from the day after its end.
Dates known to the month or year count by their last day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from senne.core.periods import PartialDate

ON_TRACK, WATCH, LATE = "on_track", "watch", "late"
STEP_GRACE = timedelta(days=60)
ONE_DAY = timedelta(days=1)
NEVER = date(9999, 12, 31)


@dataclass(frozen=True)
class StepFacts:
    """A step as the rules see it."""

    due: PartialDate | None
    done: bool


@dataclass(frozen=True)
class ActionFacts:
    """An action as the rules see it. `closed`: merged into or superseded by another."""

    status: str
    phase: str = "idea"
    start: PartialDate | None = None
    end: PartialDate | None = None
    continuous: bool = False
    closed: bool = False
    suspended_since: date | None = None
    steps: Sequence[StepFacts] = field(default_factory=tuple)


@dataclass(frozen=True)
class HealthDates:
    """From which day the action is to watch, and from which day late (NEVER: not in sight), and why."""

    watch_from: date
    late_from: date
    watch_because: str = ""
    late_because: str = ""


def health_dates(facts: ActionFacts) -> HealthDates:
    """The two dates after which the action is to watch and late, with the code of the reason of each."""
    if facts.closed or facts.status in {"done", "abandoned"}:
        return HealthDates(NEVER, NEVER)
    watch: list[tuple[date, str]] = []
    late: list[tuple[date, str]] = []
    due = [step.due.last_day for step in facts.steps if step.due and not step.done]
    if due:
        watch.append((min(due) + ONE_DAY, "step_overdue"))
        late.append((min(due) + STEP_GRACE + ONE_DAY, "step_long_overdue"))
    if facts.start and facts.status == "to_start":
        watch.append((facts.start.last_day + ONE_DAY, "not_started"))
    if facts.status == "suspended":
        watch.append((facts.suspended_since or date.min, "suspended"))
    if facts.end and not facts.continuous:
        late.append((facts.end.last_day + ONE_DAY, "end_passed"))
    watch_from, watch_because = min(watch, default=(NEVER, ""))
    late_from, late_because = min(late, default=(NEVER, ""))
    return HealthDates(watch_from, late_from, watch_because, late_because)


def health_on(dates: HealthDates, day: date) -> str:
    """The computed health on `day`."""
    if day >= dates.late_from:
        return LATE
    return WATCH if day >= dates.watch_from else ON_TRACK


def effective_health(computed: str, override: str, until: date | None, day: date) -> str:
    """The override while it holds (through `until`), else the computed health."""
    return override if override and until and day <= until else computed
