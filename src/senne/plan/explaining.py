"""Why an action's health and progress are what they are: the parts behind the words, for the page that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from senne.core.text import Text
from senne.plan.models import Action, Step
from senne.plan.rules.health import LATE, ON_TRACK, health_dates, health_on
from senne.plan.rules.progress import action_progress
from senne.plan.words import Health


@dataclass(frozen=True)
class HealthExplained:
    """The health shown, the one computed, why ('step_overdue', 'end_passed'… or '') and since which day.

    `step` is the step that is overdue, where one is. `judged` says that a person put their judgement in its place, until
    `until` and for `reason`.
    """

    shown: Health
    computed: Health
    because: str
    since: date | None
    step: Step | None
    judged: bool
    until: date | None
    reason: Text


@dataclass(frozen=True)
class ProgressExplained:
    """The basis of an action's progress ('done', 'steps', 'phase', 'left_out') and, for steps, how many of how many."""

    basis: str
    done: int
    total: int


def explain_health(action: Action, day: date) -> HealthExplained:
    """Reads `steps`: prefetch them."""
    dates = health_dates(action.facts())
    computed = health_on(dates, day)
    because, since = {
        ON_TRACK: ("", None),
        LATE: (dates.late_because, dates.late_from),
    }.get(computed, (dates.watch_because, dates.watch_from))
    step = _first_overdue(action, day) if because in {"step_overdue", "step_long_overdue"} else None
    shown = action.health_on(day)
    judged = bool(action.health_override and action.health_override_until and day <= action.health_override_until)
    known = None if since in {None, date.min} else since
    return HealthExplained(
        shown,
        Health(computed),
        because,
        known,
        step,
        judged,
        action.health_override_until if judged else None,
        action.health_override_reason if judged else Text(),
    )


def _first_overdue(action: Action, day: date) -> Step | None:
    overdue = [step for step in action.steps.all() if step.is_overdue(day)]
    return min(overdue, key=lambda step: step.due.last_day if step.due else day, default=None)


def explain_progress(action: Action) -> ProgressExplained:
    """Reads `steps`: prefetch them."""
    facts = action.facts()
    _share, basis = action_progress(facts)
    return ProgressExplained(basis, sum(step.done for step in facts.steps), len(facts.steps))
