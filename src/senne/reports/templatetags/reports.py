"""What the templates of reports need: which kind of block, how wide a bar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from senne.plan.api import Plan
from senne.reports.blocks import Bar, Bars, Block, Curve, Heading, Table
from senne.reports.writers import drawing as drawings
from senne.reports.writers.measure import shares

register = template.Library()
LETTERS = 106  # of a table on a page of A4
ADDRESS = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:)])")


@register.filter
def block_kind(block: Block) -> str:
    """'heading', 'paragraph', 'items', 'figures', 'bars', 'curve', 'table' or 'newpage'."""
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
def drawing(curve: Curve) -> drawings.Drawing | None:
    """The chart of an indicator as lines, marks and words at their places."""
    return drawings.drawn(curve)


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


# ---- On the site --------------------------------------------------------------------------------------------------

SITE_TONES = {"good": "done", "warn": "watch", "bad": "late", "calm": "under-way", "none": "to-start"}


@dataclass(frozen=True)
class Group:
    """A block, or charts that stand side by side."""

    block: Block | None = None
    charts: tuple[Bars, ...] = ()


@register.filter
def grouped(blocks: Sequence[Block]) -> list[Group]:
    """Blocks in order, charts that follow each other together."""
    found: list[Group] = []
    for is_chart, group in groupby(blocks, key=lambda block: isinstance(block, Bars)):
        together = list(group)
        if is_chart:
            found.append(Group(charts=tuple(block for block in together if isinstance(block, Bars))))
        else:
            found += [Group(block) for block in together]
    return found


@register.filter
def site_tone(tone: str) -> str:
    """The class that has this tone in the site's style sheet."""
    return SITE_TONES[tone]


@register.filter
def tones(chart: Bars) -> dict[str, int]:
    """How much of each tone, for the site's bar."""
    return {SITE_TONES[bar.tone]: int(bar.value) for bar in chart.bars}


@register.simple_tag
def cell_link(block: Table, column: int, text: str, plan: Plan, known: set[str]) -> SafeString | str:
    """The cell; a code that the reader may look up is a link to its page."""
    kind = block.links.get(column)
    if kind is None or text not in known:
        return text
    return format_html('<a class="one-line" href="{}">{}</a>', reverse(f"site:{kind}", args=[plan.code, text]), text)


@register.simple_tag
def cell_class(block: Table, column: int) -> SafeString | str:
    """Numbers stand at the right; what a narrow screen may leave out is marked so."""
    classes = [name for name, columns in (("num", block.numeric), ("wide", block.spare)) if column in columns]
    return format_html(' class="{}"', " ".join(classes)) if classes else ""


@register.filter
def weight(size: int) -> str:
    """'24 kB' or '1.3 MB', decimal, as exact as anybody wants to know it."""
    if size < 950_000:
        return _("%(n)s kB") % {"n": max(1, round(size / 1000))}
    return _("%(n)s MB") % {"n": number_format(size / 1_000_000, 1)}
