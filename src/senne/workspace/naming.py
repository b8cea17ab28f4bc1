"""What a person is named on, and what an organisation leads: what somebody else must carry on when they go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists

from senne.core.models import Organisation, Person
from senne.core.policy import Actor
from senne.indicators import api as indicators
from senne.indicators.api import Indicator
from senne.plan.api import Action, ActionContact, Objective, Step, queries, words
from senne.workspace.duties import owners_in_post

OVER = (words.Status.DONE, words.Status.ABANDONED)


@dataclass(frozen=True)
class Named:
    """Where a person is named: their parts in open actions, steps to do, objectives, actions that they
    sponsor, indicators whose figures they give."""

    contacts: list[ActionContact]
    steps: list[Step]
    objectives: list[Objective]
    sponsored: list[Action]
    indicators: list[Indicator]
    alone: list[Action]

    @property
    def total(self) -> int:
        return len(self.contacts) + len(self.steps) + len(self.objectives) + len(self.sponsored) + len(self.indicators)


def named_on(person: Person, actor: Actor, today: date) -> Named:
    """What the person carries, as far as the actor may see it; `alone`: actions that have no other owner."""
    visible = queries.open_actions(actor).exclude(status__in=OVER)
    contacts = ActionContact.objects.filter(person=person, action__in=visible.values("pk"))
    others = owners_in_post(today).exclude(person=person)
    owned = contacts.filter(role=words.ContactRole.OWNER).values("action_id")
    return Named(
        list(contacts.select_related("action__plan").order_by("role", "action__code")),
        list(
            Step.objects.filter(assignee=person, done_on=None, action__in=visible.values("pk")).select_related(
                "action__plan"
            )
        ),
        list(queries.objectives(actor).filter(owner=person)),
        list(visible.filter(sponsor=person)),
        list(indicators.queries.indicators(actor).filter(keeper=person)),
        list(visible.filter(pk__in=owned).exclude(Exists(others))),
    )


@dataclass(frozen=True)
class Carried:
    """What an organisation has: open actions and objectives that it leads, its people, what is below it, its plans,
    what it measures."""

    actions: list[Action]
    objectives: list[Objective]
    people: list[Person]
    children: list[Organisation]
    plans: list[Any]
    indicators: list[Indicator]


def carried_by(organisation: Organisation, actor: Actor) -> Carried:
    """What must find a place when the organisation is dissolved."""
    return Carried(
        list(queries.actions(actor).filter(lead=organisation).exclude(status__in=OVER).order_by("plan_id", "order")),
        list(queries.objectives(actor).filter(lead=organisation).order_by("plan_id", "order")),
        list(Person.objects.filter(organisation=organisation, left_on=None)),
        list(organisation.children.filter(dissolved_on=None)),
        list(queries.plans(actor).filter(organisation=organisation)),
        list(indicators.queries.indicators(actor).filter(organisation=organisation)),
    )
