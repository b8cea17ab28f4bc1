"""Where the lines of an indicator's chart run: figures, trajectory, axes, in the units of a drawing. Pure.

Pages, embeds, reports draw from the same geometry; colours and words are theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from senne.core.periods import Period
from senne.indicators.rules.series import Point, Series

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
MOST_YEARS = 8


@dataclass(frozen=True)
class Frame:
    """The size of the drawing and the margins in which the words of the axes stand."""

    width: int = 640
    height: int = 260
    left: int = 64
    right: int = 16
    top: int = 14
    bottom: int = 28


@dataclass(frozen=True)
class Mark:
    """A point of a line: where it is drawn, what it stands for."""

    x: float
    y: float
    period: Period
    value: Decimal


@dataclass(frozen=True)
class Tick:
    """A place on an axis: how far along (x or y), and the number written there."""

    at: float
    value: Decimal


@dataclass(frozen=True)
class Chart:
    """The drawing: `figures` and `path` as marks in order, `breaks` where a line stands between two methods."""

    frame: Frame
    figures: tuple[Mark, ...]
    path: tuple[Mark, ...]
    targets: tuple[Mark, ...]
    rows: tuple[Tick, ...]
    years: tuple[Tick, ...]
    breaks: tuple[float, ...] = ()
    zero: float | None = None

    @property
    def figure_points(self) -> str:
        """The figures as the `points` of an SVG polyline."""
        return _points(self.figures)

    @property
    def path_points(self) -> str:
        """The trajectory as the `points` of an SVG polyline."""
        return _points(self.path)

    @property
    def floor(self) -> int:
        """The height of the lower edge of the drawing area."""
        return self.frame.height - self.frame.bottom

    @property
    def edge(self) -> int:
        """The right edge of the drawing area."""
        return self.frame.width - self.frame.right


def _points(marks: Sequence[Mark]) -> str:
    return " ".join(f"{mark.x:g},{mark.y:g}" for mark in marks)


def method_breaks(measured: Sequence[tuple[Period, int]]) -> list[date]:
    """The days halfway between two figures, given as (period, version of the method), that another method parts."""
    days = []
    for (before, old), (after, new) in zip(measured, measured[1:], strict=False):
        if old != new:
            days.append(before.last_day + (after.last_day - before.last_day) / 2)
    return days


def chart_of(series: Series, frame: Frame | None = None, changed_after: Sequence[date] = ()) -> Chart | None:
    """The chart of a series; `changed_after` are days after which another method measures. None without any point."""
    frame = frame or Frame()
    corners = series.trajectory()
    everything = [*series.figures, *series.targets, *corners]
    if not everything:
        return None
    scale = _Scale(frame, everything)
    return Chart(
        frame,
        tuple(scale.mark(point) for point in series.figures),
        tuple(scale.mark(point) for point in corners),
        tuple(scale.mark(point) for point in series.targets),
        scale.rows(),
        scale.years(),
        tuple(scale.x(day) for day in changed_after if scale.first < day < scale.last),
        scale.y(Decimal(0)) if scale.low < 0 < scale.high else None,
    )


class _Scale:
    """From days and values to places in the frame."""

    def __init__(self, frame: Frame, points: Sequence[Point]) -> None:
        self.frame = frame
        days = [point.day for point in points]
        self.first, self.last = min(days), max(days)
        values = [point.value for point in points]
        lowest = _lowest(values)
        self.step = _step(lowest, max(*values, lowest))
        self.low = _floor(lowest, self.step)
        self.high = -_floor(-max(values), self.step)
        if self.high == self.low:
            self.high += self.step

    def x(self, day: date) -> float:
        span = (self.last - self.first).days
        inside = self.frame.width - self.frame.left - self.frame.right
        share = (day - self.first).days / span if span else 0.5
        # Room on both sides, so that the first and last marks do not stand on the frame.
        return round(self.frame.left + inside * (0.02 + 0.96 * share), 1)

    def y(self, value: Decimal) -> float:
        inside = self.frame.height - self.frame.top - self.frame.bottom
        share = float((value - self.low) / (self.high - self.low))
        return round(self.frame.height - self.frame.bottom - inside * share, 1)

    def mark(self, point: Point) -> Mark:
        return Mark(self.x(point.day), self.y(point.value), point.period, point.value)

    def rows(self) -> tuple[Tick, ...]:
        found, value = [], self.low
        while value <= self.high:
            found.append(Tick(self.y(value), value))
            value += self.step
        return tuple(found)

    def years(self) -> tuple[Tick, ...]:
        every = max(1, -(-(self.last.year - self.first.year + 1) // MOST_YEARS))
        years = range(self.first.year, self.last.year + 1, every)
        ends = [date(year, 12, 31) for year in years]
        return tuple(Tick(self.x(min(max(end, self.first), self.last)), Decimal(end.year)) for end in ends)


def _lowest(values: Sequence[Decimal]) -> Decimal:
    """Where the axis begins: at zero, unless all values lie far from it (above a half of the highest)."""
    low, high = min(values), max(values)
    if low >= 0 and high and low / high > Decimal("0.5"):
        return low - (high - low) * Decimal("0.2") if high > low else Decimal(0)
    return min(low, Decimal(0))


def _step(low: Decimal, high: Decimal) -> Decimal:
    """A round number that divides the span into about four."""
    span = (high - low) or abs(high) or Decimal(1)
    rough = span / 4
    size = Decimal(10) ** rough.adjusted()
    return next(size * step for step in STEPS if size * step >= rough)


def _floor(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value("ROUND_FLOOR") * step
