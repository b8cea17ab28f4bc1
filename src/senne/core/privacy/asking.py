"""A person asks to be erased: a request to the coordination, which is a duty until it is done or declined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from senne.core.models import Person
from senne.core.paths import path_without_language
from senne.core.policy import Actor, Refused, Subject
from senne.core.talk import asking, subjects
from senne.core.talk.models import Request
from senne.core.text import Text, the_same

# A request of somebody about their own data is answered within a month (Article 12(3) of the Regulation).
WITHIN = timedelta(days=30)


def ask_for_erasure(sentence: str, *, actor: Actor, today: date) -> Request:
    """Ask the coordination to erase what is kept about oneself. Raises Refused, ValidationError (asked already)."""
    person = Person.objects.select_related("organisation").filter(pk=actor.person_id or 0).first()
    if person is None:
        raise Refused("erase_people", Subject("person"))
    return asking.ask_coordination(
        person, Request.What.ERASE, due_on=today + WITHIN, sentence=sentence, actor=actor, today=today
    )


def waiting_request(person: Person) -> Request | None:
    """The request that waits, if there is one."""
    found = Request.objects.filter(subject_kind="core.person", subject_id=person.pk, what=Request.What.ERASE)
    return found.filter(state=Request.State.OPEN).first()


def _people(ids: Iterable[int]) -> Mapping[int, Person]:
    return {person.pk: person for person in Person.objects.filter(pk__in=ids).select_related("organisation")}


def _label(person: Person) -> Text:
    return the_same(person.name)


def register() -> None:
    """Called once when the room starts."""
    kind = subjects.Kind(
        Person, "person", _people, _label, lambda person: path_without_language("workspace:person", person.pk), ()
    )
    subjects.register(kind)
    asking.watch(kind.kind)
