"""From an account to the Actor that the policy knows: two queries, once a request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from senne.core.models import Person, RoleAssignment, User
from senne.core.policy import VISITOR, Actor, Grant, Role

SYSTEM = Actor(name="Senne", grants=(Grant(Role.COORDINATION, "", ""),))


def actor_of_person(person: Person, today: date | None = None) -> Actor:
    """The person as an actor, with the roles held on `today`.

    After somebody has left they are a name without rights: no role, and no contact of any record. A role is held until
    its last date, that day not included, and ends with its organisation.
    """
    today = today or timezone.localdate()
    if person.left_on and person.left_on < today:
        return Actor(user_id=person.user_id, name=person.name, language=person.language)
    return _with(person, held_on(today).filter(person=person).select_related("organisation"))


def actors_of(people: Iterable[Person], today: date) -> dict[int, Actor]:
    """Many people at once, by key: one query."""
    there = [person for person in people if not (person.left_on and person.left_on < today)]
    held: dict[int, list[RoleAssignment]] = defaultdict(list)
    for role in held_on(today).filter(person__in=[person.pk for person in there]).select_related("organisation"):
        held[role.person_id].append(role)
    return {person.pk: _with(person, held[person.pk]) for person in there}


def held_on(today: date) -> QuerySet[RoleAssignment]:
    """The roles that are held on that day, by whomever."""
    return RoleAssignment.objects.filter(
        Q(until=None) | Q(until__gt=today),
        Q(organisation__dissolved_on=None) | Q(organisation__dissolved_on__gt=today),
        since__lte=today,
    )


def _with(person: Person, held: Iterable[RoleAssignment]) -> Actor:
    grants = tuple(
        Grant(Role(role.role), role.organisation.path, role.organisation.house, role.register) for role in held
    )
    return Actor(person.user_id, person.pk, person.name, person.language, grants)


def actor_of(user: Any) -> Actor:
    """The account as an actor. A superuser coordinates everything; an account without a person has no rights."""
    if not isinstance(user, User) or not user.is_active:
        return VISITOR
    person = Person.objects.filter(user=user).first()
    if person is not None:
        actor = actor_of_person(person)
    else:
        actor = Actor(user_id=user.pk, name=user.email, language=user.language)
    if user.is_superuser:
        grants = (*actor.grants, Grant(Role.COORDINATION, "", ""))
        return Actor(actor.user_id, actor.person_id, actor.name, actor.language, grants)
    return actor
