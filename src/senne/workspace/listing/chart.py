"""The geometry of a timeline: what lies where, in pixels, for dates as exact as they are known. Pure: no Django, no clock.

A date known to the year or month is a span: the bar is solid where the action surely runs, soft (drawn pale, with a broken
edge) over the span in which it begins or ends. Where no end is known the bar has a stub; where the window cuts it, it
goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from senne.core.periods import PartialDate

ROW, AXIS, BAR = 26, 24, 12
WIDTH = 820
STUB = 26
LEAST = 4
ONE_DAY = timedelta(days=1)
ELBOW = 7
MARGIN = 12


@dataclass(frozen=True)
class Window:
    """The days that a chart shows, from the first through the last, over `width` pixels; `whole` is what the drawing
    takes, so that a step on the last day is not cut."""

    first: date
    last: date
    width: float = WIDTH

    def x(self, day: date) -> float:
        """Where the day begins; outside of the window, its edge."""
        whole = (self.last - self.first).days + 1
        return round(min(max((day - self.first).days / whole, 0), 1) * self.width, 1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def whole(self) -> float:
        return self.width + MARGIN

    @property
    def years(self) -> float:
        return ((self.last - self.first).days + 1) / 365.25


@dataclass(frozen=True)
class Span:
    """What is drawn of one action: `key` names it; `steps` are (when due, whether done, key)."""

    key: int
    start: PartialDate | None = None
    end: PartialDate | None = None
    continuous: bool = False
    steps: tuple[tuple[PartialDate, bool, int], ...] = ()


@dataclass(frozen=True)
class Piece:
    """A rectangle of a bar: `kind` is solid, soft (its end is not exactly known) or open (no end known)."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True)
class Diamond:
    """A step: its middle, whether its day is exactly known, and the key of the step."""

    x: float
    y: float
    exact: bool
    key: int

    @property
    def points(self) -> str:
        """The corners, for an SVG polygon."""
        half = 5
        corners = ((0, -half), (half, 0), (0, half), (-half, 0))
        return " ".join(f"{self.x + dx:g},{self.y + dy:g}" for dx, dy in corners)


@dataclass(frozen=True)
class Drawn:
    """One row: the pieces of its bar, its steps, whether it goes on beyond an edge; nothing where no date is known."""

    key: int
    y: float
    pieces: tuple[Piece, ...] = ()
    diamonds: tuple[Diamond, ...] = ()
    goes_on: bool = False
    came_from: bool = False
    outside: str = ""

    @property
    def middle(self) -> float:
        return self.y + ROW / 2

    @property
    def top(self) -> float:
        return self.y + (ROW - BAR) / 2

    @property
    def left(self) -> float:
        return self.pieces[0].x if self.pieces else 0

    @property
    def right(self) -> float:
        return self.pieces[-1].x + self.pieces[-1].width if self.pieces else 0


@dataclass(frozen=True)
class Connector:
    """A dependency between two rows: the path of its line, its arrow head; `overlap`: the second begins before the first
    ends."""

    path: str
    head: str
    before: int
    after: int
    overlap: bool


@dataclass(frozen=True)
class Tick:
    """A line of the axis: the beginning of a year, quarter or month; `text` where it has a label."""

    x: float
    kind: str
    text: str = ""


@dataclass(frozen=True)
class Chart:
    """Rows under one heading, ready to be drawn."""

    rows: tuple[Drawn, ...]
    connectors: tuple[Connector, ...] = ()
    height: float = AXIS
    by_key: dict[int, Drawn] = field(default_factory=dict)


def window_of(spans: Sequence[Span], today: date, begin: int | None = None, years: int = 0) -> Window:
    """Whole years: those asked for, else all that have a date, and today's; 30 years at most."""
    if years:
        first = begin or today.year
        return Window(date(first, 1, 1), date(first + years - 1, 12, 31))
    days = [day for span in spans for day in _days(span)]
    first = min([today.year, *(day.year for day in days)])
    last = max([today.year, *(day.year for day in days)])
    first, last = max(first, today.year - 15), min(last, today.year + 25)
    return Window(date(first, 1, 1), date(last, 12, 31))


def _days(span: Span) -> list[date]:
    found = [step.last_day for step, _done, _key in span.steps]
    found += [span.start.day] if span.start else []
    return found + ([span.end.last_day] if span.end and not span.continuous else [])


def ticks_of(window: Window) -> list[Tick]:
    """Years always; quarters from 5 years down, months from 2 years down. Labels are years, 'T' and 'M' numbers."""
    found = []
    for year in range(window.first.year, window.last.year + 1):
        for month in range(1, 13):
            day = date(year, month, 1)
            if month == 1:
                found.append(Tick(window.x(day), "year", str(year)))
            elif window.years <= 2.5:
                quarter = (month - 1) % 3 == 0
                found.append(Tick(window.x(day), "quarter" if quarter else "month", str(month)))
            elif window.years <= 6.5 and (month - 1) % 3 == 0:
                found.append(Tick(window.x(day), "quarter"))
    return _spaced(found)


def _spaced(ticks: list[Tick], least: float = 34) -> list[Tick]:
    """Labels of years that would touch are left out."""
    found, last = [], -least
    for tick in ticks:
        if tick.kind == "year" and tick.x - last < least:
            tick = Tick(tick.x, tick.kind)
        elif tick.kind == "year":
            last = tick.x
        found.append(tick)
    return found


def draw(span: Span, place: int, window: Window) -> Drawn:
    """The row at `place` (0 is the first below the axis)."""
    y = AXIS + place * ROW
    diamonds = tuple(
        Diamond(window.x(due.last_day), y + ROW / 2, due.day == due.last_day, key)
        for due, _done, key in span.steps
        if window.holds(due.last_day)
    )
    begins, ends = _edges(span, window)
    if begins is None or ends is None:
        return Drawn(span.key, y, (), diamonds)
    if ends < window.first or begins > window.last:
        return Drawn(span.key, y, (), diamonds, outside="before" if ends < window.first else "after")
    goes_on = ends > window.last or (span.continuous and ends >= window.last)
    return Drawn(span.key, y, _pieces(span, window), diamonds, goes_on, begins < window.first)


def _edges(span: Span, window: Window) -> tuple[date | None, date | None]:
    """The first and the last day that the bar may touch; one known date stands for both where the other is not known."""
    start = span.start.day if span.start else None
    if span.continuous:
        return start or window.first, window.last
    end = span.end.last_day if span.end else None
    return start or (span.end.day if span.end else None), end or (span.start.last_day if span.start else None)


def _pieces(span: Span, window: Window) -> tuple[Piece, ...]:
    """From left to right: open or soft beginning, what is sure, soft or open end."""
    start, end = span.start, None if span.continuous else span.end
    if start is None and end is None:
        return (Piece(0, window.width, "open"),)
    sure_from = start.last_day if start else (end.day if end else window.first)
    sure_to = end.day if end else (window.last if span.continuous else sure_from)
    found: list[Piece] = []
    if start is None:
        x = window.x(sure_from)
        found.append(Piece(max(0, x - STUB), min(STUB, x), "open"))
    if sure_from > sure_to:
        # Beginning and end lie in one span that is not exactly known: no day of it is sure.
        return (_between(window, start.day if start else sure_to, end.last_day if end else sure_from, "soft"),)
    if start and start.day < start.last_day:
        found.append(_between(window, start.day, sure_from, "soft"))
        sure_from += ONE_DAY
    exact_end = end is None or end.day == end.last_day
    if sure_from <= sure_to and (exact_end or sure_from < sure_to):
        found.append(_between(window, sure_from, sure_to if exact_end else sure_to - ONE_DAY, "solid"))
    if end and not exact_end:
        found.append(_between(window, end.day, end.last_day, "soft"))
    if end is None and not span.continuous:
        x = window.x(sure_from + ONE_DAY)
        found.append(Piece(x, min(STUB, window.width - x), "open"))
    seen = [piece for piece in found if piece.width > 0]
    return tuple(seen or [Piece(window.x(sure_from), LEAST, "solid")])


def _between(window: Window, first: date, last: date, kind: str) -> Piece:
    """A piece over these days, both included; wide enough to be seen unless it lies outside."""
    x = window.x(first)
    width = round(window.x(last + ONE_DAY) - x, 1)
    if width < LEAST and window.first <= last and first <= window.last:
        x, width = min(x, window.width - LEAST), LEAST
    return Piece(x, width, kind)


def overlap(before: Span, after: Span) -> bool:
    """Whether the second surely begins before the first surely ends, although it comes after it."""
    if before.continuous or before.end is None or after.start is None:
        return False
    return after.start.last_day < before.end.day


def connect(before: Drawn, after: Drawn, overlaps: bool) -> Connector | None:
    """An elbow from the end of one bar to the beginning of another; nothing where one of them has no bar."""
    if not before.pieces or not after.pieces:
        return None
    x1, y1, x2, y2 = before.right, before.middle, after.left, after.middle
    if x2 - x1 >= 2 * ELBOW:
        path = f"M{x1:g} {y1:g}H{x1 + ELBOW:g}V{y2:g}H{x2:g}"
    else:
        lane = y2 - ROW / 2 if y2 > y1 else y2 + ROW / 2
        path = f"M{x1:g} {y1:g}h{ELBOW}V{lane:g}H{x2 - ELBOW:g}V{y2:g}H{x2:g}"
    head = f"M{x2:g} {y2:g}l-6 -3.5v7z"
    return Connector(path, head, before.key, after.key, overlaps)


def lay_out(spans: Sequence[Span], window: Window, relations: Sequence[tuple[int, int]] = ()) -> Chart:
    """The spans one below the other, with the dependencies (before, after) of which both ends are among them."""
    rows = tuple(draw(span, place, window) for place, span in enumerate(spans))
    drawn = {row.key: row for row in rows}
    known = {span.key: span for span in spans}
    found = []
    for first, second in relations:
        if first in drawn and second in drawn:
            connector = connect(drawn[first], drawn[second], overlap(known[first], known[second]))
            found += [connector] if connector else []
    return Chart(rows, tuple(found), AXIS + len(rows) * ROW + 4, drawn)
