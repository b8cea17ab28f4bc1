"""Spans of time in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from senne.core.templatetags.senne import when
from senne.plan.api import Action


def span_words(action: Action) -> str:
    """'2024 – March 2027', 'from 2024', 'until 2030', '2024, continuous'."""
    start, end = when(action.start), when(action.end)
    if action.continuous:
        return _("%(start)s, continuous") % {"start": start} if start else _("continuous")
    if start and end:
        return start if start == end else f"{start} – {end}"
    if start:
        return _("from %(date)s") % {"date": start}
    return _("until %(date)s") % {"date": end} if end else _("no date")
