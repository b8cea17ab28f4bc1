"""The chart of an indicator as a drawing for paper: where its lines, marks and words stand (the geometry is the indicators
room's)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from senne.core.templatetags.senne import number
from senne.indicators.api import chart, series
from senne.reports.blocks import Curve, Spot

WIDTH, HEIGHT, TOP, BOTTOM, RIGHT = 330, 190, 16, 36, 14
LETTER, MARK, SIGN = 5.3, 3.0, 16
FIGURES, AIMS = "#2b5a9b", "#4a5952"


@dataclass(frozen=True)
class Word:
    """A text and where it stands; `anchor` as SVG knows it."""

    x: float
    y: float
    text: str
    anchor: str = "middle"
    colour: str = "#4a5952"


@dataclass(frozen=True)
class Key:
    """An entry below the drawing: its sign ('figures', 'path', 'target' or 'break') from x to `end`, its text after it."""

    sign: str
    x: float
    y: float
    text: str

    @property
    def end(self) -> float:
        return self.x + SIGN

    @property
    def middle(self) -> float:
        return self.x + SIGN / 2

    @property
    def square(self) -> tuple[float, float]:
        """The upper left corner of the mark of a target."""
        return self.middle - MARK, self.y - MARK

    @property
    def upright(self) -> tuple[float, float]:
        """From where to where an upright line goes."""
        return self.y - 5, self.y + 4

    @property
    def word(self) -> Word:
        return Word(self.end + 4, self.y + 3, self.text, "start")


@dataclass(frozen=True)
class Drawing:
    """What the template puts on paper: the chart, the words of its axes and of its last marks."""

    chart: chart.Chart
    words: tuple[Word, ...]
    said: tuple[Word, ...]
    keys: tuple[Key, ...]

    @property
    def squares(self) -> list[tuple[float, float]]:
        """The upper left corners of the marks of the targets."""
        return [(round(mark.x - MARK, 1), round(mark.y - MARK, 1)) for mark in self.chart.targets]


def drawn(curve: Curve) -> Drawing | None:
    """The drawing; None where there is no point."""
    rough = _chart(curve, 10)
    if rough is None:
        return None
    letters = max(len(number(tick.value)) for tick in rough.rows)
    found = _chart(curve, round(letters * LETTER) + 8)
    assert found is not None
    left, floor = found.frame.left, found.floor
    rows = [Word(left - 4, round(tick.at + 3, 1), number(tick.value), "end") for tick in found.rows]
    years = [Word(tick.at, floor + 13, f"{int(tick.value)}") for tick in found.years]
    return Drawing(found, (*rows, *years), tuple(_said(curve, found)), tuple(_keys(curve, left)))


def _keys(curve: Curve, left: int) -> Iterator[Key]:
    """What the signs mean, of those that are drawn."""
    names, x = curve.names, float(left)
    for sign, text, there in (
        ("figures", names.figures, curve.figures), ("path", names.path, curve.path),
        ("target", names.target, curve.targets), ("break", names.other_method, curve.breaks),
    ):  # fmt: skip
        if there:
            yield Key(sign, round(x, 1), HEIGHT - 9, text)
            x += SIGN + 10 + len(text) * LETTER * 0.86


def _chart(curve: Curve, left: int) -> chart.Chart | None:
    baseline = _point(curve.path[0]) if curve.path else None
    known = series.Series(tuple(map(_point, curve.figures)), tuple(map(_point, curve.targets)), baseline)
    return chart.chart_of(known, chart.Frame(WIDTH, HEIGHT, left, RIGHT, TOP, BOTTOM), curve.breaks)


def _point(spot: Spot) -> series.Point:
    return series.Point(spot.period, spot.value)


def _said(curve: Curve, found: chart.Chart) -> list[Word]:
    """The value of the last figure and of the last target, where each has room."""
    said = []
    if curve.figures:
        said.append(_beside(found, found.figures[-1], curve.figures[-1].shown, FIGURES, curve.is_under))
    if curve.ahead:
        said.append(_beside(found, found.targets[-1], curve.targets[-1].shown, AIMS))
    return said


def _beside(found: chart.Chart, mark: chart.Mark, text: str, colour: str, below: bool = False) -> Word:
    """Above the mark or below it; at the edges the text leans inwards."""
    half = len(text) * LETTER / 2
    anchor = "middle"
    if mark.x + half > found.frame.width - 2:
        anchor = "end"
    elif mark.x - half < found.frame.left:
        anchor = "start"
    under = (below and mark.y + 14 < found.floor) or mark.y < LETTER + 10
    return Word(mark.x, round(mark.y + 14 if under else mark.y - 6, 1), text, anchor, colour)
