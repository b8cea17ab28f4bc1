"""The structure of the plans: themes → axes → objectives → how many actions, with 'add' in its place."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from senne.core import policy
from senne.core.viewing import one, who
from senne.plan.api import Plan, queries
from senne.workspace.views.common import MANAGERS, staff_page


def shaped_plans(request: HttpRequest) -> list[Plan]:
    """The plans whose structure the reader may change. 403 where there are none and none may be made."""
    actor = who(request)
    found = [plan for plan in queries.plans(actor) if policy.can_shape(actor, plan.subject())]
    if not found and not actor.paths(*MANAGERS):
        raise PermissionDenied
    return found


@staff_page
def plans(request: HttpRequest) -> HttpResponse:
    """The plans that one looks after, with how much of each the reader may see."""
    actor, found = who(request), shaped_plans(request)
    parts = {
        "themes": queries.themes(actor),
        "objectives": queries.objectives(actor),
        "actions": queries.actions(actor),
    }
    counts = {name: _by_plan(records, found) for name, records in parts.items()}
    rows = [(plan, {name: counted.get(plan.pk, 0) for name, counted in counts.items()}) for plan in found]
    return render(request, "workspace/structure/plans.html", {"rows": rows})


def _by_plan(records: QuerySet[Any], plans: list[Plan]) -> dict[int, int]:
    """{plan: how many of these records}."""
    found = records.filter(plan__in=plans).order_by().values_list("plan_id")
    return dict(found.annotate(n=Count("pk", distinct=True)))


@staff_page
def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """The whole tree of one plan in four queries, whatever its size."""
    actor = who(request)
    record = one(queries.plans(actor), code=plan)
    policy.require("shape", actor, record.subject())
    context = {"plan": record, "themes": _tree(record, actor), "may": policy.allowed(actor, record.subject())}
    return render(request, "workspace/structure/plan.html", context)


def _tree(plan: Plan, actor: policy.Actor) -> list[dict[str, Any]]:
    visible = Q(actions__in=queries.actions(actor))
    by_axis: dict[int, list[Any]] = defaultdict(list)
    counted = (
        queries.objectives(actor)
        .filter(plan=plan)
        .annotate(action_count=Count("actions", filter=visible, distinct=True))
    )
    for objective in counted.order_by("order", "code"):
        by_axis[objective.axis_id].append(objective)
    by_theme: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for axis in queries.axes(actor).filter(plan=plan):
        by_theme[axis.theme_id].append({"axis": axis, "objectives": by_axis[axis.pk]})
    return [{"theme": theme, "axes": by_theme[theme.pk]} for theme in queries.themes(actor).filter(plan=plan)]
