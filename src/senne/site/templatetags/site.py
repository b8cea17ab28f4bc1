"""Tags of the public pages: links to records, badges that read without colour, progress bars, paging links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from senne.plan.api import Action, words
from senne.site.links import address_of

register = template.Library()
_MARKS = {
    "to_start": "○",
    "under_way": "◐",
    "done": "●",
    "suspended": "‖",
    "abandoned": "✕",
    "on_track": "✓",
    "watch": "!",
    "late": "!!",
    "current": "✓",
    "ageing": "…",
    "stale": "?",
}
_WORDS: dict[str, Any] = {
    "status": words.Status,
    "health": words.Health,
    "freshness": words.Freshness,
    "phase": words.Phase,
    "visibility": words.Visibility,
    "budget": words.BudgetKind,
    "unit": words.BudgetUnit,
}


@register.filter
def href(record: Any) -> str:
    """The address of the record's page."""
    return address_of(record)


@register.simple_tag
def badge(kind: str, value: str) -> SafeString:
    """A word of the field with its mark: readable without colour."""
    if not value:
        return SafeString("")
    label = _WORDS[kind](value).label
    return format_html(
        '<span class="badge {}"><span aria-hidden="true">{}</span> {}</span>',
        value.replace("_", "-"),
        _MARKS.get(value, "·"),
        label,
    )


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
    if not total:
        return SafeString("")
    start, parts = 0.0, []
    whole = sum(counts.values())
    for value, count in counts.items():
        wide = 100 * count / whole if whole else 0
        parts.append((value.replace("_", "-"), f"{start:.2f}", f"{max(0.0, wide - 0.3):.2f}"))
        start += wide
    rects = format_html_join("", '<rect class="{}" x="{}" width="{}" height="3"/>', parts)
    return format_html(
        '<svg class="bar" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">{}</svg>', rects
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


@register.filter
def percent_of(part: int, whole: int) -> int:
    """Whole per cent, 0 where there is nothing."""
    return round(100 * part / whole) if whole else 0


@register.filter
def word(value: str, kind: str) -> str:
    """The label of a word of the field ('done', 'status')."""
    try:
        return str(_WORDS[kind](value).label)
    except (KeyError, ValueError):
        return value or "–"


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """An entry of a mapping."""
    return mapping.get(key)
