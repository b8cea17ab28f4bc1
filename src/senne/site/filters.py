"""The filters of the list of actions: what the address asks for, the choices offered, and the ways back out."""

from __future__ import annotations

from django.db.models import Max, Min
from django.http import HttpRequest
from django.utils.translation import gettext as _

from senne.core.filtering import Chip, Choices, Field, Filters, labels, named
from senne.core.models import Organisation
from senne.core.policy import Actor
from senne.core.viewing import key_in, who, words_in
from senne.plan.api import Axis, Theme, queries, words
from senne.site.views.common import today

WORDS = {"status": words.Status, "phase": words.Phase, "health": words.Health, "freshness": words.Freshness}
PLACES = ("plan", "theme", "axis", "objective", "organisation", "characteristic", "tag")
HIDDEN = ("objective", "view", "sort")
MOST_YEARS = 12


def wanted_from(request: HttpRequest) -> queries.ActionFilter:
    """The filter that the address asks for; nonsense counts as not asked."""
    ask = request.GET
    year = key_in(ask.get("year", ""))
    checked = {key: ask.get(key, "") if ask.get(key, "") in kind.values else "" for key, kind in WORDS.items()}
    return queries.ActionFilter(
        **checked,
        **{key: words_in(ask.get(key, ""), 60) for key in PLACES},
        year=year if 1900 <= year <= 2200 else None,
        words=words_in(ask.get("q", ""), 200),
        sort=ask.get("sort", "")[:20],
    )


def filters_of(request: HttpRequest, wanted: queries.ActionFilter) -> Filters:
    """The filters with their choices: a constant number of queries, however many actions there are."""
    actor = who(request)
    characteristics = named(queries.characteristics_borne(actor))
    first = [
        Field("q", _("Words"), wanted.words),
        Field("theme", _("Theme"), wanted.theme, _themes(actor), _("all")),
        Field("status", _("Status"), wanted.status, labels(words.Status), _("all")),
        Field("health", _("Health"), wanted.health, labels(words.Health), _("all")),
    ]
    more = [
        Field("plan", _("Plan"), wanted.plan, named(queries.plans(actor)), _("all")),
        Field("axis", _("Axis"), wanted.axis, _axes(actor, wanted.theme), _("all")),
        Field("phase", _("Phase"), wanted.phase, labels(words.Phase), _("all")),
        Field("freshness", _("News"), wanted.freshness, labels(words.Freshness), _("all")),
        Field("organisation", _("Organisation"), wanted.organisation, _leads(actor), _("all")),
        Field("characteristic", _("Characteristic"), wanted.characteristic, characteristics, _("all")),
        Field("tag", _("Tag"), wanted.tag, named(queries.tags_borne(actor), "slug"), _("all")),
        Field("year", _("Runs in"), str(wanted.year or ""), _years(actor), _("any year")),
    ]
    used = [item for item in (*first, *more) if item.value]
    if wanted.objective:
        used.append(Field("objective", _("Objective"), wanted.objective))
    chips = [Chip(item.label, item.shown, _without(request, item.key)) for item in used]
    hidden = [(key, request.GET[key][:60]) for key in HIDDEN if request.GET.get(key)]
    return Filters(first, [item for item in more if item.choices], chips, hidden)


def _without(request: HttpRequest, key: str) -> str:
    values = request.GET.copy()
    for name in (key, "page"):
        values.pop(name, None)
    return f"?{values.urlencode()}"


def _themes(actor: Actor) -> Choices:
    themes = Theme.objects.filter(plan__in=queries.plans(actor).values("pk"))
    return named(themes.order_by("-plan__is_main", "plan__code", "order"))


def _axes(actor: Actor, theme: str) -> Choices:
    """The axes of the theme chosen; none before a theme is chosen."""
    if not theme:
        return []
    return named(Axis.objects.filter(theme__code=theme, plan__in=queries.plans(actor).values("pk")))


def _leads(actor: Actor) -> Choices:
    leads = queries.open_actions(actor).order_by().values("lead_id")
    return named(Organisation.objects.filter(pk__in=leads).order_by("order", "code"))


def _years(actor: Actor) -> Choices:
    """The years that the visible plans span, a dozen at most from the first."""
    span = queries.plans(actor).aggregate(first=Min("start_year"), last=Max("end_year"))
    first = span["first"] or today().year
    last = min(max(span["last"] or first, today().year), first + MOST_YEARS - 1)
    return [(str(year), str(year)) for year in range(first, last + 1)]
