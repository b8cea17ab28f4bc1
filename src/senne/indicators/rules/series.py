"""A series against its target: the trajectory, what should be reached by now, and a word for where it stands. Pure.

The trajectory is the straight line from the baseline through each target point, a value standing for the end of its
period. The word follows Eurostat's way of judging an indicator against a quantified target (Sustainable development in
the European Union, monitoring report, annex on assessing indicator trends): the change reached, divided by the change
that the trajectory asks for by then. 95 % and more is on track, from 60 % it is to watch, below it is off track. Eurostat
compares yearly growth rates; we compare values on a straight line, which a reader can follow on the chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from senne.core.periods import Period

ON_TRACK_FROM = Fraction(95, 100)
WATCH_FROM = Fraction(60, 100)
# How far a value may stray from one that is to be kept, where no direction is wanted.
KEPT_WITHIN = Fraction(5, 100)
REACHED, ON_TRACK, WATCH, OFF_TRACK = "reached", "on_track", "watch", "off_track"
NO_FIGURE, NO_TARGET = "no_figure", "no_target"
STATES = (REACHED, ON_TRACK, WATCH, OFF_TRACK, NO_TARGET, NO_FIGURE)
UP, DOWN = "up", "down"


@dataclass(frozen=True)
class Point:
    """A value of a period."""

    period: Period
    value: Decimal

    @property
    def day(self) -> date:
        """The day for which the value stands."""
        return self.period.last_day


@dataclass(frozen=True)
class Series:
    """Figures and target points, each in the order of time; `wanted` is 'up', 'down' or '' where it is not said."""

    figures: tuple[Point, ...] = ()
    targets: tuple[Point, ...] = ()
    baseline: Point | None = None
    wanted: str = ""

    @property
    def latest(self) -> Point | None:
        return self.figures[-1] if self.figures else None

    @property
    def start(self) -> Point | None:
        """Where the trajectory begins: the baseline, or else the first figure before the last target."""
        if self.baseline is not None or not self.figures or not self.targets:
            return self.baseline
        first = self.figures[0]
        return first if first.day < self.targets[-1].day else None

    def trajectory(self) -> tuple[Point, ...]:
        """The corners of the line: the start and the targets after it; empty without a target or a start."""
        start = self.start
        if start is None:
            return ()
        ahead = tuple(point for point in self.targets if point.day > start.day)
        return (start, *ahead) if ahead else ()


@dataclass(frozen=True)
class Assessment:
    """Where a series stands. `expected` is what the trajectory asks for at the period of the latest figure.

    `share` is the change reached divided by the change asked for; None where none is asked for. `target` is the next
    target point, or the last one where all have passed. `from_first` says that no baseline is given: the first figure
    stands in for it.
    """

    state: str
    latest: Point | None = None
    expected: Decimal | None = None
    share: Fraction | None = None
    target: Point | None = None
    from_first: bool = False


def expected_at(corners: Sequence[Point], day: date) -> Decimal | None:
    """What the trajectory asks for on that day: between two corners by days, after the last corner its value.

    None before the first corner, or without corners.
    """
    if not corners or day < corners[0].day:
        return None
    for before, after in zip(corners, corners[1:], strict=False):
        if day <= after.day:
            way = Decimal((day - before.day).days) / Decimal((after.day - before.day).days)
            return before.value + (after.value - before.value) * way
    return corners[-1].value


def assess(series: Series) -> Assessment:
    """Where the series stands, by the rule at the head of this file."""
    latest = series.latest
    target = _next_target(series, latest)
    if latest is None:
        return Assessment(NO_FIGURE, target=target)
    if target is None:
        return Assessment(NO_TARGET, latest)
    corners = series.trajectory()
    start = corners[0] if corners else None
    from_first = series.baseline is None
    if start is None or latest.day <= start.day:
        return Assessment(NO_FIGURE, latest, target=target, from_first=from_first and start is not None)
    expected = expected_at(corners, latest.day)
    assert expected is not None
    share = _share(start.value, latest.value, expected)
    state = _state(series, start, latest, expected, share)
    return Assessment(state, latest, expected, share, target, from_first)


def _next_target(series: Series, latest: Point | None) -> Point | None:
    if not series.targets:
        return None
    if latest is None:
        return series.targets[0]
    return next((point for point in series.targets if point.day >= latest.day), series.targets[-1])


def _share(start: Decimal, value: Decimal, expected: Decimal) -> Fraction | None:
    if expected == start:
        return None
    return Fraction(value - start) / Fraction(expected - start)


def _state(series: Series, start: Point, latest: Point, expected: Decimal, share: Fraction | None) -> str:
    last = series.targets[-1].value
    if last != start.value and (latest.value - last) * (last - start.value) >= 0:
        return REACHED
    if share is None:
        return _kept(series.wanted, latest.value, expected)
    if share >= ON_TRACK_FROM:
        return ON_TRACK
    return WATCH if share >= WATCH_FROM else OFF_TRACK


def _kept(wanted: str, value: Decimal, expected: Decimal) -> str:
    """A value that is to stay: on track where it is on the good side, to watch within 5 %, else off track."""
    good = {UP: value >= expected, DOWN: value <= expected}.get(wanted, value == expected)
    if good:
        return ON_TRACK
    near = abs(Fraction(value - expected)) <= KEPT_WITHIN * abs(Fraction(expected))
    if near:
        return WATCH if wanted in {UP, DOWN} else ON_TRACK
    return OFF_TRACK


@dataclass(frozen=True)
class Asked:
    """Which figures an indicator asks for: from `first` on, until `last` where it has an end, each some days after."""

    first: Period
    last: Period | None = None
    due_after: int = 90
    measured: frozenset[str] = field(default_factory=frozenset)

    def due_on(self, period: Period) -> date:
        """The day by which the figure of that period is due."""
        return date.fromordinal(period.last_day.toordinal() + self.due_after)

    def missing(self, day: date) -> list[Period]:
        """The periods that ended before `day` and have no figure, the oldest first."""
        found, period = [], self.first
        while period.last_day < day and (self.last is None or period <= self.last):
            if str(period) not in self.measured:
                found.append(period)
            period = period.next()
        return found
