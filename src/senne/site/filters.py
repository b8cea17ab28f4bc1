"""The filters of the list of actions: what the address asks for, the choices offered, and the ways back out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Min
from django.http import HttpRequest
from django.utils.translation import gettext as _

from senne.core.models import Organisation
from senne.core.policy import Actor
from senne.plan.api import Axis, Characteristic, Tag, Theme, queries, words
from senne.site.views.common import today, who

WORDS = {"status": words.Status, "phase": words.Phase, "health": words.Health, "freshness": words.Freshness}
HIDDEN = ("objective", "view", "sort")
MOST_YEARS = 12


def wanted_from(request: HttpRequest) -> queries.ActionFilter:
    """The filter that the address asks for; nonsense counts as not asked."""
    ask = request.GET
    year = ask.get("year", "")
    checked = {key: ask.get(key, "") if ask.get(key, "") in kind.values else "" for key, kind in WORDS.items()}
    return queries.ActionFilter(
        **checked,
        **{key: ask.get(key, "")[:60] for key in ("plan", "theme", "axis", "objective", "organisation", "tag")},
        characteristic=ask.get("characteristic", "")[:40],
        year=int(year) if year.isascii() and year.isdigit() and 1900 <= int(year) <= 2200 else None,
        words=ask.get("q", "")[:200].replace("\x00", ""),
        sort=ask.get("sort", "")[:20],
    )


@dataclass(frozen=True)
class Field:
    """One filter: its key in the address, its label, its value, and (value, label) choices (None: free words)."""

    key: str
    label: str
    value: str
    choices: list[tuple[str, str]] | None = None
    any: str = ""

    @property
    def shown(self) -> str:
        """The label of the value."""
        return dict(self.choices or ()).get(self.value, self.value)


@dataclass(frozen=True)
class Chip:
    """A filter in use, and the address without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True)
class Filters:
    """All that the page shows of its filters."""

    first: list[Field]
    more: list[Field]
    chips: list[Chip] = field(default_factory=list)
    hidden: list[tuple[str, str]] = field(default_factory=list)

    @property
    def more_used(self) -> bool:
        return any(item.value for item in self.more)


def filters_of(request: HttpRequest, wanted: queries.ActionFilter) -> Filters:
    """The filters with their choices: a constant number of queries, however many actions there are."""
    actor = who(request)
    first = [
        Field("q", _("Words"), wanted.words),
        Field("theme", _("Theme"), wanted.theme, _themes(actor), _("all")),
        Field("status", _("Status"), wanted.status, _labels(words.Status), _("all")),
        Field("health", _("Health"), wanted.health, _labels(words.Health), _("all")),
    ]
    more = [
        Field("plan", _("Plan"), wanted.plan, [(p.code, str(p.name)) for p in queries.plans(actor)], _("all")),
        Field("axis", _("Axis"), wanted.axis, _axes(actor, wanted.theme), _("all")),
        Field("phase", _("Phase"), wanted.phase, _labels(words.Phase), _("all")),
        Field("freshness", _("News"), wanted.freshness, _labels(words.Freshness), _("all")),
        Field("organisation", _("Organisation"), wanted.organisation, _leads(actor), _("all")),
        Field("characteristic", _("Characteristic"), wanted.characteristic, _characteristics(actor), _("all")),
        Field("tag", _("Tag"), wanted.tag, _tags(actor), _("all")),
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


def _labels(kind: Any) -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in kind.choices]


def _named(records: Iterable[Any]) -> list[tuple[str, str]]:
    return [(record.code, str(record.name)) for record in records]


def _themes(actor: Actor) -> list[tuple[str, str]]:
    themes = Theme.objects.filter(plan__in=queries.plans(actor).values("pk"))
    return _named(themes.order_by("-plan__is_main", "plan__code", "order"))


def _axes(actor: Actor, theme: str) -> list[tuple[str, str]]:
    """The axes of the theme chosen; none before a theme is chosen."""
    if not theme:
        return []
    return _named(Axis.objects.filter(theme__code=theme, plan__in=queries.plans(actor).values("pk")))


def _leads(actor: Actor) -> list[tuple[str, str]]:
    leads = queries.open_actions(actor).order_by().values("lead_id")
    return _named(Organisation.objects.filter(pk__in=leads).order_by("order", "code"))


def _characteristics(actor: Actor) -> list[tuple[str, str]]:
    visible = queries.open_actions(actor).order_by().values("pk")
    return _named(Characteristic.objects.filter(actions__in=visible).distinct())


def _tags(actor: Actor) -> list[tuple[str, str]]:
    visible = queries.open_actions(actor).order_by().values("pk")
    used = Tag.objects.filter(pk__in=Tag.actions.through.objects.filter(action_id__in=visible).values("tag_id"))
    return [(tag.slug, str(tag.name)) for tag in used]


def _years(actor: Actor) -> list[tuple[str, str]]:
    """The years that the visible plans span, a dozen at most from the first."""
    span = queries.plans(actor).aggregate(first=Min("start_year"), last=Max("end_year"))
    first = span["first"] or today().year
    last = min(max(span["last"] or first, today().year), first + MOST_YEARS - 1)
    return [(str(year), str(year)) for year in range(first, last + 1)]
