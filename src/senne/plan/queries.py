"""What is asked of the plan room. Every answer is already cut to what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from senne.core import search
from senne.core.models import Organisation
from senne.core.policy import Actor
from senne.core.reach import colleagues as reach
from senne.plan.models import (
    Action,
    ActionContact,
    ActionRelation,
    Axis,
    Characteristic,
    Objective,
    ObjectiveLink,
    Plan,
    Tag,
    Theme,
)
from senne.plan.words import Freshness, Health, Visibility

M = TypeVar("M", bound=models.Model)
PUBLIC = Visibility.PUBLIC


def _of_lead(actor: Actor) -> Q:
    return reach(actor, "lead__") | (Q(lead=None) & reach(actor, "plan__organisation__"))


def plans(actor: Actor) -> QuerySet[Plan]:
    """Plans that the actor may see, the main one first."""
    found = Plan.objects.select_related("organisation")
    if not actor.is_staff:
        return found.filter(visibility=PUBLIC)
    return found.filter(Q(visibility=PUBLIC) | reach(actor, "organisation__"))


def _parts(model: type[M], actor: Actor) -> QuerySet[M]:
    found: QuerySet[M] = model._default_manager.select_related("plan__organisation")
    if not actor.is_staff:
        return found.filter(plan__visibility=PUBLIC)
    return found.filter(Q(plan__visibility=PUBLIC) | reach(actor, "plan__organisation__"))


def themes(actor: Actor) -> QuerySet[Theme]:
    """Themes of the plans that the actor may see."""
    return _parts(Theme, actor)


def axes(actor: Actor) -> QuerySet[Axis]:
    """Axes of the plans that the actor may see."""
    return _parts(Axis, actor).select_related("theme")


def objectives(actor: Actor) -> QuerySet[Objective]:
    """Objectives that the actor may see."""
    found = Objective.objects.select_related("plan__organisation", "axis__plan", "axis__theme__plan", "lead", "owner")
    public = Q(visibility=PUBLIC, plan__visibility=PUBLIC)
    if not actor.is_staff and actor.person_id is None:
        return found.filter(public)
    return found.filter(public | _of_lead(actor) | Q(owner_id=actor.person_id or 0))


def actions(actor: Actor) -> QuerySet[Action]:
    """Actions that the actor may see, as rows: with plan and lead, without what hangs on them."""
    found = Action.objects.select_related("plan__organisation", "lead")
    public = Q(visibility=PUBLIC, plan__visibility=PUBLIC)
    if not actor.is_staff and actor.person_id is None:
        return found.filter(public)
    seen = public | _of_lead(actor)
    if houses := actor.houses() - {""}:
        partner = Action.partners.through.objects.filter(action_id=OuterRef("pk"), organisation__house__in=houses)
        seen |= Q(Exists(partner))
    if actor.person_id:
        seen |= Q(Exists(ActionContact.objects.filter(action=OuterRef("pk"), person_id=actor.person_id)))
    return found.filter(seen)


def open_actions(actor: Actor) -> QuerySet[Action]:
    """Visible actions that go on under their own name: not merged, not replaced."""
    return actions(actor).filter(merged_into=None, superseded_by=None)


# What no row, card or bar shows: texts in three languages that would be read from the database for nothing.
_LONG = (
    "description", "expected_effect", "news", "coming", "blockers", "internal_notes", "location", "extra", "imported",
    "health_override_reason", "plan__description", "plan__name", "plan__organisation__name",
)  # fmt: skip


def light(found: QuerySet[Action]) -> QuerySet[Action]:
    """Without the long texts: for rows that show a title and where it stands."""
    return found.defer(*_LONG)


def characteristics(actor: Actor) -> QuerySet[Characteristic]:
    """Legend entries to choose from: those that a visible action bears, and those that no action bears yet."""
    return Characteristic.objects.filter(Q(actions__in=actions(actor).values("pk")) | Q(actions=None)).distinct()


def tags(actor: Actor) -> QuerySet[Tag]:
    """Tags to choose from: those that a visible action bears, and those that no action bears yet."""
    return Tag.objects.filter(Q(actions__in=actions(actor).values("pk")) | Q(actions=None)).distinct()


def characteristics_borne(actor: Actor) -> QuerySet[Characteristic]:
    """Legend entries that an open action bears, to narrow a list by."""
    return Characteristic.objects.filter(actions__in=open_actions(actor).order_by().values("pk")).distinct()


def tags_borne(actor: Actor) -> QuerySet[Tag]:
    """Tags that an open action bears, to narrow a list by."""
    through = Tag.actions.through.objects.filter(action_id__in=open_actions(actor).order_by().values("pk"))
    return Tag.objects.filter(pk__in=through.values("tag_id"))


def relations_of(action: Action, actor: Actor) -> QuerySet[ActionRelation]:
    """How the action stands to others that the actor may see, in both directions."""
    visible = actions(actor).order_by().values("pk")
    found = ActionRelation.objects.filter(Q(action=action, other__in=visible) | Q(other=action, action__in=visible))
    return found.select_related("action__plan", "other__plan")


def ties_of(objective: Objective, actor: Actor) -> QuerySet[ObjectiveLink]:
    """How the objective is tied to others that the actor may see, in both directions."""
    visible = objectives(actor).order_by().values("pk")
    found = ObjectiveLink.objects.filter(
        Q(objective=objective, other__in=visible) | Q(other=objective, objective__in=visible)
    )
    return found.select_related("objective__plan", "other__plan")


def leading(found: QuerySet[Action]) -> list[Organisation]:
    """Organisations that lead one of these actions, and those above them, as a tree."""
    paths = set(found.order_by().values_list("lead__path", flat=True).distinct()) - {None}
    units = Organisation.objects.order_by("path")
    return [unit for unit in units if any(path.startswith(unit.path) for path in paths)]


def with_row_parts(found: QuerySet[Action], actor: Actor) -> QuerySet[Action]:
    """What a list row shows, in a constant number of queries."""
    return found.prefetch_related("characteristics", "tags", Prefetch("objectives", queryset=objectives(actor)))


def with_page_parts(found: QuerySet[Action], actor: Actor) -> QuerySet[Action]:
    """What an action's page shows, in a constant number of queries; to a visitor, nothing of the contacts."""
    internal = ("contacts__person__organisation",) if actor.is_staff or actor.person_id else ()
    return (
        with_row_parts(found, actor)
        .select_related("sponsor")
        .prefetch_related("steps__assignee", "budget__funder", "partners", "links", "documents__file", *internal)
    )


def find_objectives(actor: Actor, words: str, language: str, limit: int = 5) -> list[Objective]:
    """Visible objectives that hold every word, best first."""
    ids = search.find("plan.objective", words, language)
    seen = {objective.pk: objective for objective in objectives(actor).filter(pk__in=ids[:200])}
    return [seen[pk] for pk in ids if pk in seen][:limit]


# ---- Filters ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ActionFilter:
    """What a list of actions may be narrowed by; empty means any."""

    plan: str = ""
    theme: str = ""
    axis: str = ""
    objective: str = ""
    status: str = ""
    phase: str = ""
    health: str = ""
    freshness: str = ""
    organisation: str = ""
    characteristic: str = ""
    tag: str = ""
    year: int | None = None
    words: str = ""
    sort: str = ""


SORTS = {
    "": "order",
    "code": "code",
    "title": "title",
    "end": "end",
    "reported": "reported",
    "progress": "progress",
}


def health_q(health: str, day: date) -> Q:
    """Actions whose health shown on `day` is this one."""
    judged = ~Q(health_override="") & Q(health_override_until__gte=day)
    computed = {
        Health.LATE: Q(late_from__lte=day),
        Health.WATCH: Q(late_from__gt=day, watch_from__lte=day),
        Health.ON_TRACK: Q(late_from__gt=day, watch_from__gt=day),
    }[Health(health)]
    return (judged & Q(health_override=health)) | (~judged & computed)


def freshness_q(freshness: str, day: date) -> Q:
    """Actions whose freshness on `day` is this one, by the thresholds of their plan."""
    current, stale = Q(pk__in=[]), Q(last_reported_on=None)
    for plan_id, ageing_after, stale_after in Plan.objects.values_list("pk", "ageing_after", "stale_after"):
        current |= Q(plan_id=plan_id, last_reported_on__gte=_days_before(day, ageing_after))
        stale |= Q(plan_id=plan_id, last_reported_on__lt=_days_before(day, stale_after))
    return {
        Freshness.CURRENT: current,
        Freshness.STALE: stale,
        Freshness.AGEING: Q(last_reported_on__isnull=False) & ~current & ~stale,
    }[Freshness(freshness)]


def _days_before(day: date, days: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - days))


def filter_actions(found: QuerySet[Action], wanted: ActionFilter, *, day: date, language: str) -> QuerySet[Action]:
    """Narrow and sort. A word search puts the best first unless another order is asked for."""
    plain: dict[str, Any] = {
        "status": wanted.status,
        "phase": wanted.phase,
        "characteristics__code": wanted.characteristic,
        "tags__slug": wanted.tag,
    }
    found = found.filter(**{key: value for key, value in plain.items() if value})
    found = found.filter(_place_q(wanted))
    if wanted.health in Health.values:
        found = found.filter(health_q(wanted.health, day))
    if wanted.freshness in Freshness.values:
        found = found.filter(freshness_q(wanted.freshness, day))
    if wanted.organisation:
        organisation = Q(lead__code=wanted.organisation) | Q(
            pk__in=Action.partners.through.objects.filter(organisation__code=wanted.organisation).values("action_id")
        )
        found = found.filter(organisation)
    if wanted.year:
        found = found.filter(_year_q(wanted.year))
    if wanted.words:
        return _by_words(found, wanted, language)
    return _sorted(found, wanted.sort, language)


def _place_q(wanted: ActionFilter) -> Q:
    """Actions of a plan, theme, axis or objective: their own, and those of other plans that serve it."""
    through = Action.objectives.through.objects
    place = Q()
    for lookup, code in (
        ("objective__plan__code", wanted.plan),
        ("objective__axis__theme__code", wanted.theme),
        ("objective__axis__code", wanted.axis),
        ("objective__code", wanted.objective),
    ):
        if code:
            serving = through.filter(**{lookup: code}).values("action_id")
            place &= Q(pk__in=serving) | (Q(plan__code=code) if lookup == "objective__plan__code" else Q(pk__in=[]))
    return place


def _year_q(year: int) -> Q:
    """Actions that run in that year (a missing start or end leaves that side open; some date must be known)."""
    begun = Q(start_on=None) | Q(start_on__year__lte=year)
    goes_on = Q(end_on=None) | Q(end_on__year__gte=year) | Q(continuous=True)
    return begun & goes_on & (Q(start_on__isnull=False) | Q(end_on__isnull=False) | Q(continuous=True))


def _by_words(found: QuerySet[Action], wanted: ActionFilter, language: str) -> QuerySet[Action]:
    ids = search.find("plan.action", wanted.words, language)
    found = found.filter(pk__in=ids)
    if wanted.sort:
        return _sorted(found, wanted.sort, language)
    rank = models.Case(*(models.When(pk=pk, then=place) for place, pk in enumerate(ids)), default=len(ids))
    return found.order_by(rank)


def _sorted(found: QuerySet[Action], sort: str, language: str) -> QuerySet[Action]:
    down = sort.startswith("-")
    key = sort.lstrip("-")
    columns: dict[str, Any] = {
        "code": F("code"),
        "title": F(f"title__{language}"),
        "end": F("end_on"),
        "reported": F("last_reported_on"),
        "progress": F("progress_permille"),
        "status": F("status"),
    }
    if key not in columns:
        return found.order_by("plan__code", "order", "code")
    column = columns[key]
    ordered = column.desc(nulls_last=True) if down else column.asc(nulls_last=True)
    return found.order_by(ordered, "plan_id", "order", "code")
