"""Who changed what, when and why: one page for every kind of record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from senne.core.feedback import feedback_for
from senne.core.history import history_of, history_under
from senne.core.models import AuditEntry, Organisation
from senne.core.policy import Actor
from senne.core.viewing import one, page_of, who
from senne.indicators import api as indicators
from senne.plan.api import Contribution, Round, importing, queries, rounds
from senne.workspace.addresses import own_work_address
from senne.workspace.reach import amendments, people
from senne.workspace.telling import tell
from senne.workspace.views.common import staff_page
from senne.workspace.words import KIND_LABELS

KINDS: dict[str, Callable[[Actor], QuerySet[Any]]] = {
    "plan": queries.plans,
    "theme": queries.themes,
    "axis": queries.axes,
    "objective": queries.objectives,
    "action": queries.actions,
    "organisation": lambda actor: Organisation.objects.all(),
    "person": people,
    "feedback": feedback_for,
    "import": importing.runs_for,
    "round": rounds.rounds,
    "contribution": rounds.contributions,
    "amendment": amendments,
    "indicator": indicators.queries.indicators,
}


@staff_page
def action_history(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The same page, under the address that an action's own page knows."""
    return history(request, "action", one(queries.actions(who(request)), plan__code=plan, code=code).pk)


@staff_page
def history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The record's entries and those of what hangs on it, page by page, newest first."""
    found = KINDS.get(kind)
    if found is None:
        raise Http404
    actor = who(request)
    record = one(found(actor), pk=pk)
    page = page_of(_entries(record, actor), request, 20)
    context = {
        "record": record,
        "kind_label": KIND_LABELS[record._meta.label_lower],
        "code": getattr(record, "code", ""),
        "address": own_work_address(record, actor),
        "page": page,
        "entries": tell(page, actor, of=record),
        "contributions": record.contributions.count() if isinstance(record, Round) else 0,
    }
    return render(request, "workspace/history.html", context)


def _entries(record: Any, actor: Actor) -> QuerySet[AuditEntry]:
    """What a round asked of hundreds of records is told on the page of each contribution, not hundreds of times here."""
    if isinstance(record, Contribution):
        return history_under(record, (record.round, record.record), record.subject(), actor=actor)
    found = history_of(record, record.subject(), actor=actor)
    return found.exclude(kind="plan.contribution") if isinstance(record, Round) else found
