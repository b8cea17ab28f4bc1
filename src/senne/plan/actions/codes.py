"""Codes: one of each in a plan, and a proposal for the next."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from senne.core import records
from senne.plan.models import Action, Objective, Plan, RetiredCode
from senne.plan.rules.codes import next_code


def check_code(model: type[Any], values: Any, plan: Plan | None, own: Any = None) -> None:
    """Raise ValidationError where another record of the plan has this code already, or once had it."""
    if "code" not in values:
        return
    found = model._default_manager.filter(code=values["code"])
    if plan is not None:
        found = found.filter(plan=plan)
    if found.exclude(pk=own.pk if own else 0).exists():
        raise ValidationError(
            {"code": _("The code %(code)s is taken in this plan. Choose another one.") % {"code": values["code"]}}
        )
    if plan is not None and (own is None or own.code != values["code"]):
        _refuse_retired(model, values["code"], plan, own)


def _refuse_retired(model: type[Any], code: str, plan: Plan, own: Any) -> None:
    kind = model._meta.model_name
    retired = RetiredCode.objects.filter(plan=plan, record_kind=kind, code=code).first()
    if retired is not None and not (own is not None and retired.uuid == _mark(own)):
        text = _("The code %(code)s once meant “%(was)s” in this plan and is not given twice. Choose another one.")
        raise ValidationError({"code": text % {"code": code, "was": retired.was.shown()[0]}})


def _mark(record: Any) -> str:
    """What tells a record from any other, so that it may take its own old code back."""
    return f"{record._meta.model_name}:{record.pk}"


def retire_code(record: Any) -> None:
    """The record's code means nothing else from now on (it was taken away, or gets another code)."""
    name = getattr(record, "title", None) or getattr(record, "statement", None) or record.name
    RetiredCode.objects.get_or_create(
        plan=record.plan,
        record_kind=record._meta.model_name,
        code=record.code,
        defaults={"was": name, "uuid": _mark(record), "since": records.now()},
    )


def next_action_code(objective: Objective) -> str:
    """The code that follows those of the objective's actions, or else of its axis, or else of its plan."""
    taken = [*Action.objects.filter(plan=objective.plan).values_list("code", flat=True), *_retired(objective.plan)]
    of_plan = Action.objects.filter(plan=objective.plan)
    for narrow in ({"objectives": objective}, {"objectives__axis": objective.axis_id}, {}):
        near = list(of_plan.filter(**narrow).values_list("code", flat=True).distinct())
        if near:
            return next_code(near, taken, objective.axis.code)
    return next_code([], taken, objective.axis.code)


def _retired(plan: Plan) -> Any:
    return RetiredCode.objects.filter(plan=plan).values_list("code", flat=True)


def next_part_code(model: type[Any], plan: Plan, near: list[str], otherwise: str) -> str:
    """The code that follows those of a part's siblings, free in the plan."""
    taken = [*model._default_manager.filter(plan=plan).values_list("code", flat=True), *_retired(plan)]
    return next_code(near, taken, otherwise)
