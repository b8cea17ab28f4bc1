"""What a report says, before it is a PDF, a text document, a deck or a workbook: plain blocks in reading order. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from senne.core.periods import Frequency, PartialDate, Period


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (chapter), 2 or 3."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `quiet` for what comes second (sources, remarks)."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Items:
    """A list, with the words that announce it."""

    texts: tuple[str, ...]
    intro: str = ""


@dataclass(frozen=True)
class Figures:
    """Key figures: (figure, what it counts)."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: its label, its value, and a tone ('good', 'warn', 'bad', 'calm', 'none')."""

    label: str
    value: float
    tone: str = "calm"
    shown: str = ""


@dataclass(frozen=True)
class Bars:
    """A chart of horizontal bars, with its caption; the figures stand beside the bars, so that it reads without colour.

    `whole` is the value of a full bar; 0 for the longest of them.
    """

    caption: str
    bars: tuple[Bar, ...]
    whole: float = 0

    def widths(self) -> list[int]:
        """The width of each bar in per cent, at least 1 where there is something."""
        longest = self.whole or max((bar.value for bar in self.bars), default=0)
        return [max(1, min(100, round(100 * bar.value / longest))) if bar.value > 0 else 0 for bar in self.bars]

    @property
    def is_empty(self) -> bool:
        return not any(bar.value for bar in self.bars)


@dataclass(frozen=True)
class Spot:
    """A value of a period, and both as they are written."""

    period: Period
    value: Decimal
    when: str
    shown: str

    @property
    def at(self) -> float:
        """Its place in time, in years: the end of the period; that of the year 2026 is 2026.0."""
        inside = {Frequency.YEAR: 1, Frequency.QUARTER: 4, Frequency.MONTH: 12}[self.period.frequency]
        return self.period.year - 1 + self.period.number / inside


@dataclass(frozen=True)
class Names:
    """What the parts of a chart of figures over time are called."""

    figures: str
    path: str
    target: str
    other_method: str


@dataclass(frozen=True)
class Curve:
    """Figures over time (a line) beside what was to be reached (`path`: the corners of a broken line; `targets`).

    `told` says in words what the drawing shows. `breaks`: the figures of these days are the last of a method. `unit`
    stands beside the caption.
    """

    caption: str
    told: str
    unit: str
    names: Names
    figures: tuple[Spot, ...]
    path: tuple[Spot, ...] = ()
    targets: tuple[Spot, ...] = ()
    breaks: tuple[date, ...] = ()

    @property
    def ahead(self) -> tuple[Spot, ...]:
        """Targets that the figures have not come to yet."""
        latest = self.figures[-1].period.last_day if self.figures else None
        return tuple(spot for spot in self.targets if latest is None or spot.period.last_day > latest)

    @property
    def is_under(self) -> bool:
        """Whether the latest figure lies under the trajectory of its time."""
        if not self.figures:
            return False
        latest = self.figures[-1]
        for one, other in zip(self.path, self.path[1:], strict=False):
            if one.at <= latest.at <= other.at and other.at > one.at:
                way = (latest.at - one.at) / (other.at - one.at)
                return float(latest.value) < float(one.value) + float(other.value - one.value) * way
        return False

    def as_bars(self, most: int) -> Bars:
        """The same where no line can be drawn: a bar for each of the `most` latest figures and for each target ahead."""
        made = [Bar(spot.when, float(spot.value), "calm", spot.shown) for spot in self.figures[-most:]]
        made += [
            Bar(f"{spot.when} ({self.names.target})", float(spot.value), "none", spot.shown) for spot in self.ahead
        ]
        return Bars(f"{self.caption} ({self.unit})" if self.unit else self.caption, tuple(made))


@dataclass(frozen=True)
class Table:
    """A table: caption, header, rows of text; `numeric` are the places of columns of numbers, `wide` of long texts.

    `links` says which columns hold codes that a page may link: {column: 'action' or 'objective'}. `totals`: the last row
    sums up. `spare`: columns that a narrow screen may leave out. A header of empty texts makes a list of facts: each row
    begins with its name.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    wide: frozenset[int] = frozenset()
    links: Mapping[int, str] = field(default_factory=dict)
    totals: bool = False
    spare: frozenset[int] = frozenset()

    @property
    def has_header(self) -> bool:
        return any(self.header)


@dataclass(frozen=True)
class NewPage:
    """What follows starts on a page (or slide) of its own."""


Block = Heading | Paragraph | Items | Figures | Bars | Curve | Table | NewPage


@dataclass(frozen=True)
class Report:
    """A report in one language: what stands on its cover, its blocks, and where its figures come from.

    `contents` makes a book with a cover and a table of contents; without, a sheet that begins at once.
    """

    title: str
    subtitle: str
    language: str
    source: str
    blocks: tuple[Block, ...] = field(default_factory=tuple)
    contents: bool = True

    @property
    def chapters(self) -> tuple[str, ...]:
        return tuple(block.text for block in self.blocks if isinstance(block, Heading) and block.level == 1)


@dataclass(frozen=True)
class Slide:
    """A slide of a deck: a title and a few blocks that fit it; `notes` are for who speaks."""

    title: str
    blocks: tuple[Block, ...]
    notes: str = ""


@dataclass(frozen=True)
class Deck:
    """A deck in one language."""

    title: str
    subtitle: str
    language: str
    source: str
    slides: tuple[Slide, ...]
    notes: str = ""


Cell = str | int | Decimal | PartialDate | None


@dataclass(frozen=True)
class Share:
    """A cell that holds a share in permille, shown as per cent."""

    permille: int | None


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its name (≤ 31 letters), header and typed rows."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell | Share, ...], ...]


@dataclass(frozen=True)
class Workbook:
    """Sheets in one language, with what is written into the file's properties."""

    title: str
    language: str
    source: str
    sheets: tuple[Sheet, ...]
