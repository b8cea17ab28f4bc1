"""Tags of the public pages: links to records, badges that read without colour, bars, rings, filter and sorting links."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from senne.core.periods import parse_partial
from senne.core.templatetags.senne import number, when
from senne.indicators.api import words as indicator_words
from senne.plan.api import Action, words
from senne.site import subjects
from senne.site.links import address_of

register = template.Library()
MARKS = {
    "to_start": "○",
    "under_way": "◐",
    "done": "●",
    "suspended": "‖",
    "abandoned": "✕",
    "on_track": "✓",
    "watch": "!",
    "late": "‼",
    "current": "✓",
    "ageing": "…",
    "stale": "?",
    "reached": "●",
    "off_track": "‼",
}
_WORDS: dict[str, Any] = {
    "status": words.Status,
    "health": words.Health,
    "freshness": words.Freshness,
    "phase": words.Phase,
    "visibility": words.Visibility,
    "budget": words.BudgetKind,
    "unit": words.BudgetUnit,
    "state": indicator_words.State,
}


@register.filter
def href(record: Any) -> str:
    """The address of the record's page."""
    return address_of(record)


@register.simple_tag
def named(name: str, record: Any) -> str:
    """The address of that name ('site:follow') for a record that citizens follow, embed or share."""
    return reverse(name, args=subjects.words_of(record))


@register.filter
def is_public(record: Any) -> bool:
    """Whether every visitor sees the record."""
    return subjects.is_public(record)


@register.filter
def mark(value: str) -> str:
    """The sign of a word of the field: what colour says, said without colour."""
    return MARKS.get(value, "·")


@register.filter
def tone(value: str) -> str:
    """The CSS class of a word of the field."""
    return value.replace("_", "-")


@register.simple_tag
def badge(kind: str, value: str) -> SafeString:
    """A word of the field with its mark (from the style sheet): readable without colour."""
    if not value:
        return SafeString("")
    label = _WORDS[kind](value).label
    return format_html('<span class="badge {}">{}</span>', tone(value), label)


@register.simple_tag(takes_context=True)
def health(context: template.Context, action: Action) -> SafeString:
    """The health badge of an action today; none for what is done or abandoned."""
    if action.status in {"done", "abandoned"} or action.is_closed:
        return SafeString("")
    return badge("health", action.health_on(context.get("today") or timezone.localdate()))


@register.simple_tag(takes_context=True)
def freshness(context: template.Context, action: Action) -> SafeString:
    """How fresh the news of an action are; none for what is done or abandoned."""
    if action.status in {"done", "abandoned"} or action.is_closed:
        return SafeString("")
    return badge("freshness", action.freshness_on(context.get("today") or timezone.localdate()))


@register.simple_tag
def bar(counts: Mapping[str, int], total: int) -> SafeString:
    """Counts as one bar of coloured parts, for the eye only: the figures stand beside it as text."""
    whole = sum(counts.values())
    if not total or not whole:
        return SafeString("")
    start, parts = 0.0, []
    for value, count in counts.items():
        wide = 100 * count / whole
        if count:
            parts.append((tone(value), f"{start:.2f}", f"{max(0.4, wide - 0.4):.2f}"))
        start += wide
    rects = format_html_join("", '<rect class="{}" x="{}" width="{}" height="3"/>', parts)
    return format_html(
        '<svg class="bar" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">{}</svg>', rects
    )


@register.simple_tag
def ring(part: int, whole: int) -> SafeString:
    """A share as a ring, for the eye only: the figures stand beside it as text."""
    around = 2 * 3.141592653589793 * 16
    share = part / whole if whole else 0
    return format_html(
        '<svg class="ring" viewBox="0 0 40 40" aria-hidden="true"><circle cx="20" cy="20" r="16"/>'
        '<circle class="part" cx="20" cy="20" r="16" stroke-dasharray="{} {}" transform="rotate(-90 20 20)"/>'
        '<text x="20" y="20">{} %</text></svg>',
        f"{share * around:.2f}",
        f"{around:.2f}",
        percent_of(part, whole),
    )


@register.inclusion_tag("site/parts/progress.html")
def progress(percent: int | None, label: str = "") -> dict[str, Any]:
    """A progress bar with its figure."""
    return {"percent": percent, "label": label}


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: Any) -> str:
    """The page's query string with some keys changed or dropped (empty values), for filter and paging links."""
    values = context["request"].GET.copy()
    for key, value in changes.items():
        values.pop(key, None)
        if value not in ("", None):
            values[key] = value
    if "page" not in changes:
        values.pop("page", None)
    return f"?{values.urlencode()}" if values else "?"


@register.simple_tag(takes_context=True)
def sorted_by(context: Mapping[str, Any], key: str, label: str, kind: str = "") -> SafeString:
    """A column head that sorts: up at the first press, down at the second, said to screen readers by `aria-sort`.

    `kind` is the cell's class, the same as that of the cells below it.
    """
    now = context["request"].GET.get("sort", "")
    state, following, sign = "", key, ""
    if now == key:
        state, following, sign = "ascending", f"-{key}", " ↑"
    elif now == f"-{key}":
        state, following, sign = "descending", key, " ↓"
    said = format_html(' aria-sort="{}"', state) if state else ""
    look = format_html(' class="{}"', kind) if kind else ""
    return format_html(
        '<th scope="col"{}{}><a href="{}">{}{}</a></th>', look, said, query(context, sort=following), label, sign
    )


@register.simple_tag(takes_context=True)
def nav(context: Mapping[str, Any], name: str, label: str) -> SafeString:
    """A link of the main navigation, marked where the reader is on or below it."""
    address = reverse(name)
    here = format_html(' aria-current="{}"', "true") if context.get("page_path", "").startswith(address) else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', address, here, label)


@register.filter
def percent_of(part: int, whole: int) -> int:
    """Whole per cent; 0 and 100 only where it is truly none or all; 0 where there is nothing."""
    if not whole:
        return 0
    rounded = round(100 * part / whole)
    return min(max(rounded, 1 if part else 0), 99 if part < whole else 100)


@register.filter
def word(value: str, kind: str) -> str:
    """The label of a word of the field ('done', 'status')."""
    try:
        return str(_WORDS[kind](value).label)
    except (KeyError, ValueError):
        return value or "–"


@register.filter
def kind_of_file(name: str) -> str:
    """'PDF' for 'report.pdf': what a reader is about to download."""
    ending = name.rsplit(".", 1)[-1] if "." in name else ""
    return ending.upper()[:8]


@register.filter
def permille(value: int | None) -> str:
    """A share in permille as per cent; a dash where there is none."""
    return "–" if value is None else f"{percent_of(value, 1000)} %"


@register.filter
def partial_date(iso: str) -> str:
    """'2026-09' as 'September 2026'."""
    return when(parse_partial(iso)) if iso else ""


@register.filter
def as_number(text: str) -> str:
    """A decimal string with the reader's separators."""
    return number(Decimal(text))


@register.filter
def distance(metres: int) -> str:
    """'500 m' or '2 km'."""
    return f"{metres} m" if metres < 1000 else f"{metres // 1000} km"


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """An entry of a mapping."""
    return mapping.get(key)
