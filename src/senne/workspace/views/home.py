"""My work: what I owe, what comes next, what changed on what I follow; and what waits for those who look after others."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from senne.core.feedback import feedback_for
from senne.core.models import Feedback
from senne.core.organisations import root
from senne.core.policy import Actor, Role, can_edit_pages
from senne.core.viewing import page_of, who
from senne.plan.api import ImportRun, Round, importing, overview, queries, rounds, words
from senne.workspace import duties, owing
from senne.workspace.following import news_for
from senne.workspace.translating import shares_for
from senne.workspace.views.common import MANAGERS, staff_page

SHORT = 5
SHORTER = 3
ON_THE_TABLE = (words.RoundState.OPEN, words.RoundState.CLOSED)


@staff_page
def home(request: HttpRequest) -> HttpResponse:
    """One screen by role; every list is short and leads to the whole."""
    actor, today = who(request), timezone.localdate()
    scopes = duties.scopes_of(actor)
    context: dict[str, Any] = {
        "today": today,
        "may_create": bool(actor.paths(Role.COORDINATION, Role.BODY_MANAGER, Role.HEAD)),
        "looked_after": [_looked_after(actor, scope, today) for scope in scopes if scope != "mine"],
        "news": news_for(actor, 5),
    }
    if "mine" in scopes:
        context |= _mine(actor, today)
    if actor.paths(*duties.LOOKS_AFTER):
        missing, total = duties.unmonitored(actor, today)
        context |= {"missing": missing[:SHORT], "missing_count": len(missing), "objective_count": total}
    if actor.paths(*MANAGERS):
        context["waiting"] = _waiting(actor)
    if not context["looked_after"] and not context.get("mine_count"):
        context |= _overview(actor, today)
    return render(request, "workspace/home.html", context)


def _mine(actor: Actor, today: date) -> dict[str, Any]:
    todo, approvals = owing.owed_by(actor.person_id or 0, today)
    return {
        "owed": todo[:SHORT],
        "owed_count": len(todo),
        "approvals": approvals[:SHORT],
        "approval_count": len(approvals),
        "mine_count": duties.in_scope(actor, "mine").count(),
        "ahead": duties.ahead(actor, "mine", today),
    }


def _looked_after(actor: Actor, scope: str, today: date) -> dict[str, Any]:
    """A department, a body or the whole: how many are late, stale or without owner, and the most pressing."""
    late = duties.owed(actor, scope, "late", today)
    stale = duties.owed(actor, scope, "stale", today)
    return {
        "scope": scope,
        "total": duties.in_scope(actor, scope).count(),
        "late": [duties.duty_of(action, today) for action in late[:SHORTER]],
        "late_count": late.count(),
        "stale": [duties.duty_of(action, today) for action in stale[:SHORTER]],
        "stale_count": stale.count(),
        "no_owner_count": duties.owed(actor, scope, "no_owner", today).count(),
    }


def _waiting(actor: Actor) -> dict[str, Any]:
    """What the coordination or a body's manager has on the table."""
    messages = feedback_for(actor)
    shares = shares_for(actor)
    return {
        "new_messages": messages.filter(state=Feedback.State.NEW).count(),
        "in_hand": messages.filter(state=Feedback.State.IN_HAND).count(),
        "rounds": [_round_of(round_) for round_ in rounds.rounds(actor).filter(state__in=ON_THE_TABLE)[:SHORTER]],
        "imports": list(importing.runs_for(actor).filter(state=ImportRun.State.PREVIEW)[:SHORTER]),
        "edits_pages": _edits_pages(actor),
        "sees_mails": bool(actor.paths(Role.COORDINATION)),
        "shares": [(code, 100 * written / wanted if wanted else 100) for code, (written, wanted) in shares.items()],
    }


def _edits_pages(actor: Actor) -> bool:
    """Whether the editorial pages of the site are theirs to write and review."""
    city = root() if actor.paths(Role.COORDINATION) else None
    return city is not None and can_edit_pages(actor, city.subject())


def _round_of(round_: Round) -> dict[str, Any]:
    """A round that is not published: how many reports have come, of how many."""
    states = Counter(round_.contributions.values_list("state", flat=True))
    missing = sum(states[state] for state in rounds.MISSING)
    return {"round": round_, "told": states.total() - missing, "total": states.total()}


def _overview(actor: Actor, today: date) -> dict[str, Any]:
    """For those who read: where the plan stands."""
    states = overview.monitoring(actor, today, plan__is_main=True)
    actions = queries.open_actions(actor).filter(plan__is_main=True)
    return {
        "counts": overview.count_actions(actions, today),
        "objective_total": len(states),
        "monitored": sum(state.is_monitored for state in states),
    }


@staff_page
def owed(request: HttpRequest) -> HttpResponse:
    """All that I owe and all that waits for my approval."""
    todo, approvals = owing.owed_by(who(request).person_id or 0, timezone.localdate())
    return render(request, "workspace/owed.html", {"owed": todo, "approvals": approvals})


@staff_page
def work_list(request: HttpRequest) -> HttpResponse:
    """All that one of the short lists begins with: a scope, a kind, page by page."""
    actor, today = who(request), timezone.localdate()
    scopes = duties.scopes_of(actor)
    asked = request.GET.get("scope", "")
    scope = asked if asked in scopes else (scopes[0] if scopes else "")
    kind = request.GET.get("only", "owed")
    kind = kind if kind in duties.KINDS else "owed"
    page = page_of(duties.owed(actor, scope, kind, today), request, 20) if scope else None
    context = {
        "today": today,
        "scopes": scopes,
        "scope": scope,
        "kind": kind,
        "kinds": duties.KINDS,
        "page": page,
        "rows": [duties.duty_of(action, today) for action in page] if page else [],
    }
    if not context["rows"]:
        context["owed_count"] = len(owing.owed_by(actor.person_id or 0, today)[0])
    return render(request, "workspace/list.html", context)


@staff_page
def unmonitored(request: HttpRequest) -> HttpResponse:
    """Every objective that is not monitored, why, and where to mend it."""
    actor, today = who(request), timezone.localdate()
    states, total = duties.unmonitored(actor, today)
    page = page_of(states, request, 20)
    return render(request, "workspace/unmonitored.html", {"page": page, "total": total, "count": len(states)})


@staff_page
def news(request: HttpRequest) -> HttpResponse:
    """What changed on what I follow: more than the home page holds."""
    return render(request, "workspace/news.html", {"news": news_for(who(request), 40)})
