"""What is owed about indicators: the figure of a period that is over.

Chain (who is next if they don't): who gives the figures → head of the organisation that measures → coordination.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from senne.core import records
from senne.core.duties import keeping, sources
from senne.core.duties.chains import Behind
from senne.core.duties.sources import Owed
from senne.core.paths import path_without_language
from senne.core.periods import Period
from senne.core.text import Text, in_languages
from senne.indicators.models import Indicator, Measurement
from senne.indicators.words import period_words

# A figure is told about this long before it is due; before that, nobody is bothered.
AHEAD = timedelta(days=60)


def figures(day: date, only: frozenset[int] | None = None) -> Iterator[Owed]:
    """The figure of the latest period that is over, where it is missing: older gaps stand on the indicator's page."""
    behind = Behind(day)
    found = Indicator.objects.select_related("organisation", "keeper").prefetch_related("measurements")
    if only is not None:
        found = found.filter(pk__in=only)
    for indicator in found:
        asked = indicator.asked()
        missing = asked.missing(day)
        if not missing or asked.due_on(missing[-1]) > day + AHEAD:
            continue
        period = missing[-1]
        own = [indicator.keeper_id] if indicator.keeper_id else []
        chain = tuple(dict.fromkeys([*own, *behind.of(indicator.organisation)]))
        yield Owed(
            f"figure:{indicator.pk}:{period}",
            "figure",
            label_of(indicator, period),
            path_without_language("workspace:indicator_figure", indicator.code),
            ("indicators.indicator", indicator.pk),
            asked.due_on(period),
            chain,
            indicator.organisation_id,
        )


def label_of(indicator: Indicator, period: Period) -> Text:
    """'Trees planted · 2026' in every language."""
    return in_languages(lambda: f"%(name)s · {period_words(period)}", name=indicator.name)


def _refresh(ids: Any) -> None:
    now = timezone.now()
    keeping.refresh("figure", ids, timezone.localdate(now), now)


def _measured(changed: list[Measurement]) -> None:
    _refresh(measurement.indicator_id for measurement in changed)


def register() -> None:
    """Called once when the room starts."""
    sources.register("figure", figures)
    records.on_change("indicators.indicator", lambda changed: _refresh(indicator.pk for indicator in changed))
    records.on_change("indicators.measurement", _measured)
