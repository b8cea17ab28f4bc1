"""What the print templates need: which kind of block, how wide a bar."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from senne.reports.blocks import Bar, Bars, Block, Heading
from senne.reports.writers.pdf import widths

register = template.Library()


@register.filter
def block_kind(block: Block) -> str:
    """'heading', 'paragraph', 'items', 'figures', 'bars', 'table' or 'newpage'."""
    return type(block).__name__.lower()


@register.filter
def numbered(blocks: Sequence[Block]) -> list[tuple[Block, int]]:
    """(block, number of the chapter that it is in)."""
    chapter, found = 0, []
    for block in blocks:
        chapter += isinstance(block, Heading) and block.level == 1
        found.append((block, chapter))
    return found


@register.filter
def measured(chart: Bars) -> list[tuple[Bar, int]]:
    """(bar, width in per cent) of each bar."""
    return list(zip(chart.bars, widths(chart), strict=True))
