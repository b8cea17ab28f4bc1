"""Codes: one of each in a plan, and a proposal for the next."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from senne.plan.models import Action, Objective, Plan
from senne.plan.rules.codes import next_code


def check_code(model: type[Any], values: Any, plan: Plan | None, own: Any = None) -> None:
    """Raise ValidationError where another record of the plan has this code already."""
    if "code" not in values:
        return
    found = model._default_manager.filter(code=values["code"])
    if plan is not None:
        found = found.filter(plan=plan)
    if found.exclude(pk=own.pk if own else 0).exists():
        raise ValidationError(
            {"code": _("The code %(code)s is taken in this plan. Choose another one.") % {"code": values["code"]}}
        )


def next_action_code(objective: Objective) -> str:
    """The code that follows those of the objective's actions, or else of its axis, or else of its plan."""
    taken = list(Action.objects.filter(plan=objective.plan).values_list("code", flat=True))
    of_plan = Action.objects.filter(plan=objective.plan)
    for narrow in ({"objectives": objective}, {"objectives__axis": objective.axis_id}, {}):
        near = list(of_plan.filter(**narrow).values_list("code", flat=True).distinct())
        if near:
            return next_code(near, taken, objective.axis.code)
    return next_code([], taken, objective.axis.code)


def next_part_code(model: type[Any], plan: Plan, near: list[str], otherwise: str) -> str:
    """The code that follows those of a part's siblings, free in the plan."""
    taken = list(model._default_manager.filter(plan=plan).values_list("code", flat=True))
    return next_code(near, taken, otherwise)
