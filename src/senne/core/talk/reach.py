"""Who may read what is said about a record, who may be asked something, and who stands in for whom. Few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from senne.core.actors import actors_of, held_on
from senne.core.duties.keeping import absences_on
from senne.core.models import Person
from senne.core.policy import Actor, Role, Subject, can_report, can_see_comments, can_validate, can_view, may_ask

ABLE = {"report": can_report, "validate": can_validate, "answer": can_see_comments}


@dataclass(frozen=True)
class Colleague:
    """Somebody in post, as a person and as an actor."""

    person: Person
    actor: Actor


def in_post(today: date) -> QuerySet[Person]:
    """People who have not left."""
    there = Person.objects.filter(Q(left_on=None) | Q(left_on__gte=today)).select_related("organisation")
    return there.order_by("organisation__path", "name")


def around(subject: Subject, today: date) -> list[Colleague]:
    """People in post who may have something to do with the record: of its houses, above it, or named on it."""
    above = Q()
    for path in _paths_to(subject.path):
        above |= Q(role=Role.COORDINATION, organisation__path=path)
    houses = {subject.house, *subject.partner_houses} - {""}
    holding = held_on(today).filter(Q(organisation__house__in=houses) | above).values("person_id")
    named = [person for person, _role in subject.contacts]
    people = list(in_post(today).filter(Q(organisation__house__in=houses) | Q(pk__in=holding) | Q(pk__in=named)))
    actors = actors_of(people, today)
    return [Colleague(person, actors[person.pk]) for person in people if person.pk in actors]


def _paths_to(path: str) -> list[str]:
    """'/1/2/3/' → ['/', '/1/', '/1/2/', '/1/2/3/']."""
    parts = [part for part in path.split("/") if part]
    return ["/", *("/" + "/".join(parts[: n + 1]) + "/" for n in range(len(parts)))]


def known_to(actor: Actor, subject: Subject, colleagues: Iterable[Colleague]) -> list[Colleague]:
    """Those whom the writer may know of: of their own houses or below them, and who reads along anyway."""
    return [c for c in colleagues if can_view(actor, c.person.subject()) or can_see_comments(c.actor, subject)]


def readers(subject: Subject, colleagues: Iterable[Colleague]) -> list[Colleague]:
    """Those who may read what is said about the record."""
    return [colleague for colleague in colleagues if can_see_comments(colleague.actor, subject)]


def askable(actor: Actor, subject: Subject, what: str, colleagues: Iterable[Colleague]) -> list[Colleague]:
    """Those whom the actor may ask for this, and who could do it."""
    able = ABLE[what]
    return [c for c in colleagues if may_ask(actor, subject, c.actor, c.person.subject()) and able(c.actor, subject)]


def coordination_over(path: str, today: date) -> list[int]:
    """People in post who coordinate the organisation at `path`, the nearest first."""
    held = held_on(today).filter(role=Role.COORDINATION, organisation__path__in=_paths_to(path))
    held = held.filter(Q(person__left_on=None) | Q(person__left_on__gte=today))
    found = sorted(held.values_list("organisation__path", "person_id"), key=lambda pair: (-len(pair[0]), pair[1]))
    return list(dict.fromkeys(person for _path, person in found))


def stands_in_for(person_id: int | None, today: date) -> list[int]:
    """The people whose deputy this person is today."""
    return [absence.person for absence in absences_on(today) if absence.deputy == person_id and person_id]
