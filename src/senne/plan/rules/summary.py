"""One page about a plan, or about one department's part of it: where it stands, what blocks, money, what comes next. Pure.

Health of an objective (ours, shown on the method page): late where half or more of its open actions, by weight, are late;
to watch where any of them is late or to watch; else on track. An objective without open actions has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from senne.core.periods import parse_partial
from senne.plan.rules.health import LATE, ON_TRACK, WATCH
from senne.plan.rules.picture import ActionPicture, IndicatorPicture, ObjectivePicture, Picture, StepPicture

STATUSES = ("to_start", "under_way", "done", "suspended", "abandoned")
HEALTHS = (ON_TRACK, WATCH, LATE)
FRESHNESSES = ("current", "ageing", "stale")
SOON = timedelta(days=120)
_PRIORITY = {"high": 0, "normal": 1, "low": 2}


@dataclass(frozen=True)
class Money:
    """EUR of one year, planned and actual; approximate as soon as one amount is."""

    year: int | None
    planned: Decimal
    actual: Decimal
    approximate: bool


@dataclass(frozen=True)
class Coming:
    """A step that is due soon, and the action that it belongs to."""

    action: ActionPicture
    step: StepPicture


@dataclass(frozen=True)
class Summary:
    """Counts by word, objectives by health, blockers (late or suspended, the most urgent first), money by year, steps that
    are due soon."""

    by_status: dict[str, int]
    by_health: dict[str, int]
    by_freshness: dict[str, int]
    objectives: int
    monitored: int
    objectives_by_health: dict[str, int]
    blockers: tuple[ActionPicture, ...]
    money: tuple[Money, ...]
    coming: tuple[Coming, ...]

    @property
    def actions(self) -> int:
        return sum(self.by_status.values())


def objective_health(objective: ObjectivePicture, actions: Iterable[ActionPicture]) -> str:
    """'on_track', 'watch' or 'late'; '' where it has no open action."""
    own = set(objective.actions)
    open_ones = [action for action in actions if action.code in own and action.is_open]
    if not open_ones:
        return ""
    late = sum(action.weight for action in open_ones if action.health == LATE)
    if late * 2 >= sum(action.weight for action in open_ones) and late:
        return LATE
    return WATCH if any(action.health in {LATE, WATCH} for action in open_ones) else ON_TRACK


def summarise(picture: Picture) -> Summary:
    """The one page of the whole picture."""
    going_on = [a for a in picture.actions if not a.merged_into and not a.superseded_by]
    open_ones = [action for action in going_on if action.is_open]
    healths = [objective_health(objective, going_on) for objective in picture.objectives]
    return Summary(
        _count(STATUSES, (action.status for action in going_on)),
        _count(HEALTHS, (action.health for action in open_ones)),
        _count(FRESHNESSES, (action.freshness for action in open_ones)),
        len(picture.objectives),
        sum(objective.monitored for objective in picture.objectives),
        _count(HEALTHS, (health for health in healths if health)),
        _blockers(open_ones),
        _money(going_on),
        _coming(open_ones, date.fromisoformat(picture.day)),
    )


def of_organisation(picture: Picture, code: str) -> Picture:
    """The part of an organisation and those below it: what they lead, and the indicators that they measure or by which that
    is measured."""
    below = {code}
    grown = True
    while grown:
        found = {unit.code for unit in picture.organisations if unit.parent in below} - below
        below, grown = below | found, bool(found)
    actions = [action for action in picture.actions if action.lead in below]
    served = {reference for action in actions for reference in action.objectives}
    objectives = [o for o in picture.objectives if o.lead in below or f"{picture.plan}:{o.code}" in served]
    indicators = _measuring(picture, objectives, actions, below)
    return replace(picture, actions=actions, objectives=objectives, indicators=indicators)


def of_theme(picture: Picture, code: str) -> Picture:
    """The part of a theme: its axes, their objectives, the actions that serve them, the indicators of both."""
    axes = [axis for axis in picture.axes if axis.parent == code]
    names = {axis.code for axis in axes}
    objectives = [objective for objective in picture.objectives if objective.axis in names]
    serving = {action for objective in objectives for action in objective.actions}
    actions = [action for action in picture.actions if action.code in serving]
    indicators = _measuring(picture, objectives, actions)
    return replace(picture, axes=axes, objectives=objectives, actions=actions, indicators=indicators)


def _measuring(
    picture: Picture,
    objectives: Iterable[ObjectivePicture],
    actions: Iterable[ActionPicture],
    leads: Collection[str] = (),
) -> list[IndicatorPicture]:
    """The indicators that measure one of these objectives or actions, or that one of these organisations measures."""
    goals, deeds = {objective.code for objective in objectives}, {action.code for action in actions}
    return [
        indicator
        for indicator in picture.indicators
        if indicator.lead in leads or goals & set(indicator.objectives) or deeds & set(indicator.actions)
    ]


def _count(words: tuple[str, ...], found: Iterable[str]) -> dict[str, int]:
    counts = Counter(found)
    return {word: counts[word] for word in words}


def _blockers(actions: list[ActionPicture]) -> tuple[ActionPicture, ...]:
    blocked = [action for action in actions if action.health == LATE or action.status == "suspended"]
    return tuple(sorted(blocked, key=lambda a: (_PRIORITY.get(a.priority, 1), a.end or "9999", a.code)))


def _money(actions: list[ActionPicture]) -> tuple[Money, ...]:
    sums: dict[int | None, list[Decimal]] = {}
    about: set[int | None] = set()
    for line in (line for action in actions for line in action.budget if line.unit == "EUR"):
        row = sums.setdefault(line.year, [Decimal(0), Decimal(0)])
        row[line.kind == "actual"] += Decimal(line.amount)
        if line.approximate:
            about.add(line.year)
    years = sorted(sums, key=lambda year: (year is None, year or 0))
    return tuple(Money(year, sums[year][0], sums[year][1], year in about) for year in years)


def _coming(actions: list[ActionPicture], day: date) -> tuple[Coming, ...]:
    found = [
        (parse_partial(step.due).last_day, Coming(action, step))
        for action in actions
        for step in action.steps
        if step.due and not step.done
    ]
    soon = [(due, coming) for due, coming in found if day <= due <= day + SOON]
    return tuple(coming for _due, coming in sorted(soon, key=lambda pair: (pair[0], pair[1].action.code)))
