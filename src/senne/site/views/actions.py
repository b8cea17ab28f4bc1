"""The list of actions with its filters, an action's page, its documents."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from senne.core import files
from senne.core.page_cache import cacheable
from senne.core.policy import Actor, allowed, can_see_internal
from senne.core.text import reader_language
from senne.core.viewing import one, page_of, who
from senne.indicators.api import queries as indicators
from senne.plan.api import Action, ActionDocument, Step, budget_totals, changes, measured, queries
from senne.site import places
from senne.site.explained import explained
from senne.site.filters import filters_of, wanted_from
from senne.site.views.answers import about
from senne.site.views.common import PAGE_SIZE, today


@cacheable
def action_list(request: HttpRequest) -> HttpResponse:
    """Actions, narrowed, sorted, paged; as a table or as cards."""
    actor, day = who(request), today()
    wanted = wanted_from(request)
    found = queries.filter_actions(queries.open_actions(actor), wanted, day=day, language=reader_language())
    cards = request.GET.get("view") == "cards"
    context = {
        "today": day,
        "wanted": wanted,
        "page": page_of(queries.with_row_parts(found, actor) if cards else found, request, PAGE_SIZE),
        "objectives": queries.find_objectives(actor, wanted.words, reader_language()) if wanted.words else [],
        "indicators": indicators.find(actor, wanted.words, reader_language(), 5) if wanted.words else [],
        "cards": cards,
        "filters": filters_of(request, wanted),
    }
    return render(request, "site/actions.html", context)


@dataclass(frozen=True)
class StepShown:
    """A step and whether it is overdue today."""

    record: Step
    overdue: bool


@dataclass(frozen=True)
class RelationShown:
    """Another action and how it stands to this one, in words."""

    said: str
    other: Action


@cacheable
def action(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Everything of an action that the reader may see; a merged or replaced one points to the one that goes on."""
    actor, day = who(request), today()
    found = queries.with_page_parts(queries.actions(actor), actor)
    record = one(found.select_related("merged_into__plan", "superseded_by__plan"), plan__code=plan, code=code)
    subject = record.subject() if actor.is_staff or actor.person_id else None
    internal = subject is not None and can_see_internal(actor, subject)
    standings = measured.standings_of(record, actor, day)
    known: list[changes.Told] = [record, *(standing.indicator for standing in standings)]
    context = {
        "plan": record.plan,
        "action": record,
        "steps": [StepShown(step, step.is_overdue(day)) for step in record.steps.all()],
        "explained": explained(record, day),
        "objectives": sorted(record.objectives.all(), key=lambda o: o.plan_id != record.plan_id),
        "relations": _relations(record, actor),
        "drawing": _drawing(record, actor),
        "budget": list(record.budget.all()),
        "totals": budget_totals(record.budget.all()),
        "documents": [d for d in record.documents.all() if d.public or internal],
        "contacts": list(record.contacts.all()) if internal else [],
        "internal": internal,
        "standings": standings,
        "changes": changes.latest_changes(actor, 6, record, known=known),
        "answers": about(record),
        "may": set() if subject is None else allowed(actor, subject),
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


def _relations(record: Action, actor: Actor) -> list[RelationShown]:
    """The other actions that the reader may see, each with its relation read from this one."""
    there = {"precedes": _("Comes before"), "blocks": _("Blocks"), "related": _("Related to")}
    back = {"precedes": _("Comes after"), "blocks": _("Is blocked by"), "related": _("Related to")}
    shown = [
        RelationShown(there[link.kind], link.other)
        if link.action_id == record.pk
        else RelationShown(back[link.kind], link.action)
        for link in queries.relations_of(record, actor)
    ]
    for other in queries.actions(actor).filter(Q(merged_into=record) | Q(superseded_by=record)):
        shown.append(RelationShown(_("Goes on from"), other))
    if record.copy_of_id and (origin := queries.actions(actor).filter(pk=record.copy_of_id).first()):
        shown.append(RelationShown(_("Copied from"), origin))
    return shown


def _drawing(record: Action, actor: Actor) -> places.Drawing | None:
    """Where it takes place, among at most fifty other places of the plan."""
    if not record.location:
        return None
    others = queries.actions(actor).filter(plan=record.plan, location__isnull=False).exclude(pk=record.pk)
    return places.draw(record.location, [o for o in others.values_list("location", flat=True)[:50] if o])


def _if_seen(record: Action, actor: Actor) -> Any:
    """The action that this one was merged into or replaced by, if the reader may see it."""
    following = record.merged_into or record.superseded_by
    if following is None:
        return None
    return queries.actions(actor).filter(pk=following.pk).first()
