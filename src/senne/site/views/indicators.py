"""The list of indicators with its filters, and an indicator's page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from senne.core.filtering import Chip, Choices, Field, Filters, labels, named
from senne.core.models import Organisation
from senne.core.page_cache import cacheable
from senne.core.policy import Actor, allowed
from senne.core.text import reader_language
from senne.core.viewing import one, page_of, who, words_in
from senne.indicators.api import Standing, words
from senne.indicators.api import queries as indicators
from senne.plan.api import changes, measured, queries
from senne.site import curves, figures
from senne.site.views.common import PAGE_SIZE, today


@dataclass(frozen=True)
class Wanted:
    """What the address of the list asks for; nonsense counts as not asked."""

    words: str = ""
    state: str = ""
    organisation: str = ""
    plan: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Wanted:
        ask = request.GET
        state = ask.get("state", "")
        return cls(
            words_in(ask.get("q", ""), 200),
            state if state in words.State.values else "",
            words_in(ask.get("organisation", ""), 60),
            words_in(ask.get("plan", ""), 60),
        )


@cacheable
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Indicators with their latest figure and where they stand; narrowed and paged."""
    actor, wanted = who(request), Wanted.of(request)
    found = _narrowed(actor, wanted)
    context = {
        "page": page_of(found, request, PAGE_SIZE),
        "filters": _filters(request, wanted, actor),
        "today": today(),
    }
    return render(request, "site/indicators.html", context)


def _narrowed(actor: Actor, wanted: Wanted) -> list[Standing]:
    """Those that are wanted: a state is computed from the figures, so all are read; three queries, five with filters."""
    found = measured.measuring(actor, wanted.plan) if wanted.plan else indicators.indicators(actor)
    if wanted.organisation:
        unit = Organisation.objects.filter(code=wanted.organisation).first()
        found = found.filter(organisation__path__startswith=unit.path) if unit else found.none()
    if wanted.words:
        best = indicators.find(actor, wanted.words, reader_language(), limit=200)
        found = found.filter(pk__in=[indicator.pk for indicator in best])
    standings = indicators.standings(found, today())
    return [standing for standing in standings if wanted.state in ("", standing.state)]


def _filters(request: HttpRequest, wanted: Wanted, actor: Actor) -> Filters:
    fields = [
        Field("q", _("Words"), wanted.words),
        Field("state", _("State"), wanted.state, labels(words.State), _("all")),
        Field("organisation", _("Organisation"), wanted.organisation, _measuring(actor), _("all")),
        Field("plan", _("Plan"), wanted.plan, named(queries.plans(actor)), _("all")),
    ]
    used = [field for field in fields if field.value]
    return Filters(fields, [], [Chip(field.label, field.shown, _without(request, field.key)) for field in used])


def _without(request: HttpRequest, key: str) -> str:
    values = request.GET.copy()
    for name in (key, "page"):
        values.pop(name, None)
    return f"?{values.urlencode()}"


def _measuring(actor: Actor) -> Choices:
    """The organisations that measure something."""
    units = indicators.indicators(actor).order_by().values("organisation_id")
    return named(Organisation.objects.filter(pk__in=units).order_by("order", "code"))


@cacheable
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """The figures, where they stand and why, how they are made, and what they measure."""
    actor = who(request)
    record = one(indicators.with_figures(indicators.indicators(actor)), code=code)
    standing = Standing(record, today())
    objectives, actions = measured.ties_of([record], actor).get(record.pk, ([], []))
    corrections = indicators.corrections_of(standing.measurements)
    context = {
        "indicator": record,
        "standing": standing,
        "explained": figures.explained(standing),
        "curve": curves.curve_of(standing),
        "page": page_of(figures.rows_of(standing), request, PAGE_SIZE),
        "corrections": figures.corrected(standing, corrections),
        "earlier_methods": figures.earlier_methods(record),
        "objectives": objectives,
        "actions": actions,
        "changes": changes.latest_changes(actor, 5, record),
        "may": allowed(actor, record.subject(), ("report",)) if actor.is_staff or actor.person_id else set(),
        "today": today(),
    }
    return render(request, "site/indicator.html", context)
