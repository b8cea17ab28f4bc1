"""The changes of an amendment, each made by the deed that does the same elsewhere, under the same rights and rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from senne.core.models import Organisation
from senne.core.periods import parse_partial
from senne.core.policy import Actor
from senne.core.text import as_text
from senne.plan.actions import action as action_deeds
from senne.plan.actions import fate, structure
from senne.plan.models import Action, Amendment, AmendmentChange, Axis, Objective, Plan, Theme
from senne.plan.words import ChangeKind, Status

MODELS: dict[str, type[Any]] = {"theme": Theme, "axis": Axis, "objective": Objective, "action": Action}
TEXTS = frozenset({"name", "description", "statement", "title", "expected_effect", "target_quantity", "reason"})
NUMBERS = frozenset({"horizon", "weight", "target_year", "baseline_year", "order"})
DECIMALS = frozenset({"target_value", "baseline_value"})
DATES = frozenset({"start", "end"})
PLAIN = frozenset({"target_unit", "code", "visibility", "continuous"})
# What each kind of change may touch.
FIELDS: dict[str, frozenset[str]] = {
    ChangeKind.REWORD: frozenset({"name", "description", "statement", "title", "expected_effect"}),
    ChangeKind.RETARGET: frozenset(
        {"target_quantity", "target_unit", "target_value", "target_year", "baseline_value", "baseline_year", "horizon"}
    ),
    ChangeKind.CHANGE: frozenset({"horizon", "weight", "lead", "start", "end", "continuous", "visibility", "partners"}),
    ChangeKind.MOVE: frozenset({"theme", "axis", "objectives"}),
    ChangeKind.MERGE: frozenset({"into"}),
    ChangeKind.REPLACE: frozenset({"by"}),
    ChangeKind.ABANDON: frozenset({"reason"}),
}
Values = Mapping[str, Any]


class WrongChange(ValidationError):
    """A change that cannot be made; `place` is its number in the amendment, from 1."""

    def __init__(self, place: int, change: AmendmentChange, why: str) -> None:
        text = _("Change %(n)s (%(kind)s %(code)s): %(why)s")
        values = {"n": place, "kind": change.get_kind_display(), "code": change.code, "why": why}
        super().__init__(text % values)
        self.place = place


def apply_changes(amendment: Amendment, *, actor: Actor, today: date) -> None:
    """Make every change, in order. Raises WrongChange with the number of the first that cannot be made."""
    reason = " · ".join(filter(None, (amendment.name.shown("fr")[0], amendment.decision)))
    for place, change in enumerate(amendment.changes.order_by("order", "id"), 1):
        try:
            _make(change, amendment.plan, reason, actor, today)
        except WrongChange:
            raise
        except ValidationError as fault:
            raise WrongChange(place, change, " ".join(fault.messages)) from fault


def _make(change: AmendmentChange, plan: Plan, reason: str, actor: Actor, today: date) -> None:
    if change.kind == ChangeKind.NEW:
        _make_new(change, plan, actor)
        return
    allowed = FIELDS[change.kind]
    if odd := set(change.values) - allowed:
        raise ValidationError(_("These fields do not belong to it: %(fields)s.") % {"fields": ", ".join(sorted(odd))})
    record = _find(change.record_kind, change.code, plan)
    if change.kind in {ChangeKind.MERGE, ChangeKind.REPLACE}:
        _pass_on(record, change, plan, reason, actor)
    elif change.kind == ChangeKind.ABANDON:
        values = {"status": Status.ABANDONED, "status_reason": as_text(change.values.get("reason"))}
        action_deeds.change_action(record, values, actor=actor, reason=reason, today=today)
    else:
        values = values_from(change.values, plan, change.record_kind)
        if isinstance(record, Action):
            action_deeds.change_action(record, values, actor=actor, reason=reason, today=today)
        else:
            structure.change_part(record, values, actor=actor, reason=reason)


def _make_new(change: AmendmentChange, plan: Plan, actor: Actor) -> None:
    values = {**values_from(change.values, plan, change.record_kind), "plan": plan, "code": change.code}
    if change.record_kind == "action":
        action_deeds.create_action(values, actor=actor)
    else:
        structure.create_part(MODELS[change.record_kind], values, actor=actor)


def _pass_on(record: Any, change: AmendmentChange, plan: Plan, reason: str, actor: Actor) -> None:
    if not isinstance(record, Action):
        raise ValidationError(_("Only actions are merged or replaced."))
    key = "into" if change.kind == ChangeKind.MERGE else "by"
    other = _find("action", str(change.values.get(key, "")), plan)
    deed = fate.merge_action if key == "into" else fate.supersede_action
    deed(record, other, actor=actor, reason=reason)


def _find(kind: str, code: str, plan: Plan) -> Any:
    model = MODELS.get(kind)
    record = model._default_manager.filter(plan=plan, code=code).first() if model else None
    if record is None:
        raise ValidationError(_("There is no %(code)s in the plan.") % {"code": code or "–"})
    return record


def values_from(given: Values, plan: Plan, kind: str) -> dict[str, Any]:
    """JSON values as field values: texts, numbers, partial dates, codes of organisations, axes, objectives."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        found |= _value(name, value, plan, kind)
    return found


def _value(name: str, value: Any, plan: Plan, kind: str) -> dict[str, Any]:
    if name in TEXTS:
        return {name: as_text(value)}
    if name in NUMBERS:
        return {name: _whole(value)}
    if name in DECIMALS:
        return {name: _decimal(value)}
    if name in DATES:
        return _date(name, value)
    if name in {"theme", "axis"}:
        return {name: _find(name, str(value), plan)}
    if name == "objectives":
        return {name: [_find("objective", str(code), plan) for code in value]}
    if name == "lead":
        return {name: _organisation(value) if value else None}
    if name == "partners":
        return {name: [_organisation(code) for code in value]}
    if name in PLAIN:
        return {name: value}
    raise ValidationError(_("“%(field)s” cannot be changed by an amendment.") % {"field": name})


def _whole(value: Any) -> int | None:
    if value in (None, ""):
        return None
    try:
        return int(value)
    except (TypeError, ValueError):
        raise ValidationError(_("“%(value)s” is not a whole number.") % {"value": value}) from None


def _decimal(value: Any) -> Decimal | None:
    if value in (None, ""):
        return None
    try:
        return Decimal(str(value).replace(",", "."))
    except InvalidOperation:
        raise ValidationError(_("“%(value)s” is not a number.") % {"value": value}) from None


def _date(name: str, value: Any) -> dict[str, Any]:
    if not value:
        return {f"{name}_on": None, f"{name}_precision": "day"}
    try:
        partial = parse_partial(str(value))
    except ValueError:
        text = _("“%(value)s” is not a date. Write a year (2026), a month (2026-09) or a day (2026-09-15).")
        raise ValidationError(text % {"value": value}) from None
    return {f"{name}_on": partial.day, f"{name}_precision": partial.precision.value}


def _organisation(code: Any) -> Organisation:
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise ValidationError(_("There is no organisation %(code)s.") % {"code": code})
    return found
