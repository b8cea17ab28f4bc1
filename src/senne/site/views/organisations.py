"""Who does what: the organisations with their objectives and actions."""

from __future__ import annotations

from collections import Counter

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from senne.core.models import Organisation
from senne.core.page_cache import cacheable
from senne.core.viewing import one, page_of, who
from senne.indicators.api import queries as indicators
from senne.plan.api import Action, overview, queries
from senne.site.views.common import PAGE_SIZE, today

MOST_OBJECTIVES = 12


@cacheable
def organisation_list(request: HttpRequest) -> HttpResponse:
    """The tree of organisations with the number of visible actions that each leads."""
    led = Counter(queries.open_actions(who(request)).order_by().values_list("lead_id", flat=True))
    found = list(Organisation.objects.exclude(kind=Organisation.Kind.PARTNER).order_by("path"))
    for record in found:
        record.lead_count = led[record.pk]  # type: ignore[attr-defined]
    partners = Organisation.objects.filter(kind=Organisation.Kind.PARTNER)
    context = {"organisations": found, "partners": partners, "today": today()}
    return render(request, "site/organisations.html", context)


@cacheable
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """An organisation: what it is part of, its contact, what it and those below it lead or join."""
    actor, day = who(request), today()
    record = one(Organisation.objects.select_related("parent"), code=code)
    joined = Action.partners.through.objects.filter(organisation=record).values("action_id")
    found = queries.open_actions(actor).filter(Q(lead__path__startswith=record.path) | Q(pk__in=joined))
    context = {
        "organisation": record,
        "page": page_of(found.order_by("plan_id", "order"), request, PAGE_SIZE),
        "counts": overview.count_actions(found, day),
        "states": overview.objective_states(actor, day, lead=record)[:MOST_OBJECTIVES],
        "measures": indicators.indicators(actor).filter(organisation__path__startswith=record.path).exists(),
        "today": day,
        "children": record.children.all(),
    }
    return render(request, "site/organisation.html", context)
