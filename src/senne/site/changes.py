"""A change told in one sentence, in the reader's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senne.core.periods import parse_period
from senne.core.text import as_text
from senne.indicators.api import Indicator
from senne.indicators.api import words as indicator_words
from senne.plan.api import changes, words
from senne.site.figures import with_unit

# A whole history given at once is told by its latest figures.
MOST_FIGURES = 3


def sentence(change: changes.Change) -> str:
    """'Status: Under way → Done. Step done: pipes laid. Pipes were laid in three streets.'"""
    if isinstance(change.record, Indicator):
        return _figures(change.record, change.figures)
    if change.verb == "create":
        return _("Added to the plan.")
    parts = [_part(name, before, after) for name, (before, after) in change.changes.items()]
    if change.steps:
        steps = " · ".join(step.shown()[0] for step in change.steps)
        text = ngettext("Step done: %(steps)s.", "Steps done: %(steps)s.", len(change.steps))
        parts.append(text % {"steps": steps})
    parts.append(change.news.shown()[0])
    return " ".join(part for part in parts if part) or _("Reported: nothing new.")


def _figures(indicator: Indicator, told: list[changes.FigureTold]) -> str:
    """'2025: 14 200 trees. 2024 corrected: 320 trees (before: 300 trees). A street was counted twice.'"""
    parts = [_figure(indicator, figure) for figure in told[-MOST_FIGURES:]]
    more = len(told) - MOST_FIGURES
    if more > 0:
        parts.append(ngettext("%(n)s figure more.", "%(n)s figures more.", more) % {"n": more})
    return " ".join(parts)


def _figure(indicator: Indicator, told: changes.FigureTold) -> str:
    values = {
        "period": indicator_words.period_words(parse_period(told.period)),
        "value": with_unit(Decimal(told.value), indicator),
        "before": with_unit(Decimal(told.before), indicator) if told.before else "",
    }
    if told.what == "target":
        text = _("Target by %(period)s: %(value)s (before: %(before)s).") % values
    elif told.before:
        text = _("Figure of %(period)s corrected: %(value)s (before: %(before)s).") % values
    else:
        text = _("Figure of %(period)s: %(value)s.") % values
    return f"{text} {told.why}".strip()


def _told(kind: Any, value: Any) -> str:
    return str(kind(value).label) if value in kind.values else "–"


def _part(name: str, before: Any, after: Any) -> str:
    labels = {
        "status": (_("Status"), words.Status),
        "phase": (_("Phase"), words.Phase),
        "health_override": (_("Health, as judged"), words.Health),
        "visibility": (_("Visibility"), words.Visibility),
    }
    if name in labels:
        label, kind = labels[name]
        values = {"label": label, "before": _told(kind, before), "after": _told(kind, after)}
        return _("%(label)s: %(before)s → %(after)s.") % values
    if name == "end_on":
        return _("New end: %(date)s.") % {"date": date_format(date.fromisoformat(after)) if after else "–"}
    if name in {"title", "statement"}:
        return _("Reworded; before: “%(before)s”.") % {"before": as_text(before).shown()[0]}
    if name == "target_value":
        return _("Target changed from %(before)s to %(after)s.") % {"before": before or "–", "after": after or "–"}
    # The other action is not named: it may not be public. The page links to it for those who may see it.
    if after and name == "merged_into":
        return _("Merged into another action.")
    if after and name == "superseded_by":
        return _("Replaced by another action.")
    return ""
