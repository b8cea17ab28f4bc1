"""The search entries of indicators, kept true by a hook that runs inside every change."""

from __future__ import annotations

from senne.core import records, search
from senne.indicators.models import Indicator


def _changed(changed: list[Indicator]) -> None:
    ids = [indicator.pk for indicator in changed]
    search.forget("indicators.indicator", ids)
    kept = Indicator.objects.filter(pk__in=ids).select_related("organisation")
    texts = {i.pk: (i.name, [i.code, i.definition, i.source, i.organisation.name]) for i in kept}
    search.index("indicators.indicator", texts)


def register() -> None:
    """Called once when the room starts."""
    records.on_change("indicators.indicator", _changed)
