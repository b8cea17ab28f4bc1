"""Plan → theme → axis → objective pages, and which objectives are monitored."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from senne.core.page_cache import cacheable
from senne.core.text import reader_language
from senne.core.viewing import one, page_of, who, words_in
from senne.plan.api import Plan, changes, measured, overview, queries
from senne.site.editorial import placing
from senne.site.views.answers import about
from senne.site.views.common import today


@cacheable
def plan_list(request: HttpRequest) -> HttpResponse:
    """Every plan that the reader may see, with the numbers of objectives and actions that the reader may see."""
    actor = who(request)
    objectives = Counter(queries.objectives(actor).order_by().values_list("plan_id", flat=True))
    actions = Counter(queries.open_actions(actor).order_by().values_list("plan_id", flat=True))
    plans = list(queries.plans(actor))
    for record in plans:
        record.objective_count = objectives[record.pk]  # type: ignore[attr-defined]
        record.action_count = actions[record.pk]  # type: ignore[attr-defined]
    return render(request, "site/plans.html", {"plans": plans, "today": today()})


@cacheable
def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """The plan's themes and axes with their progress."""
    actor, day = who(request), today()
    record = one(queries.plans(actor), code=plan)
    context = {
        "plan": record,
        "tree": overview.plan_tree(record, actor, day),
        "counts": overview.count_actions(queries.open_actions(actor).filter(plan=record), day),
        "measured": measured.indicators_of_plan(record, actor).exists(),
        "today": day,
    }
    return render(request, "site/plan.html", context)


def _theme_branch(record: Plan, code: str, request: HttpRequest) -> overview.Branch:
    tree = overview.plan_tree(record, who(request), today())
    return next(branch for branch in tree.parts if branch.record.code == code)


@cacheable
def theme(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The theme's vision, axes and objectives."""
    record = one(queries.themes(who(request)), plan__code=plan, code=code)
    branch = _theme_branch(record.plan, code, request)
    place = placing.theme_place(plan, code)
    introduction = placing.at(reader_language(), (place,)).get(place)
    context = {
        "plan": record.plan,
        "theme": record,
        "branch": branch,
        "introduction": introduction,
        "today": today(),
    }
    return render(request, "site/theme.html", context)


@cacheable
def axis(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The axis' objectives with the actions that serve them."""
    record = one(queries.axes(who(request)), plan__code=plan, code=code)
    states = overview.objective_states(who(request), today(), axis=record)
    page = page_of(states, request, 6)
    branch = overview.axis_branch(record, states)
    context = {
        "plan": record.plan,
        "axis": record,
        "branch": branch,
        "page": page,
        "states": page,
        "today": today(),
    }
    return render(request, "site/axis.html", context)


@cacheable
def objective(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Statement, target, monitoring state, actions, answers to other plans, how the figure was made."""
    actor, day = who(request), today()
    record = one(queries.objectives(actor), plan__code=plan, code=code)
    state = overview.state_now(record, actor, day)
    context = {
        "plan": record.plan,
        "objective": record,
        "state": state,
        "links": queries.ties_of(record, actor),
        "standings": measured.standings_of(record, actor, day),
        "changes": changes.latest_changes(actor, 5, record),
        "answers": about(record),
        "today": day,
    }
    return render(request, "site/objective.html", context)


@cacheable
def monitoring(request: HttpRequest) -> HttpResponse:
    """Which objectives are monitored, which are not, and why; of one plan or of all that are ours."""
    actor, day = who(request), today()
    plans = list(queries.plans(actor))
    of_plan = words_in(request.GET.get("plan", ""), 60)
    states = overview.objective_states(actor, day, **({"plan__code": of_plan} if of_plan else overview.OURS))
    only = request.GET.get("monitored", "")
    shown = [s for s in states if only not in {"yes", "no"} or s.is_monitored == (only == "yes")]
    page = page_of(shown, request, 15)
    context = {
        "today": day,
        "plans": plans,
        "of_plan": of_plan,
        "total": len(states),
        "monitored": sum(state.is_monitored for state in states),
        "reasons": dict(Counter(why for state in states for why in state.missing).most_common()),
        "states": page,
        "page": page,
        "only": only,
    }
    return render(request, "site/monitoring.html", context)
