"""What people owe: actions to report on, late ones, overdue steps, actions that nobody owns. Constant numbers of queries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senne.core.periods import PartialDate
from senne.core.policy import Actor, Role
from senne.core.templatetags.senne import when
from senne.plan.api import Action, ActionContact, Objective, Step, overview, queries, words

OPEN = (words.Status.TO_START, words.Status.UNDER_WAY, words.Status.SUSPENDED)
AHEAD = timedelta(days=60)
LOOKS_AFTER = (Role.COORDINATION, Role.HEAD, Role.BODY_MANAGER)
SCOPE_ROLES = {"department": Role.HEAD, "body": Role.BODY_MANAGER, "all": Role.COORDINATION}


def scopes_of(actor: Actor) -> list[str]:
    """The views that make sense for this person: their own, their department's, their body's, the whole."""
    own = ["mine"] if actor.person_id else []
    return [*own, *(scope for scope, role in SCOPE_ROLES.items() if actor.paths(role))]


def in_scope(actor: Actor, scope: str) -> QuerySet[Action]:
    """Open actions of the scope that the actor may see."""
    found = queries.open_actions(actor).filter(status__in=OPEN)
    if scope == "mine":
        return found.filter(mine(actor))
    return found.filter(_led_below(actor.paths(SCOPE_ROLES[scope])))


def _led_below(paths: set[str]) -> Q:
    reach = Q(pk__in=[])
    for path in paths:
        reach |= Q(lead__path__startswith=path) | Q(lead=None, plan__organisation__path__startswith=path)
    return reach


def mine(actor: Actor) -> Q:
    """Actions on which the actor is named, or of which a step that is not done is theirs."""
    person = actor.person_id or 0
    named = ActionContact.objects.filter(person_id=person).values("action_id")
    assigned = Step.objects.filter(assignee_id=person, done_on=None).values("action_id")
    return Q(pk__in=named) | Q(pk__in=assigned)


def overdue(today: date) -> Q:
    """Steps not done whose due day, month or year has passed."""
    month, year = today.replace(day=1), today.replace(month=1, day=1)
    passed = Q(due_precision="day", due_on__lt=today)
    passed |= Q(due_precision="month", due_on__lt=month) | Q(due_precision="year", due_on__lt=year)
    return Q(done_on=None) & passed


def _kind_q(kind: str, today: date) -> Q:
    return _KIND_Q[kind](today)


def _owed_q(today: date) -> Q:
    return _to_report_q(today) | queries.health_q("late", today) | _steps_q(today)


def _to_report_q(today: date) -> Q:
    return ~queries.freshness_q("current", today)


def _steps_q(today: date) -> Q:
    return Q(Exists(Step.objects.filter(overdue(today), action=OuterRef("pk"))))


def owners_in_post(today: date) -> QuerySet[ActionContact]:
    """The owners of the action of an outer query who have not left."""
    there = Q(person__left_on=None) | Q(person__left_on__gte=today)
    return ActionContact.objects.filter(there, action=OuterRef("pk"), role=words.ContactRole.OWNER)


def _no_owner_q(today: date) -> Q:
    return ~Q(Exists(owners_in_post(today)))


def _next_q(today: date) -> Q:
    """Something is due within two months; a month or a year counts by its last day, so it may have begun long ago."""
    span = (today.replace(month=1, day=1), today + AHEAD)
    steps = Step.objects.filter(action=OuterRef("pk"), done_on=None, due_on__range=span)
    return Q(end_on__range=span) | Q(Exists(steps))


_KIND_Q: dict[str, Callable[[date], Q]] = {
    "owed": _owed_q,
    "to_report": _to_report_q,
    "late": lambda today: queries.health_q("late", today),
    "steps": _steps_q,
    "stale": lambda today: queries.freshness_q("stale", today),
    "no_owner": _no_owner_q,
    "next": _next_q,
    "": lambda _today: Q(),
}
KINDS = tuple(_KIND_Q)


def owed(actor: Actor, scope: str, kind: str, today: date) -> QuerySet[Action]:
    """The actions of a scope that owe this, the most pressing first, with what a row needs."""
    found = in_scope(actor, scope).filter(_kind_q(kind, today))
    contacts = Prefetch("contacts", queryset=ActionContact.objects.select_related("person"))
    return (
        queries.light(found)
        .order_by("late_from", "watch_from", "last_reported_on", "code")
        .prefetch_related("steps", "partners", contacts)
    )


@dataclass(frozen=True)
class Duty:
    """An action with what it owes, in words; `tone` is the CSS class of its health."""

    action: Action
    reasons: list[str]
    tone: str


def duty_of(action: Action, today: date) -> Duty:
    """Why this action is on the list; reads steps and contacts (prefetched)."""
    reasons: list[str] = []
    end = action.end
    if end and not action.continuous and end.last_day < today:
        reasons.append(_("should have ended: %(date)s") % {"date": when(end)})
    count = sum(step.is_overdue(today) for step in action.steps.all())
    if count:
        reasons.append(ngettext("%(n)d step overdue", "%(n)d steps overdue", count) % {"n": count})
    if action.last_reported_on is None:
        reasons.append(_("never reported"))
    elif action.freshness_on(today) != words.Freshness.CURRENT:
        reasons.append(_("last report %(date)s") % {"date": when(action.last_reported_on)})
    if not any(c.role == words.ContactRole.OWNER and is_there(c.person, today) for c in action.contacts.all()):
        reasons.append(_("nobody owns it"))
    return Duty(action, reasons, action.health_on(today).replace("_", "-"))


def is_there(person: Any, today: date) -> bool:
    """Whether the person is still in post."""
    return person.left_on is None or person.left_on >= today


@dataclass(frozen=True)
class Ahead:
    """Something that is due soon: a step, or the end of an action."""

    day: PartialDate
    text: str
    action: Action


def ahead(actor: Actor, scope: str, today: date, limit: int = 5) -> list[Ahead]:
    """What comes next within two months, the nearest first."""
    found: list[Ahead] = []
    for action in owed(actor, scope, "next", today)[:80]:
        for step in action.steps.all():
            if step.done_on is None and _is_near(step.due, today):
                found.append(Ahead(step.due, str(step.title), action))  # type: ignore[arg-type]
        if not action.continuous and _is_near(action.end, today):
            found.append(Ahead(action.end, _("The action ends"), action))  # type: ignore[arg-type]
    found.sort(key=lambda item: (item.day.last_day, item.action.code))
    return found[:limit]


def _is_near(day: PartialDate | None, today: date) -> bool:
    return day is not None and today <= day.last_day <= today + AHEAD


def unmonitored(actor: Actor, today: date) -> tuple[list[overview.Monitored], int]:
    """(objectives that are not monitored and that the actor may mend, how many objectives they look after)."""
    reach = _led_below(actor.paths(*LOOKS_AFTER)) | Q(owner_id=actor.person_id or 0)
    own = Objective.objects.filter(reach).values("pk")
    states = overview.monitoring(actor, today, pk__in=own, **overview.OURS)
    return [state for state in states if not state.is_monitored], len(states)
