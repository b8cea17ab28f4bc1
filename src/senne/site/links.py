"""Where a record has its page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from senne.core.models import Organisation
from senne.indicators.api import Indicator
from senne.plan.api import Action, Axis, Objective, Plan, Theme

_NAMES = {Theme: "theme", Axis: "axis", Objective: "objective", Action: "action"}


def address_of(record: Any) -> str:
    """The path of the record's public page in the active language."""
    if isinstance(record, Plan):
        return reverse("site:plan", args=[record.code])
    if isinstance(record, Organisation):
        return reverse("site:organisation", args=[record.code])
    if isinstance(record, Indicator):
        return reverse("site:indicator", args=[record.code])
    return reverse(f"site:{_NAMES[type(record)]}", args=[record.plan.code, record.code])
