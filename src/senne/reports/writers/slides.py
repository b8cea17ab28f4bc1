"""How much of a slide's content fits on a page: pieces in order, with their place, before anything is drawn. Pure.

Everything is in points. What does not fit goes on on a page of its own: rows of a table, items of a list; nothing is
drawn over the edge and nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TypeVar

from senne.reports.blocks import Bars, Block, Curve, Figures, Heading, Items, Paragraph, Table
from senne.reports.writers.measure import LETTER, lines, row_height, shares

GAP = 12.0
FIGURES_HIGH = 84.0
BAR_HIGH, BAR_LEAST, CHART_HEAD = 36.0, 20.0, 34.0
CURVE_HIGH, CURVE_LEAST = 300.0, 190.0
TEXT_SIZES = (24, 22, 20, 18, 16, 14)
TABLE_SIZES = (15, 14, 13, 12, 11, 13)
CELL_PADDING = 13.0
BULLET = 18.0
T = TypeVar("T")


@dataclass(frozen=True)
class Piece:
    """A block at its place. Charts stand side by side."""

    blocks: tuple[Block, ...]
    top: float
    height: float
    size: int = 0
    widths: tuple[float, ...] = ()
    rows: tuple[float, ...] = ()


@dataclass
class _Page:
    pieces: list[Piece] = field(default_factory=list)
    used: float = 0.0


class Pages:
    """Fills pages of `width` × `height` points, one after the other."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.pages = [_Page()]

    @property
    def left(self) -> float:
        return self.height - self.pages[-1].used

    def turn(self) -> None:
        """A new page, unless this one is empty."""
        if self.pages[-1].pieces:
            self.pages.append(_Page())

    def put(self, blocks: tuple[Block, ...], height: float, **more: object) -> None:
        page = self.pages[-1]
        page.pieces.append(Piece(blocks, page.used, height, **more))  # type: ignore[arg-type]
        page.used += height + GAP


def lay_out(blocks: Sequence[Block], width: float, height: float) -> list[list[Piece]]:
    """The pieces of each page that the blocks take."""
    pages = Pages(width, height)
    for is_chart, group in groupby(blocks, key=lambda block: isinstance(block, Bars | Curve)):
        found = list(group)
        if is_chart:
            _charts(pages, [block for block in found if isinstance(block, Bars | Curve)])
            continue
        for block in found:
            if isinstance(block, Table):
                _table(pages, block)
            elif isinstance(block, Items):
                _items(pages, block)
            elif isinstance(block, Figures):
                _whole(pages, block, FIGURES_HIGH)
            elif isinstance(block, Paragraph | Heading):
                size = 14 if isinstance(block, Paragraph) and block.quiet else 18
                _whole(pages, block, lines(block.text, width, size) * size * 1.2 + 4, size)
    return [page.pieces for page in pages.pages if page.pieces]


def _whole(pages: Pages, block: Block, height: float, size: int = 0) -> None:
    if height > pages.left:
        pages.turn()
    pages.put((block,), min(height, pages.height), size=size)


def _charts(pages: Pages, charts: list[Bars | Curve]) -> None:
    """Two side by side; each as high as its bars ask for, a line as high as there is room."""
    for start in range(0, len(charts), 2):
        pair = charts[start : start + 2]
        least, wanted = (max(sizes) for sizes in zip(*map(_heights, pair), strict=True))
        if least > pages.left:
            pages.turn()
        pages.put(tuple(pair), min(pages.left, wanted))


def _heights(chart: Bars | Curve) -> tuple[float, float]:
    """The least height of a chart, and the one that it would like."""
    if isinstance(chart, Curve):
        return CURVE_LEAST, CURVE_HIGH
    return tuple(CHART_HEAD + len(chart.bars) * high for high in (BAR_LEAST, BAR_HIGH))  # type: ignore[return-value]


def _items(pages: Pages, block: Items) -> None:
    """In the largest type in which the whole list fits; else over several pages in the smallest."""
    for size in TEXT_SIZES:
        heights = [_item_height(text, pages.width, size) for text in block.texts]
        if sum(heights) <= pages.left:
            pages.put((block,), sum(heights), size=size)
            return
    if pages.left < pages.height / 2:
        pages.turn()
    for part, high in _split(list(zip(block.texts, heights, strict=True)), pages):
        pages.put((replace(block, texts=tuple(part)),), high, size=TEXT_SIZES[-1])


def _item_height(text: str, width: float, size: int) -> float:
    return lines(text, width - BULLET, size) * size * 1.2 + 8


def _table(pages: Pages, table: Table) -> None:
    """In the largest type in which the whole table fits; else in a middling one over several pages, each with the head."""
    for size in TABLE_SIZES:
        widths = tuple(share * pages.width for share in shares(table, pages.width / (size * LETTER)))
        heights = [row_height(row, widths, size, CELL_PADDING) for row in table.rows]
        head = row_height(table.header, widths, size, CELL_PADDING)
        if head + sum(heights) <= pages.left:
            break
    else:
        if pages.left < pages.height / 2:
            pages.turn()
    for rows, _high in _split(list(zip(table.rows, heights, strict=True)), pages, head):
        part = replace(table, rows=tuple(rows), totals=table.totals and rows[-1] is table.rows[-1])
        high = tuple(row_height(row, widths, size, CELL_PADDING) for row in rows)
        pages.put((part,), head + sum(high), size=size, widths=widths, rows=(head, *high))


def _split(found: list[tuple[T, float]], pages: Pages, head: float = 0.0) -> Iterator[tuple[list[T], float]]:
    """What fits on this page, then on the next ones; at least one on each. A page is turned between two parts."""
    part: list[T] = []
    used = head
    for one, high in found:
        if part and used + high > pages.left:
            yield part, used
            pages.turn()
            part, used = [], head
        part.append(one)
        used += high
    if part:
        yield part, used
