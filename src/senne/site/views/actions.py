"""The list of actions with its filters, and an action's page."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from senne.core.models import Organisation
from senne.core.page_cache import cacheable
from senne.core.policy import Actor, allowed
from senne.core.text import reader_language
from senne.plan.api import ActionRelation, Axis, Characteristic, Tag, Theme, overview, queries, words
from senne.site.views.common import one, page_of, today, who


def wanted_from(request: HttpRequest) -> queries.ActionFilter:
    """The filter that the address asks for; nonsense counts as not asked."""
    ask = request.GET
    year = ask.get("year", "")
    choices = {
        "status": words.Status,
        "phase": words.Phase,
        "health": words.Health,
        "freshness": words.Freshness,
    }
    checked = {key: ask.get(key, "") if ask.get(key, "") in kind.values else "" for key, kind in choices.items()}
    return queries.ActionFilter(
        **checked,
        **{key: ask.get(key, "")[:60] for key in ("plan", "theme", "axis", "objective", "organisation")},
        characteristic=ask.get("characteristic", "")[:40],
        tag=ask.get("tag", "")[:60],
        year=int(year) if year.isascii() and year.isdigit() and 1900 <= int(year) <= 2200 else None,
        words=ask.get("q", "")[:200],
        sort=ask.get("sort", "")[:20],
    )


def _choices(request: HttpRequest, wanted: queries.ActionFilter) -> dict[str, Any]:
    actor = who(request)
    themes = Theme.objects.filter(plan__in=queries.plans(actor)).only("code", "name", "plan_id")
    axes = Axis.objects.filter(theme__code=wanted.theme, plan__in=queries.plans(actor)) if wanted.theme else []
    leads = Organisation.objects.filter(led_actions__in=queries.actions(actor)).distinct()
    return {
        "themes": themes.order_by("-plan__is_main", "plan__code", "order"),
        "axes": axes,
        "organisations": leads,
        "characteristics": Characteristic.objects.all(),
        "tags": Tag.objects.filter(actions__in=queries.open_actions(actor)).distinct(),
        "statuses": words.Status,
        "phases": words.Phase,
        "healths": words.Health,
        "years": _years(actor),
    }


def _years(actor: Actor) -> range:
    """The years that the visible plans span (ten at most from the first)."""
    span = queries.plans(actor).aggregate(first=Min("start_year"), last=Max("end_year"))
    first = span["first"] or today().year
    return range(first, min(max(span["last"] or first, today().year), first + 9) + 1)


@cacheable
def action_list(request: HttpRequest) -> HttpResponse:
    """Actions, narrowed, sorted, paged; as a table or as cards."""
    actor, day = who(request), today()
    wanted = wanted_from(request)
    found = queries.filter_actions(queries.open_actions(actor), wanted, day=day, language=reader_language())
    page = page_of(queries.with_row_parts(found, actor), request)
    context = {
        "today": day,
        "wanted": wanted,
        "page": page,
        "cards": request.GET.get("view") == "cards",
        **_choices(request, wanted),
    }
    return render(request, "site/actions.html", context)


@cacheable
def action(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Everything public of an action; a merged or replaced one points to the one that goes on."""
    actor, day = who(request), today()
    record = one(
        queries.with_page_parts(queries.actions(actor), actor).select_related(
            "merged_into__plan", "superseded_by__plan"
        ),
        plan__code=plan,
        code=code,
    )
    visible = queries.actions(actor).values("pk")
    relations = ActionRelation.objects.filter(
        Q(action=record, other__in=visible) | Q(other=record, action__in=visible)
    ).select_related("action__plan", "other__plan")
    may = allowed(actor, record.subject()) if actor.is_staff or actor.person_id else set()
    context = {
        "plan": record.plan,
        "action": record,
        "objectives": sorted(record.objectives.all(), key=lambda o: o.plan_id != record.plan_id),
        "relations": relations,
        "changes": overview.latest_changes(actor, 6, record),
        "may": may,
        "today": day,
        "follow_on": _if_seen(record, actor),
    }
    return render(request, "site/action.html", context)


def _if_seen(record: Any, actor: Any) -> Any:
    """The action that this one was merged into or replaced by, if the reader may see it."""
    following = record.merged_into or record.superseded_by
    if following is None:
        return None
    return queries.actions(actor).filter(pk=following.pk).first()
