"""The list of actions with its filters, and an action's page."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.db.models import Max, Min, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from senne.core import files
from senne.core.models import Organisation
from senne.core.page_cache import cacheable
from senne.core.policy import Actor, allowed, can_see_internal
from senne.core.text import reader_language
from senne.plan.api import (
    ActionDocument,
    ActionRelation,
    Axis,
    Characteristic,
    Tag,
    Theme,
    budget_totals,
    overview,
    queries,
    words,
)
from senne.site import places
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
        "objectives": queries.find_objectives(actor, wanted.words, reader_language()) if wanted.words else [],
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
        "drawing": _drawing(record, actor),
        "totals": budget_totals(record.budget.all()),
        "documents": [d for d in record.documents.all() if d.public or can_see_internal(actor, record.subject())],
        "changes": overview.latest_changes(actor, 6, record),
        "may": may,
        "today": day,
        "follow_on": _if_seen(record, actor),
    }
    return render(request, "site/action.html", context)


def document(request: HttpRequest, pk: int) -> FileResponse:
    """A document of an action, for whoever may see both; always as a download."""
    actor = who(request)
    found = ActionDocument.objects.filter(pk=pk, action__in=queries.actions(actor)).select_related(
        "file", "action__lead", "action__plan__organisation"
    )
    record = one(found)
    if not record.public and not can_see_internal(actor, record.action.subject()):
        raise Http404
    content = BytesIO(files.read_file(record.file))
    return FileResponse(content, as_attachment=True, filename=record.file.name, content_type="application/octet-stream")


def _drawing(record: Any, actor: Actor) -> places.Drawing | None:
    """Where it takes place, among at most fifty other places of the plan."""
    if not record.location:
        return None
    others = queries.actions(actor).filter(plan=record.plan, location__isnull=False).exclude(pk=record.pk)
    return places.draw(record.location, [o for o in others.values_list("location", flat=True)[:50] if o])


def _if_seen(record: Any, actor: Any) -> Any:
    """The action that this one was merged into or replaced by, if the reader may see it."""
    following = record.merged_into or record.superseded_by
    if following is None:
        return None
    return queries.actions(actor).filter(pk=following.pk).first()
