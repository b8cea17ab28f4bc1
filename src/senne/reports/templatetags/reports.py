"""What the templates of reports need: which kind of block, how wide a bar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from senne.reports.blocks import Bar, Bars, Block, Heading, Table
from senne.reports.writers.measure import shares

register = template.Library()
LETTERS = 104  # of a table on a page of A4
ADDRESS = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:)])")


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
    return list(zip(chart.bars, chart.widths(), strict=True))


@register.filter
def column_widths(table: Table) -> list[int]:
    """The width of each column in whole per cent, of 100 together."""
    ends = [round(100 * end) for end in accumulate(shares(table, LETTERS))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


@register.filter
def linked(text: str) -> SafeString:
    """The text with its web addresses as links."""
    parts = ADDRESS.split(text)
    return format_html_join(
        "", "{}", ((format_html('<a href="{0}">{0}</a>', part) if n % 2 else part,) for n, part in enumerate(parts))
    )
