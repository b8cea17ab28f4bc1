"""What is done to the plan's structure: plans, themes, axes, objectives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.policy import Actor, require
from senne.plan.actions.codes import check_code, retire_code
from senne.plan.models import Action, Axis, Objective, ObjectiveLink, Plan, Theme

Values = Mapping[str, Any]
Part = Theme | Axis | Objective
# What the lead organisation's own people may change of an objective; the rest is the plan's text, the coordination's.
OBJECTIVE_WORK = frozenset({"description", "owner"})
# Where a part stands in its plan: for those who shape that plan, whoever leads the part.
PLACE = frozenset({"theme", "axis", "code", "order"})


@transaction.atomic
def create_plan(values: Values, *, actor: Actor) -> Plan:
    """A new plan of an organisation. The main plan is the one of the home page: there is one."""
    plan = Plan(**{k: v for k, v in values.items() if k in {"organisation", "visibility"}})
    require("shape", actor, plan.subject())
    check_code(Plan, values, None)
    _give_up_home_page(values, None, actor)
    return records.create(Plan, values, actor=actor)


def _give_up_home_page(values: Values, plan: Plan | None, actor: Actor) -> None:
    """The plan that had the home page hands it over, where another one takes it."""
    if not values.get("is_main"):
        return
    for other in Plan.objects.filter(is_main=True).exclude(pk=plan.pk if plan else 0):
        require("shape", actor, other.subject())
        records.update(other, {"is_main": False}, actor=actor)


def create_part(model: type[Any], values: Values, *, actor: Actor) -> Any:
    """A new theme, axis or objective of `values["plan"]`. Parts belong to the same plan as what they are part of."""
    plan: Plan = values["plan"]
    require("shape", actor, plan.subject())
    _check_parent(values, plan)
    check_code(model, values, plan)
    return records.create(model, values, actor=actor)


def _check_parent(values: Values, plan: Plan) -> None:
    for above in ("theme", "axis"):
        if above in values and values[above].plan_id != plan.pk:
            raise ValidationError({above: _("This belongs to another plan.")})


@transaction.atomic
def change_part(
    part: Plan | Part,
    values: Values,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
) -> dict[str, list[Any]]:
    """Change a plan, theme, axis or objective, or put it under another parent. Raises Conflict, ValidationError."""
    working = isinstance(part, Objective) and set(values) <= OBJECTIVE_WORK
    require("edit" if working else "shape", actor, part.subject())
    if isinstance(part, Plan):
        _give_up_home_page(values, part, actor)
        if "organisation" in values:
            require("shape", actor, Plan(organisation=values["organisation"]).subject())
    else:
        if any(name in values and values[name] != getattr(part, name) for name in PLACE):
            require("shape", actor, part.plan.subject())
        _check_parent(values, part.plan)
    check_code(type(part), values, None if isinstance(part, Plan) else part.plan, part)
    if not isinstance(part, Plan) and values.get("code", part.code) != part.code:
        retire_code(part)
    return records.update(part, values, actor=actor, expected_version=expected_version, reason=reason)


@transaction.atomic
def delete_part(part: Plan | Part, *, actor: Actor, reason: str) -> None:
    """Take an empty part away, with its ties. Raises ValidationError while something hangs on it, or without a reason."""
    require("delete", actor, part.subject())
    if not isinstance(part, Plan):
        require("shape", actor, part.plan.subject())
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    if _has_parts(part):
        raise ValidationError(_("This still has parts. Move or remove them first."))
    if isinstance(part, Objective):
        for link in ObjectiveLink.objects.filter(Q(objective=part) | Q(other=part)).select_related("objective"):
            records.delete(link, actor=actor, reason=reason, root=link.objective)
        for measure in part.indicator_links.select_related("indicator"):
            records.delete(measure, actor=actor, reason=reason, root=part)
    if not isinstance(part, Plan):
        retire_code(part)
    records.delete(part, actor=actor, reason=reason)


def _has_parts(part: Plan | Part) -> bool:
    if isinstance(part, Plan):
        return part.themes.exists() or Action.objects.filter(plan=part).exists()
    below = {Theme: "axes", Axis: "objectives", Objective: "actions"}[type(part)]
    return bool(getattr(part, below).exists())


def siblings_of(part: Part | Action) -> Any:
    """The records among which the part has its place, in order (an action: those of its plan)."""
    if isinstance(part, Action):
        return Action.objects.filter(plan=part.plan)
    above = {Theme: "plan", Axis: "theme", Objective: "axis"}[type(part)]
    return type(part)._default_manager.filter(**{f"{above}_id": getattr(part, f"{above}_id")})


@transaction.atomic
def move_part(part: Part, up: bool, *, actor: Actor) -> None:
    """One place up or down among its siblings; nothing at the end of the row."""
    require("shape", actor, part.plan.subject())
    swap(list(siblings_of(part)), part, up, actor)


def swap(row: list[Any], moved: Any, up: bool, actor: Actor, root: Any = None) -> None:
    """Put `moved` before (or after) its neighbour and write the places that changed."""
    here = next(place for place, item in enumerate(row) if item.pk == moved.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(row):
        return
    row[here], row[there] = row[there], row[here]
    for place, item in enumerate(row):
        if item.order != place:
            records.update(item, {"order": place}, actor=actor, root=root)
