"""The board of a round: what is missing by department, who to call, since when; one click reminds."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from senne.core import policy
from senne.core.viewing import key_in, one, page_of, who, words_in
from senne.plan.api import Contribution, Round, Snapshot, do, freezing, rounds, words
from senne.workspace.views.common import staff_page
from senne.workspace.views.rounds import the_round

STATES = tuple(words.ContributionState)


@staff_page
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole round on one page: by organisation, then the contributions that the filter leaves."""
    actor, today = who(request), timezone.localdate()
    found = one(rounds.rounds(actor), pk=pk)
    lines = rounds.board(found, actor, today)
    shown = _narrowed(request, rounds.contributions(actor, found))
    page = page_of(shown.order_by("organisation__path", "id"), request, 25)
    counts = {state: sum(line.counts.get(state, 0) for line in lines) for state in STATES}
    total = sum(counts.values())
    context = {
        "round": found,
        "lines": lines,
        "counts": [(state, state.label, counts[state]) for state in STATES if counts[state]],
        "total": total,
        "finished": counts[words.ContributionState.VALIDATED] + counts[words.ContributionState.PUBLISHED],
        "missing": sum(line.missing for line in lines),
        "page": page,
        "rows": rounds.rows(page, today),
        "states": STATES,
        "state": request.GET.get("state", ""),
        "unit": request.GET.get("unit", ""),
        "may": policy.allowed(actor, found.organisation.subject()),
        "plans": list(found.plans.all()),
        "snapshots": _snapshots(found, actor),
        "today": today,
    }
    return render(request, "workspace/rounds/board.html", context)


def _snapshots(found: Round, actor: Any) -> list[Snapshot]:
    """What the round froze, with later editions."""
    if found.state != words.RoundState.PUBLISHED:
        return []
    seen = freezing.snapshots(actor).filter(kind=Snapshot.Kind.ROUND, plan__in=found.plans.all())
    since = seen.filter(day__gte=found.published_on).select_related("plan").order_by("plan_id", "-number")
    return [snapshot for snapshot in since if snapshot.name == found.name]


def _narrowed(request: HttpRequest, found: QuerySet[Contribution]) -> QuerySet[Contribution]:
    state, unit = request.GET.get("state", ""), words_in(request.GET.get("unit", ""), 60)
    if state == "missing":
        found = found.filter(state__in=rounds.MISSING)
    elif state in words.ContributionState.values:
        found = found.filter(state=state)
    return found.filter(organisation__code=unit) if unit else found


@staff_page
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to those who are to act: for all that is missing, for one organisation, or for those ticked."""
    found, actor = the_round(request, pk), who(request)
    waiting = rounds.contributions(actor, found).filter(state__in=(*rounds.MISSING, words.ContributionState.REPORTED))
    unit = words_in(request.POST.get("unit", ""), 60)
    if "ticked" in request.POST:
        waiting = waiting.filter(pk__in=[key_in(key) for key in request.POST.getlist("one")])
    elif unit:
        waiting = waiting.filter(organisation__code=unit)
    now = timezone.now()
    try:
        people = do.remind(found, waiting, actor=actor, day=timezone.localdate(now), now=now)
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    else:
        told = ngettext("%(n)s person is written to.", "%(n)s people are written to.", people) % {"n": people}
        messages.success(request, told if people else _("Nobody is to be reminded of this."))
    address = reverse("workspace:round", args=[found.pk])
    return redirect(f"{address}?{urlencode({'unit': unit})}" if unit else address)
