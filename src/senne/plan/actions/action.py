"""What is done to an action: add, change, report, judge, take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.policy import Actor, Subject, can_publish, require
from senne.core.text import Text, as_text
from senne.indicators import api as indicators
from senne.indicators.api import Figure
from senne.plan.actions.codes import check_code, next_action_code, retire_code
from senne.plan.actions.faults import place_fault_text
from senne.plan.measured import field_name
from senne.plan.models import Action, Plan
from senne.plan.rules.place import Bounds, PlaceFault, geometry_from
from senne.plan.words import Status

REPORT_FIELDS = frozenset({"status", "status_reason", "phase", "news", "coming", "blockers", "unblocked_by"})
CLOSING = frozenset({Status.SUSPENDED.value, Status.ABANDONED.value})
Values = Mapping[str, Any]


@transaction.atomic
def create_action(values: Values, *, actor: Actor) -> Action:
    """A new action of `values["plan"]`, serving at least one objective of it, and others of any plan.

    Without a code it gets the next one of its first objective.
    """
    plan: Plan = values["plan"]
    require("create", actor, _subject_of_draft(plan, values.get("lead")))
    _check_objectives(values, plan)
    values = _with_reason(values, None)
    values["code"] = values.get("code") or next_action_code(values["objectives"][0])
    check_code(Action, values, plan)
    return records.create(Action, values, actor=actor)


def _subject_of_draft(plan: Plan, lead: Any) -> Subject:
    organisation = lead or plan.organisation
    return Subject("action", organisation.path, organisation.house)


def _check_objectives(values: Values, plan: Plan) -> None:
    if not values.get("objectives"):
        raise ValidationError({"objectives": _("Say which objective the action serves.")})
    if not any(objective.plan_id == plan.pk for objective in values["objectives"]):
        raise ValidationError({"objectives": _("An action serves at least one objective of its own plan.")})


def _with_reason(values: Values, action: Action | None) -> dict[str, Any]:
    """The values with the reason that their status asks for: kept where it closes the action, dropped where it reopens.

    Raises ValidationError where a suspended or abandoned action has none.
    """
    status = values.get("status", action.status if action else "")
    reason = as_text(values.get("status_reason", action.status_reason if action else Text()))
    if status in CLOSING:
        if not reason:
            raise ValidationError({"status_reason": _("Say why: a suspended or abandoned action has a reason.")})
        return dict(values)
    before = action.status_reason if action else Text()
    return {**values, "status_reason": Text()} if reason or before else dict(values)


@transaction.atomic
def change_action(
    action: Action,
    values: Values,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
    today: date | None = None,
) -> dict[str, list[Any]]:
    """Change fields of an action; the rights asked for follow from the fields. Raises Conflict, ValidationError."""
    _check_rights(action, values, actor)
    if "objectives" in values:
        _check_objectives(values, action.plan)
    check_code(Action, values, action.plan, action)
    if values.get("code", action.code) != action.code:
        retire_code(action)
    values = _with_reason(values, action)
    if "status" in values and values["status"] != action.status and today is not None:
        values["status_since"] = today
    return records.update(action, values, actor=actor, expected_version=expected_version, reason=reason)


def _check_rights(action: Action, values: Values, actor: Actor) -> None:
    subject = action.subject()
    require("edit" if set(values) - REPORT_FIELDS else "report", actor, subject)
    if "visibility" in values and values["visibility"] != action.visibility:
        require("publish", actor, subject)
    if "code" in values and values["code"] != action.code:
        require("shape", actor, subject)
    if values.get("lead") and values["lead"] != action.lead and not can_publish(actor, subject):
        require("create", actor, _subject_of_draft(action.plan, values["lead"]))


@transaction.atomic
def report(
    action: Action,
    values: Values,
    *,
    actor: Actor,
    today: date,
    steps_done: Sequence[int] | None = None,
    expected_version: int | None = None,
    figures: Sequence[Figure] = (),
) -> dict[str, list[Any]]:
    """Say where an action stands: status, phase, news, steps ticked, figures of its indicators.

    Even without a change it counts as fresh. Raises Refused, Conflict, ValidationError.
    """
    require("report", actor, action.subject())
    if action.is_closed:
        goes_on = action.merged_into or action.superseded_by
        text = _(
            "This action was merged or replaced meanwhile. What you wrote is kept here; report on %(code)s instead."
        )
        raise ValidationError(text % {"code": getattr(goes_on, "code", "")})
    values = _with_reason({name: value for name, value in values.items() if name in REPORT_FIELDS}, action)
    values["last_reported_on"] = today
    if "status" in values and values["status"] != action.status:
        values["status_since"] = today
    changes = records.update(action, values, actor=actor, expected_version=expected_version, verb="report")
    if steps_done is not None:
        for step in action.steps.all():
            done = step.pk in steps_done
            if done != (step.done_on is not None):
                records.update(step, {"done_on": today if done else None}, actor=actor, root=action)
    say_figures(figures, actor=actor, today=today)
    action.refresh_from_db()
    return changes


def say_figures(figures: Sequence[Figure], *, actor: Actor, today: date) -> None:
    """The figures that came with a report: with it, or not at all."""
    for figure in figures:
        try:
            indicators.do.say_figure(figure, actor=actor, today=today)
        except ValidationError as fault:
            raise ValidationError({field_name(figure.indicator, figure.period): fault.messages}) from fault


def override_health(
    action: Action,
    health: str,
    until: date | None,
    reason: Text,
    *,
    actor: Actor,
    expected_version: int | None = None,
    today: date | None = None,
) -> None:
    """Judge the health by hand, with a reason and an expiry; an empty `health` takes the judgement back."""
    require("override_health", actor, action.subject())
    if health and (until is None or not reason):
        raise ValidationError(_("A judgement needs a reason and a day until which it holds."))
    if health and until and today and until < today:
        raise ValidationError({"until": _("This day has passed: a judgement holds until a day to come.")})
    values = {
        "health_override": health,
        "health_override_until": until if health else None,
        "health_override_reason": reason if health else Text(),
    }
    records.update(action, values, actor=actor, expected_version=expected_version, verb="judge")


def place_action(action: Action, text: str, *, actor: Actor, expected_version: int | None = None) -> None:
    """Say where the action takes place: 'latitude, longitude' lines or GeoJSON; nothing takes the place away."""
    require("edit", actor, action.subject())
    try:
        geometry = geometry_from(text, Bounds(*settings.PLACE_BOUNDS))
    except PlaceFault as fault:
        raise ValidationError({"place": place_fault_text(fault)}) from fault
    records.update(action, {"location": geometry}, actor=actor, expected_version=expected_version)


@transaction.atomic
def delete_action(action: Action, *, actor: Actor, reason: str) -> None:
    """Take an action away for good; its last state stays in the audit trail."""
    require("delete", actor, action.subject())
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    if action.merged_from.exists() or action.supersedes.exists():
        raise ValidationError(_("Other actions were merged into this one or replaced by it: it cannot be taken away."))
    retire_code(action)
    records.delete(action, actor=actor, reason=reason)
