"""What is asked of the indicators room. Every answer is already cut to what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch, Q, QuerySet

from senne.core import search
from senne.core.models import AuditEntry
from senne.core.periods import Period, parse_period
from senne.core.policy import Actor
from senne.core.reach import colleagues
from senne.core.words import Visibility
from senne.indicators.models import Indicator, Measurement, TargetPoint
from senne.indicators.rules.series import Assessment, Point, Series, assess

PUBLIC = Visibility.PUBLIC


def indicators(actor: Actor) -> QuerySet[Indicator]:
    """Indicators that the actor may see, with who measures them."""
    found = Indicator.objects.select_related("organisation", "keeper")
    if not actor.is_staff and actor.person_id is None:
        return found.filter(visibility=PUBLIC)
    seen = Q(visibility=PUBLIC) | colleagues(actor, "organisation__") | Q(keeper_id=actor.person_id or 0)
    return found.filter(seen)


def with_figures(found: QuerySet[Indicator]) -> QuerySet[Indicator]:
    """With their figures and targets, in the order of time: two queries more."""
    return found.prefetch_related(
        Prefetch("measurements", queryset=Measurement.objects.order_by("period")),
        Prefetch("targets", queryset=TargetPoint.objects.order_by("period")),
    )


def find(actor: Actor, words: str, language: str, limit: int = 20) -> list[Indicator]:
    """Visible indicators that hold every word, best first."""
    ids = search.find("indicators.indicator", words, language)
    seen = {indicator.pk: indicator for indicator in indicators(actor).filter(pk__in=ids[:200])}
    return [seen[pk] for pk in ids if pk in seen][:limit]


def series_of(indicator: Indicator) -> Series:
    """Its figures and targets as the rules see them (reads `measurements` and `targets`: prefetch them in lists)."""
    baseline = None
    if indicator.baseline_value is not None:
        baseline = Point(parse_period(indicator.baseline_period), indicator.baseline_value)
    return Series(
        tuple(Point(found.when, found.value) for found in indicator.measurements.all()),
        tuple(Point(found.when, found.value) for found in indicator.targets.all()),
        baseline,
        indicator.wanted,
    )


@dataclass(frozen=True)
class Standing:
    """An indicator on a day: its series, what the rules say of it, and the periods whose figure is missing."""

    indicator: Indicator
    day: date

    @cached_property
    def series(self) -> Series:
        return series_of(self.indicator)

    @cached_property
    def assessment(self) -> Assessment:
        return assess(self.series)

    @property
    def state(self) -> str:
        return self.assessment.state

    @cached_property
    def measurements(self) -> list[Measurement]:
        """The figures, the oldest first."""
        return list(self.indicator.measurements.all())

    @cached_property
    def targets(self) -> list[TargetPoint]:
        return list(self.indicator.targets.all())

    @property
    def latest(self) -> Measurement | None:
        return self.measurements[-1] if self.measurements else None

    @cached_property
    def missing(self) -> list[Period]:
        """Periods that are over and have no figure, the oldest first."""
        return self.indicator.asked().missing(self.day)

    @property
    def overdue_since(self) -> date | None:
        """The day by which the oldest missing figure was due, where that has passed."""
        asked = self.indicator.asked()
        late = [asked.due_on(period) for period in self.missing]
        return min((due for due in late if due < self.day), default=None)


def standings(found: QuerySet[Indicator], day: date) -> list[Standing]:
    """These indicators with where they stand: three queries."""
    return [Standing(indicator, day) for indicator in with_figures(found)]


@dataclass(frozen=True)
class Correction:
    """A published figure that was changed: on which day, from which figure, and why. It names nobody."""

    on: date
    before: str
    after: str
    why: str


def corrections_of(measurements: Iterable[Measurement]) -> dict[int, list[Correction]]:
    """By figure, what it was changed from since it was first given, the oldest change first: one query."""
    ids = [measurement.pk for measurement in measurements]
    entries = AuditEntry.objects.filter(kind="indicators.measurement", record_id__in=ids, verb="correct").order_by("id")
    found: dict[int, list[Correction]] = {}
    for entry in entries:
        if pair := entry.changes.get("value"):
            told = Correction(entry.at.date(), str(pair[0]), str(pair[1]), entry.reason)
            found.setdefault(entry.record_id, []).append(told)
    return found
