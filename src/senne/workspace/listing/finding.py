"""The actions that a view asks for, among those that the reader may see: a constant number of queries."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from senne.core.models import Organisation
from senne.core.policy import Actor, Role
from senne.core.text import reader_language
from senne.plan.api import Action, ActionContact, Step, queries, words
from senne.workspace.duties import OPEN as OPEN_STATUSES
from senne.workspace.duties import mine, overdue, owners_in_post
from senne.workspace.listing.asked import ME, NOBODY, OPEN, Asked


def find(asked: Asked, actor: Actor, today: date) -> QuerySet[Action]:
    """Open actions (not merged, not replaced), narrowed and sorted."""
    found = queries.open_actions(actor)
    if asked.status == OPEN:
        found = found.filter(status__in=OPEN_STATUSES)
    if asked.lead:
        found = found.filter(_led_below(asked.lead))
    if asked.owner:
        found = found.filter(_owned(asked.owner, actor, today))
    if asked.due:
        found = found.filter(_due(asked.due, today))
    return queries.filter_actions(found, asked.filter, day=today, language=reader_language())


def with_people(found: QuerySet[Action]) -> QuerySet[Action]:
    """With what the policy asks (partners, contacts) and with the names of the people: two queries."""
    people = ActionContact.objects.select_related("person").only("action_id", "role", "person__name")
    contacts = Prefetch("contacts", queryset=people)
    return found.prefetch_related("partners", contacts)


def knowing(actor: Actor) -> Q:
    """Actions of which the actor sees what is internal, who owns them for one: `can_see_internal` as a query."""
    colleague = Actor(grants=tuple(grant for grant in actor.grants if grant.role is not Role.READER))
    inside = queries.reach(colleague, "lead__") | (Q(lead=None) & queries.reach(colleague, "plan__organisation__"))
    named = ActionContact.objects.filter(action=OuterRef("pk"), person_id=actor.person_id or 0)
    return inside | Q(Exists(named))


def _led_below(code: str) -> Q:
    unit = Organisation.objects.filter(code=code).first()
    if unit is None:
        return Q(pk__in=[])
    return Q(lead__path__startswith=unit.path) | Q(lead=None, plan__organisation__path__startswith=unit.path)


def _owned(owner: str, actor: Actor, today: date) -> Q:
    if owner == ME:
        return mine(actor)
    if owner == NOBODY:
        return knowing(actor) & ~Q(Exists(owners_in_post(today)))
    owners = ActionContact.objects.filter(action=OuterRef("pk"), role=words.ContactRole.OWNER)
    return knowing(actor) & Q(Exists(owners.filter(person_id=int(owner))))


def _due(due: str, today: date) -> Q:
    """Undone steps or the end of an action that goes on: passed, or within so many days."""
    going_on = Q(status__in=OPEN_STATUSES, continuous=False)
    steps = Step.objects.filter(action=OuterRef("pk"), done_on=None)
    if due == "passed":
        late = Step.objects.filter(overdue(today), action=OuterRef("pk"))
        return Q(Exists(late)) | (going_on & ending_within("end", date.min, today - timedelta(days=1)))
    last = today + timedelta(days=int(due))
    return Q(Exists(steps.filter(ending_within("due", today, last)))) | (going_on & ending_within("end", today, last))


def ending_within(name: str, first: date, last: date) -> Q:
    """Partial dates (columns `name`_on and `name`_precision) whose last day lies from `first` through `last`."""
    after = last + timedelta(days=1)
    day, precision = f"{name}_on", f"{name}_precision"
    return (
        Q(**{precision: "day", f"{day}__gte": first, f"{day}__lte": last})
        | Q(**{precision: "month", f"{day}__gte": first.replace(day=1), f"{day}__lt": after.replace(day=1)})
        | Q(
            **{
                precision: "year",
                f"{day}__gte": first.replace(month=1, day=1),
                f"{day}__lt": after.replace(month=1, day=1),
            }
        )
    )
