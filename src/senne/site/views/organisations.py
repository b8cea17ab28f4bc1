"""Who does what: the organisations and their actions."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from senne.core.models import Organisation
from senne.core.page_cache import cacheable
from senne.plan.api import overview, queries
from senne.site.views.common import one, page_of, today, who


@cacheable
def organisation_list(request: HttpRequest) -> HttpResponse:
    """The tree of organisations with the number of visible actions that each leads."""
    visible = queries.open_actions(who(request)).values("pk")
    found = Organisation.objects.annotate(
        lead_count=Count("led_actions", filter=Q(led_actions__in=visible), distinct=True)
    ).exclude(kind=Organisation.Kind.PARTNER)
    partners = Organisation.objects.filter(kind=Organisation.Kind.PARTNER)
    context = {"organisations": found.order_by("path"), "partners": partners, "today": today()}
    return render(request, "site/organisations.html", context)


@cacheable
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """An organisation: what it is part of, its contact, the actions that it and those below it lead or join."""
    actor, day = who(request), today()
    record = one(Organisation.objects.select_related("parent"), code=code)
    found = queries.open_actions(actor).filter(Q(lead__path__startswith=record.path) | Q(partners=record)).distinct()
    counts = overview.count_actions(found, day)
    page = page_of(queries.with_row_parts(found.order_by("plan_id", "order"), actor), request)
    context = {
        "organisation": record,
        "page": page,
        "counts": counts,
        "today": day,
        "children": record.children.all(),
    }
    return render(request, "site/organisation.html", context)
