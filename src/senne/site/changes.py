"""A change told in one sentence, in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from senne.core.text import as_text
from senne.plan.api import overview, words


def _told(kind: Any, value: Any) -> str:
    return str(kind(value).label) if value in kind.values else "–"


def sentence(change: overview.Change) -> str:
    """'Status: Under way → Done. Pipes were laid in three streets.'"""
    parts = [_("Added to the plan.")] if change.verb == "create" else []
    if change.verb != "create":
        for name, (before, after) in change.changes.items():
            if part := _part(name, before, after):
                parts.append(part)
    if change.news and change.verb != "create":
        parts.append(change.news.shown()[0])
    return " ".join(parts) or _("Reported: nothing new.")


def _part(name: str, before: Any, after: Any) -> str:
    labels = {
        "status": (_("Status"), words.Status),
        "phase": (_("Phase"), words.Phase),
        "health_override": (_("Health"), words.Health),
        "visibility": (_("Visibility"), words.Visibility),
    }
    if name in labels:
        label, kind = labels[name]
        return _("%(label)s: %(before)s → %(after)s.") % {
            "label": label,
            "before": _told(kind, before),
            "after": _told(kind, after),
        }
    if name == "end_on":
        return _("New end: %(date)s.") % {"date": date_format(date.fromisoformat(after)) if after else "–"}
    if name in {"title", "statement"}:
        return _("Reworded; before: “%(before)s”.") % {"before": as_text(before).shown()[0]}
    return ""
