"""What the indicators room stores: what is measured, its figures, its target points."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from senne.core.models import Organisation, Person, Versioned
from senne.core.periods import Period, parse_period
from senne.core.policy import ContactRole, Subject
from senne.core.text import TextField
from senne.core.words import Visibility
from senne.indicators.rules.series import Asked
from senne.indicators.words import Frequency, Kind, Wanted

SHAPES = {Frequency.YEAR: "2026", Frequency.QUARTER: "2026-Q3", Frequency.MONTH: "2026-09"}


class PeriodField(models.CharField):
    """A year ('2026'), quarter ('2026-Q3') or month ('2026-09')."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 7)
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        value = super().clean(value, model_instance)
        if value:
            try:
                value = str(parse_period(value))
            except ValueError:
                raise ValidationError(
                    gettext("Write a year (2026), a quarter (2026-Q3) or a month (2026-09).")
                ) from None
        return value


class ValueField(models.DecimalField):
    """A figure in the indicator's unit, as exact as it is given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 24)
        kwargs.setdefault("decimal_places", 6)
        super().__init__(*args, **kwargs)


class Indicator(Versioned):
    """Something that is measured again and again in one unit: by whom, how, from which source, and how often.

    `method` says how; each time that it changes so that figures before and after do not compare, `method_version` grows
    and the earlier wording stays in `earlier_methods`: [{"number": int, "text": {language: text}, "until": ISO day}].
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("code"), max_length=60, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="indicators", verbose_name=_("organisation that measures")
    )
    keeper = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="kept_indicators",
        verbose_name=_("who gives the figures"),
    )
    name = TextField(_("name"), required=True)
    definition = TextField(_("what it measures"))
    method = TextField(_("how it is measured"))
    method_version = models.PositiveSmallIntegerField(_("version of the method"), default=1, editable=False)
    earlier_methods = models.JSONField(default=list, blank=True, editable=False)
    source = TextField(_("where the figures come from"))
    unit = TextField(_("unit"), required=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.OUTCOME)
    frequency = models.CharField(_("frequency"), max_length=8, choices=Frequency.choices, default=Frequency.YEAR)
    first_period = PeriodField(_("first period measured"))
    last_period = PeriodField(_("last period measured"), blank=True)
    due_after = models.PositiveSmallIntegerField(_("figures are due after (days)"), default=90)
    decimals = models.PositiveSmallIntegerField(_("decimals shown"), default=0)
    wanted = models.CharField(_("wanted direction"), max_length=4, choices=Wanted.choices, blank=True)
    lowest = ValueField(_("lowest plausible figure"), null=True, blank=True)
    highest = ValueField(_("highest plausible figure"), null=True, blank=True)
    baseline_period = PeriodField(_("period of the baseline"), blank=True)
    baseline_value = ValueField(_("baseline"), null=True, blank=True)
    visibility = models.CharField(_("visibility"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(baseline_value=None, baseline_period="")
                | (Q(baseline_value__isnull=False) & ~Q(baseline_period="")),
                name="indicator_baseline_whole",
            ),
            models.CheckConstraint(
                condition=Q(lowest=None) | Q(highest=None) | Q(highest__gte=models.F("lowest")),
                name="indicator_bounds",
            ),
            models.CheckConstraint(condition=Q(decimals__lte=6), name="indicator_decimals"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """Periods are of the frequency, and the last one does not come before the first."""
        for name in ("first_period", "last_period", "baseline_period"):
            written = getattr(self, name)
            if written and not self.fits(written) and name != "baseline_period":
                shape = SHAPES[Frequency(self.frequency)]
                raise ValidationError({name: gettext("Write this period as %(shape)s.") % {"shape": shape}})
        if self.last_period and self.last_period < self.first_period:
            raise ValidationError({"last_period": gettext("The last period comes before the first.")})

    def fits(self, period: str) -> bool:
        """Whether the period written is one of this indicator's frequency."""
        try:
            return parse_period(period).frequency.value == self.frequency
        except ValueError:
            return False

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC

    def asked(self) -> Asked:
        """Which figures it asks for (reads `measurements`: prefetch them in lists)."""
        measured = frozenset(measurement.period for measurement in self.measurements.all())
        last = parse_period(self.last_period) if self.last_period else None
        return Asked(parse_period(self.first_period), last, self.due_after, measured)

    def subject(self) -> Subject:
        contacts = {(self.keeper_id, ContactRole.OWNER)} if self.keeper_id else set()
        place = self.organisation
        return Subject("indicator", place.path, place.house, self.is_public, frozenset(), frozenset(contacts))


class OfPeriod(Versioned):
    """What belongs to one period of an indicator; the rights over it are those over the indicator."""

    period = PeriodField(_("period"))
    # Each has its own: reached from the indicator by another name, called something else in words.
    indicator: Any
    value: Any

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.period}: {self.value.normalize():f}"

    @property
    def when(self) -> Period:
        return parse_period(self.period)

    def subject(self) -> Subject:
        found: Subject = self.indicator.subject()
        return found


class Measurement(OfPeriod):
    """The figure of one period. `uncertainty` is ± in the indicator's unit; `provisional` figures are still to be confirmed.

    `method_version` is the version of the method by which it was measured.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="measurements")
    value = ValueField(_("figure"))
    uncertainty = ValueField(_("uncertainty (±)"), null=True, blank=True)
    provisional = models.BooleanField(_("provisional"), default=False)
    note = TextField(_("remark"))
    method_version = models.PositiveSmallIntegerField(_("version of the method"), default=1)
    reported_on = models.DateField(_("reported on"))
    reported_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reported by")
    )

    class Meta:
        ordering = ["period"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "period"], name="measurement_once"),
            models.CheckConstraint(condition=Q(uncertainty=None) | Q(uncertainty__gte=0), name="uncertainty_positive"),
        ]


class TargetPoint(OfPeriod):
    """What the indicator is to reach by the end of a period, and what decided so."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    value = ValueField(_("target"))
    note = TextField(_("where the target comes from"))

    class Meta:
        ordering = ["period"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["indicator", "period"], name="target_point_once")]
