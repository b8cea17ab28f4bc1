"""Where the plan stands, on one screen; and what changed."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language_from_request

from senne.core.page_cache import cacheable
from senne.core.text import LANGUAGES, reader_language
from senne.core.viewing import key_in, who
from senne.plan.api import changes as plan_changes
from senne.plan.api import overview, queries
from senne.site.editorial import placing
from senne.site.views.common import today


def door(request: HttpRequest) -> HttpResponse:
    """To the home page in the visitor's language."""
    language = get_language_from_request(request)
    response = redirect(f"/{language if language in LANGUAGES else settings.LANGUAGE_CODE}/")
    response["Vary"] = "Accept-Language, Cookie"
    return response


@cacheable
def home(request: HttpRequest) -> HttpResponse:
    """Objectives monitored, actions by status and health, themes, latest changes."""
    actor, day = who(request), today()
    plan = queries.plans(actor).first()
    context: dict[str, Any] = {
        "today": day,
        "plan": plan,
        "changes": plan_changes.latest_changes(actor, 6, telling=True),
    }
    if plan is not None:
        tree = overview.plan_tree(plan, actor, day)
        context["tree"] = tree
        context["counts"] = overview.count_actions(queries.open_actions(actor).filter(plan=plan), day)
    placed = placing.at(reader_language(), (placing.HOME, placing.NEWS))
    context |= {"introduction": placed.get(placing.HOME), "news": placed.get(placing.NEWS)}
    context["other_plans"] = queries.plans(actor).exclude(pk=plan.pk) if plan else []
    return render(request, "site/home.html", context)


@cacheable
def changes(request: HttpRequest) -> HttpResponse:
    """Changes by day, newest first, thirty at a time."""
    before = key_in(request.GET.get("before", "")) or None
    found = plan_changes.changes_page(who(request), 30, before=before)
    days = [(day, list(items)) for day, items in groupby(found.items, key=lambda c: timezone.localtime(c.at).date())]
    context = {"today": today(), "days": days, "before": found.before, "first": before is None}
    return render(request, "site/changes.html", context)
