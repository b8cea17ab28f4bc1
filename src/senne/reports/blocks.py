"""What a report says, before it is a PDF, a text document or a deck: plain blocks in reading order. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field


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
    """A list."""

    texts: tuple[str, ...]


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
    """A chart of horizontal bars, with its caption; the figures stand beside the bars, so that it reads without colour."""

    caption: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Table:
    """A table: caption, header, rows of text; `numeric` are the places of columns of numbers, `wide` of long texts."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    wide: frozenset[int] = frozenset()


@dataclass(frozen=True)
class NewPage:
    """What follows starts on a page (or slide) of its own."""


Block = Heading | Paragraph | Items | Figures | Bars | Table | NewPage


@dataclass(frozen=True)
class Report:
    """A report in one language: what stands on its cover, its blocks, and where its figures come from."""

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
