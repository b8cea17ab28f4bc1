"""What people do in the indicators room: one function per thing done. Each asks the policy, writes once, leaves its trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.models import Organisation, Person
from senne.core.numbers import plain
from senne.core.periods import Period
from senne.core.policy import Actor, Subject, can_edit, require
from senne.core.text import Text, as_text
from senne.indicators.models import SHAPES, Indicator, Measurement, TargetPoint
from senne.indicators.rules import checking
from senne.indicators.words import Frequency

Values = Mapping[str, Any]


@transaction.atomic
def create_indicator(values: Values, *, actor: Actor) -> Indicator:
    """A new indicator of the organisation that will measure it. Raises ValidationError."""
    organisation: Organisation = values["organisation"]
    require("create", actor, Subject("indicator", organisation.path, organisation.house))
    last = Indicator.objects.aggregate(last=Max("order"))["last"] or 0
    return records.create(Indicator, {"order": last + 1, **values}, actor=actor)


@transaction.atomic
def change_indicator(
    indicator: Indicator,
    values: Values,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
    new_method: bool = False,
    today: date | None = None,
) -> dict[str, list[Any]]:
    """Change what it says. `new_method`: figures before and after do not compare, the earlier wording is kept beside.

    Another visibility needs the right to publish, another organisation the right to create there. Raises Conflict,
    ValidationError.
    """
    subject = indicator.subject()
    require("edit", actor, subject)
    if "visibility" in values and values["visibility"] != indicator.visibility:
        require("publish", actor, subject)
    organisation = values.get("organisation", indicator.organisation)
    if organisation != indicator.organisation:
        require("create", actor, Subject("indicator", organisation.path, organisation.house))
    if values.get("frequency", indicator.frequency) != indicator.frequency and indicator.measurements.exists():
        text = _("It has figures already: end this indicator and make another one for the new frequency.")
        raise ValidationError({"frequency": text})
    if new_method:
        values = {**values, **_next_method(indicator, today)}
    return records.update(indicator, values, actor=actor, expected_version=expected_version, reason=reason)


def _next_method(indicator: Indicator, today: date | None) -> dict[str, Any]:
    kept = {
        "number": indicator.method_version,
        "text": dict(indicator.method),
        "until": today.isoformat() if today else "",
    }
    return {
        "method_version": indicator.method_version + 1,
        "earlier_methods": [*indicator.earlier_methods, kept],
    }


@transaction.atomic
def delete_indicator(indicator: Indicator, *, actor: Actor, reason: str) -> None:
    """Take away an indicator that never had a figure; one that had is ended by its last period."""
    require("delete", actor, indicator.subject())
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    if indicator.measurements.exists():
        raise ValidationError(_("It has figures: they stay. End it by giving the last period measured."))
    records.delete(indicator, actor=actor, reason=reason)


# ---- Figures ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Figure:
    """A figure as somebody gives it: of which indicator and period, and what there is to say about it."""

    indicator: Indicator
    period: Period
    value: Decimal
    uncertainty: Decimal | None = None
    provisional: bool = False
    note: Text = field(default_factory=Text)


def fault_in(figure: Figure) -> str:
    """Why the figure cannot be kept as it is, in words; '' where it can."""
    indicator = figure.indicator
    if not indicator.fits(str(figure.period)):
        return _("Write this period as %(shape)s.") % {"shape": SHAPES[Frequency(indicator.frequency)]}
    before = _figure_before(indicator, figure.period)
    explained = bool(figure.note)
    found = checking.fault_of(figure.value, indicator.lowest, indicator.highest, before, explained)
    texts = {
        checking.TOO_LOW: _("This is below what is plausible (%(lowest)s %(unit)s)."),
        checking.TOO_HIGH: _("This is above what is plausible (%(highest)s %(unit)s)."),
        checking.TOO_FINE: _("Six decimals at most."),
        checking.JUMPS: _(
            "The figure before was %(before)s %(unit)s. Check the unit; if it is right, say why in a remark."
        ),
    }
    return "" if not found else texts[found] % _said_of(indicator, before)


def _said_of(indicator: Indicator, before: Decimal | None) -> dict[str, str]:
    numbers = {"lowest": indicator.lowest, "highest": indicator.highest, "before": before}
    return {
        "unit": str(indicator.unit),
        **{name: plain(value) if value is not None else "" for name, value in numbers.items()},
    }


def _figure_before(indicator: Indicator, period: Period) -> Decimal | None:
    earlier = [m for m in indicator.measurements.all() if m.period < str(period)]
    return max(earlier, key=lambda measurement: measurement.period).value if earlier else None


@transaction.atomic
def say_figure(
    figure: Figure,
    *,
    actor: Actor,
    today: date,
    reason: str = "",
    expected_version: int | None = None,
) -> Measurement:
    """Give the figure of a period, or another one in its place. A figure that was final changes only with a reason.

    Raises Refused, Conflict, ValidationError.
    """
    indicator = figure.indicator
    require("report", actor, indicator.subject())
    if fault := fault_in(figure):
        raise ValidationError({"value": fault})
    values: dict[str, Any] = {
        "value": figure.value,
        "uncertainty": figure.uncertainty,
        "provisional": figure.provisional,
        "note": as_text(figure.note),
    }
    there = indicator.measurements.filter(period=str(figure.period)).first()
    if there is None:
        values |= {"indicator": indicator, "period": str(figure.period), **_said_by(indicator, actor, today)}
        return records.create(Measurement, values, actor=actor, root=indicator, reason=reason)
    if there.value == figure.value:
        records.update(there, values, actor=actor, expected_version=expected_version, reason=reason, root=indicator)
        return there
    if not there.provisional and not reason.strip():
        raise ValidationError({"reason": _("This figure was final: say why it changes.")})
    values |= _said_by(indicator, actor, today)
    records.update(
        there, values, actor=actor, expected_version=expected_version, reason=reason, verb="correct", root=indicator
    )
    return there


def _said_by(indicator: Indicator, actor: Actor, today: date) -> dict[str, Any]:
    return {
        "method_version": indicator.method_version,
        "reported_on": today,
        "reported_by": Person.objects.filter(pk=actor.person_id or 0).first(),
    }


@transaction.atomic
def say_figures(figures: Sequence[Figure], *, actor: Actor, today: date) -> dict[int, str]:
    """Several figures, each by itself: {place in the row: why it was refused}; the others are kept."""
    refused = {}
    for place, figure in enumerate(figures):
        try:
            say_figure(figure, actor=actor, today=today)
        except ValidationError as fault:
            refused[place] = " ".join(fault.messages)
    return refused


def take_figure_back(measurement: Measurement, *, actor: Actor, reason: str) -> None:
    """Take a figure away, with a reason; the history keeps it."""
    require("edit", actor, measurement.subject())
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    records.delete(measurement, actor=actor, reason=reason, root=measurement.indicator)


# ---- Targets ------------------------------------------------------------------------------------------------------


@transaction.atomic
def set_target(
    indicator: Indicator, period: Period, value: Decimal, *, actor: Actor, note: Text | None = None, reason: str = ""
) -> TargetPoint:
    """What is to be reached by the end of a period; another value for one that is set needs a reason."""
    require("edit", actor, indicator.subject())
    there = indicator.targets.filter(period=str(period)).first()
    values: dict[str, Any] = {"value": value, "note": as_text(note)}
    if there is None:
        values |= {"indicator": indicator, "period": str(period)}
        return records.create(TargetPoint, values, actor=actor, reason=reason, root=indicator)
    if there.value != value and not reason.strip():
        raise ValidationError({"reason": _("This target was set already: say why it changes.")})
    records.update(there, values, actor=actor, reason=reason, root=indicator, verb="retarget")
    return there


def drop_target(target: TargetPoint, *, actor: Actor, reason: str) -> None:
    """Take a target away, with a reason."""
    require("edit", actor, target.subject())
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    records.delete(target, actor=actor, reason=reason, root=target.indicator)


# ---- Who comes after ----------------------------------------------------------------------------------------------


def hand_over(person: Person, to: Person, *, actor: Actor, reason: str = "") -> int:
    """Indicators whose figures `person` gives go to `to`, as far as the actor may edit them; returns how many."""
    passed = 0
    for indicator in Indicator.objects.filter(keeper=person).select_related("organisation"):
        if can_edit(actor, indicator.subject()):
            records.update(indicator, {"keeper": to}, actor=actor, reason=reason)
            passed += 1
    return passed


def succeed(organisation: Organisation, by: Organisation, *, actor: Actor, reason: str = "") -> int:
    """Indicators that `organisation` measures are measured by another; returns how many."""
    passed = 0
    for indicator in Indicator.objects.filter(organisation=organisation).select_related("organisation"):
        require("edit", actor, indicator.subject())
        records.update(indicator, {"organisation": by}, actor=actor, reason=reason)
        passed += 1
    return passed
