"""The one filter form of the four views: its fields with their choices, and the filters in use with the way out of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from senne.core.filtering import Chip, Choices, Field, Filters, labels, named
from senne.core.models import Person
from senne.core.policy import Actor
from senne.plan.api import ActionContact, Axis, Plan, Theme, queries, words
from senne.workspace.listing.asked import ME, NOBODY, OPEN, Asked
from senne.workspace.listing.finding import knowing

MOST_YEARS = 16


def filters_of(asked: Asked, actor: Actor) -> Filters:
    """The form: a constant number of queries."""
    plans = list(queries.plans(actor))
    first = [
        _field(asked, "q", _("Words"), None),
        _field(asked, "status", _("Status"), [(OPEN, _("open")), *labels(words.Status)]),
        _field(asked, "health", _("Health"), labels(words.Health)),
        _field(asked, "lead", _("Led by"), _leads(actor)),
        _field(asked, "owner", _("Owner"), _owners(actor), _("anybody")),
        _field(asked, "due", _("Something due"), _due_choices(), pgettext("due", "any time")),
    ]
    more = [
        _field(asked, "plan", _("Plan"), named(plans)),
        _field(asked, "theme", _("Theme"), _themes(plans, asked.filter.plan)),
        _field(asked, "axis", _("Axis"), _axes(plans, asked)),
        _field(asked, "freshness", _("News"), labels(words.Freshness)),
        _field(asked, "phase", _("Phase"), labels(words.Phase)),
        _field(asked, "characteristic", _("Characteristic"), named(queries.characteristics_borne(actor))),
        _field(asked, "tag", _("Tag"), named(queries.tags_borne(actor), "slug")),
        _field(asked, "year", _("Runs in"), _years(plans), _("any year")),
    ]
    used = [item for item in (*first, *more) if item.value]
    if asked.filter.objective:
        used.append(Field("objective", _("Objective"), asked.filter.objective))
    chips = [Chip(item.label, item.shown, f"?{_without(asked, item.key)}") for item in used]
    return Filters(first, [item for item in more if item.choices or item.value], chips)


def _field(asked: Asked, key: str, label: str, choices: Choices | None, nothing: str = "") -> Field:
    return Field(key, label, asked.value_of(key), choices, nothing or _("all"))


def _without(asked: Asked, key: str) -> str:
    if key in {"lead", "owner", "due"}:
        return asked.query(**{key: ""})
    if key == "status":
        return asked.query(status="", filter=replace(asked.filter, status=""))
    nothing: dict[str, Any] = {"words" if key == "q" else key: None if key == "year" else ""}
    return asked.query(filter=replace(asked.filter, **nothing))


def _due_choices() -> Choices:
    return [
        ("passed", _("passed")),
        *((str(days), _("within %(n)s days") % {"n": days}) for days in (30, 90, 180)),
        ("365", _("within a year")),
    ]


def _leads(actor: Actor) -> Choices:
    """Organisations that lead what the reader sees, and those above them, as a tree: choosing one takes all below it."""
    shown = queries.leading(queries.open_actions(actor))
    return [(unit.code, "\u2003" * max(0, unit.depth - 1) + str(unit.name)) for unit in shown]


def _owners(actor: Actor) -> Choices:
    """Oneself, nobody, and the owners of the actions of which the reader may know the owner."""
    known = queries.open_actions(actor).filter(knowing(actor)).order_by().values("pk")
    owning = ActionContact.objects.filter(role=words.ContactRole.OWNER, action__in=known).values("person_id")
    people = Person.objects.filter(pk__in=owning).order_by("name").values_list("pk", "name")
    own = [(ME, pgettext("scope", "Mine"))] if actor.person_id else []
    nobody = [(NOBODY, _("without owner"))] if actor.is_staff else []
    return [*own, *nobody, *((str(pk), name) for pk, name in people)]


def _themes(plans: list[Plan], plan: str) -> Choices:
    among = [p for p in plans if not plan or p.code == plan]
    main = {p.pk for p in among if p.is_main or len(among) == 1}
    themes = Theme.objects.filter(plan__in=among).select_related("plan")
    return [
        (theme.code, str(theme.name) if theme.plan_id in main else f"{theme.name} ({theme.plan.code})")
        for theme in themes.order_by("-plan__is_main", "plan__code", "order")
    ]


def _axes(plans: list[Plan], asked: Asked) -> Choices:
    """The axes of the theme chosen; none before a theme is chosen."""
    if not asked.filter.theme:
        return []
    found = Axis.objects.filter(theme__code=asked.filter.theme, plan__in=plans)
    return named(found.filter(plan__code=asked.filter.plan) if asked.filter.plan else found)


def _years(plans: list[Plan]) -> Choices:
    """The years that the visible plans span."""
    begun = [plan.start_year for plan in plans if plan.start_year]
    if not begun:
        return []
    ends = [plan.end_year for plan in plans if plan.end_year]
    last = min(max(ends or [min(begun) + 10]), min(begun) + MOST_YEARS - 1)
    return [(str(year), str(year)) for year in range(min(begun), last + 1)]
