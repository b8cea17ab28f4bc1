"""A change told in one sentence, in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senne.core.text import as_text
from senne.plan.api import changes, words


def sentence(change: changes.Change) -> str:
    """'Status: Under way → Done. Step done: pipes laid. Pipes were laid in three streets.'"""
    if change.verb == "create":
        return _("Added to the plan.")
    parts = [_part(name, before, after) for name, (before, after) in change.changes.items()]
    if change.steps:
        steps = " · ".join(step.shown()[0] for step in change.steps)
        text = ngettext("Step done: %(steps)s.", "Steps done: %(steps)s.", len(change.steps))
        parts.append(text % {"steps": steps})
    parts.append(change.news.shown()[0])
    return " ".join(part for part in parts if part) or _("Reported: nothing new.")


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
