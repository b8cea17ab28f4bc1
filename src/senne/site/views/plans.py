"""Plan → theme → axis → objective pages, and how plans meet."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from senne.core.page_cache import cacheable
from senne.plan.api import Objective, ObjectiveLink, Plan, overview, queries
from senne.site.views.common import one, page_of, today, who


@cacheable
def plan_list(request: HttpRequest) -> HttpResponse:
    """Every plan that the reader may see."""
    plans = queries.plans(who(request)).annotate(
        objective_count=Count("objectives", distinct=True), action_count=Count("actions", distinct=True)
    )
    return render(request, "site/plans.html", {"plans": plans, "today": today()})


@cacheable
def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """The plan's themes and axes with their progress."""
    actor, day = who(request), today()
    record = one(queries.plans(actor), code=plan)
    tree = overview.plan_tree(record, actor, day)
    counts = overview.count_actions(queries.open_actions(actor).filter(plan=record), day)
    return render(request, "site/plan.html", {"plan": record, "tree": tree, "counts": counts, "today": day})


def _theme_branch(record: Plan, code: str, request: HttpRequest) -> overview.Branch:
    tree = overview.plan_tree(record, who(request), today())
    return next(branch for branch in tree.parts if branch.record.code == code)


@cacheable
def theme(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The theme's vision, axes and objectives."""
    record = one(queries.themes(who(request)), plan__code=plan, code=code)
    branch = _theme_branch(record.plan, code, request)
    return render(
        request, "site/theme.html", {"plan": record.plan, "theme": record, "branch": branch, "today": today()}
    )


@cacheable
def axis(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The axis' objectives with the actions that serve them."""
    record = one(queries.axes(who(request)), plan__code=plan, code=code)
    states = overview.objective_states(who(request), today(), axis=record)
    page = page_of(states, request, 6)
    context = {"plan": record.plan, "axis": record, "page": page, "states": page, "today": today()}
    return render(request, "site/axis.html", context)


@cacheable
def objective(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Statement, target, monitoring state, actions, answers to other plans, how the figure was made."""
    actor, day = who(request), today()
    record = one(queries.objectives(actor), plan__code=plan, code=code)
    actions = queries.with_row_parts(queries.actions(actor).filter(objectives=record), actor)
    state = overview.state_of(record, list(actions), day)
    visible = queries.objectives(actor).values("pk")
    links = ObjectiveLink.objects.filter(
        Q(objective=record, other__in=visible) | Q(other=record, objective__in=visible)
    ).select_related("objective__plan", "other__plan")
    context = {
        "plan": record.plan,
        "objective": record,
        "state": state,
        "links": links,
        "changes": overview.latest_changes(actor, 5, record),
        "today": day,
    }
    return render(request, "site/objective.html", context)


@cacheable
def monitoring(request: HttpRequest) -> HttpResponse:
    """Which objectives are monitored, which are not, and why."""
    actor, day = who(request), today()
    states = overview.objective_states(actor, day)
    only = request.GET.get("monitored", "")
    shown = [s for s in states if not only or s.is_monitored == (only == "yes")]
    page = page_of(shown, request, 30)
    context = {
        "today": day,
        "total": len(states),
        "monitored": sum(state.is_monitored for state in states),
        "states": page,
        "page": page,
        "only": only,
    }
    return render(request, "site/monitoring.html", context)


@cacheable
def ties(request: HttpRequest, plan: str) -> HttpResponse:
    """How this plan meets the others: objectives that answer each other, actions that serve several plans."""
    actor = who(request)
    record = one(queries.plans(actor), code=plan)
    visible = queries.objectives(actor).values("pk")
    links = ObjectiveLink.objects.filter(
        Q(objective__plan=record) | Q(other__plan=record), objective__in=visible, other__in=visible
    ).select_related("objective__plan", "other__plan")
    mine = Objective.objects.filter(plan=record).values("pk")
    shared = (
        queries.open_actions(actor)
        .filter(Q(plan=record) | Q(objectives__in=mine))
        .annotate(plan_count=Count("objectives__plan", distinct=True))
        .filter(Q(plan_count__gt=1) | ~Q(plan=record))
        .distinct()
    )
    return render(
        request,
        "site/ties.html",
        {"plan": record, "links": links, "actions": queries.with_row_parts(shared, actor), "today": today()},
    )
