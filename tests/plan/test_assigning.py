"""Who is given an action, a step or an objective is told once, in their language, at their pace; nobody tells themselves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from senne.core import people, records
from senne.core.actors import SYSTEM, actor_of_person
from senne.core.mailing import notices
from senne.core.mailing.models import Mail, Notice
from senne.core.mailing.rules import Cadence, Kind
from senne.core.models import Person, User
from senne.core.policy import Actor
from senne.core.text import Text
from senne.indicators.api import do as figures
from senne.plan.api import Action, ActionContact, Step, do, words
from tests.city import TODAY, City, make_action, make_indicator

OWNER, CONTRIBUTOR, APPROVER = words.ContactRole.OWNER, words.ContactRole.CONTRIBUTOR, words.ContactRole.APPROVER


@pytest.fixture
def head(city: City) -> Actor:
    """The head of roads, who gives things to others, with an account like anybody who works here."""
    return with_account(city, "head")


def with_account(city: City, name: str) -> Actor:
    user = User.objects.create_user(f"{name}@example.org", "a long enough password")
    people.change_person(city.people[name], {"user": user, "email": user.email}, actor=SYSTEM)
    city.people[name].refresh_from_db()
    return actor_of_person(city.people[name], TODAY)


def told(person: Person) -> list[str]:
    found = Notice.objects.filter(person=person, kind=Kind.ASSIGNED, dropped=False).order_by("id")
    return [f"{notice.title['en']} – {notice.detail['en']}" for notice in found]


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (OWNER, "Head gave you this action: you report on it."),
        (CONTRIBUTOR, "Head counts on your contribution to this action."),
        (APPROVER, "Head asks you to validate what is reported on this action."),
    ],
)
def test_a_part_in_an_action(city: City, head: Actor, role: words.ContactRole, sentence: str) -> None:
    do.add_contact(city.actions["roads_internal"], city.people["contributor"], role, actor=head)
    assert told(city.people["contributor"]) == [f"roads-internal · roads internal (en) – {sentence}"]
    notice = Notice.objects.get(kind=Kind.ASSIGNED)
    assert notice.path == "/work/actions/CLIMATE/roads-internal/"
    assert notice.detail["fr"] != notice.detail["nl"] != notice.detail["en"]


def test_a_step_new_or_passed_on(city: City, head: Actor) -> None:
    action, first, second = city.actions["roads_internal"], city.people["contributor"], city.people["owner"]
    values = {"title": Text(fr="Sonder le sol", en="Test the ground"), "assignee": first}
    step: Any = do.add_child(Step, action, values, actor=head)
    assert told(first) == ["roads-internal · roads internal (en) – Head gave you a step: Test the ground"]
    do.change_child(step, {"assignee": second}, actor=head)
    assert told(second) == ["roads-internal · roads internal (en) – Head gave you a step: Test the ground"]
    assert told(first) == []
    do.change_child(step, {"title": Text(fr="Sonder")}, actor=head)
    assert len(told(second)) == 1


def test_an_objective(city: City) -> None:
    coordination = with_account(city, "coordination")
    do.change_part(city.objective, {"owner": city.people["head"]}, actor=coordination)
    assert told(city.people["head"]) == ["O1 · Objectif (en) – Coordination put you in charge of this objective."]
    assert Notice.objects.get(kind=Kind.ASSIGNED).path == "/work/objectives/CLIMATE/O1/"
    do.change_part(city.objective, {"description": Text(fr="Autre")}, actor=coordination)
    assert len(told(city.people["head"])) == 1


def test_nobody_is_told_what_they_did_themselves(city: City, head: Actor) -> None:
    action = city.actions["roads_internal"]
    do.add_contact(action, city.people["head"], OWNER, actor=head)
    do.add_child(Step, action, {"title": Text(fr="Sonder"), "assignee": city.people["head"]}, actor=head)
    assert not Notice.objects.filter(kind=Kind.ASSIGNED).exists()


def test_what_is_taken_away_before_the_mail_left_is_not_told(city: City, head: Actor) -> None:
    action, person = city.actions["roads_internal"], city.people["contributor"]
    do.set_contacts(action, [(person, CONTRIBUTOR)], actor=head)
    do.set_contacts(action, [], actor=head)
    assert told(person) == []
    do.set_contacts(action, [(person, OWNER)], actor=head)
    do.set_contacts(action, [(person, OWNER), (person, CONTRIBUTOR)], actor=head)
    assert len(told(person)) == 2


def test_what_is_over_and_who_left_are_not_told(city: City, head: Actor) -> None:
    action, step = city.actions["roads_internal"], Step.objects.get(action=city.actions["roads_internal"])
    do.change_child(step, {"done_on": TODAY}, actor=head)
    do.change_child(step, {"assignee": city.people["contributor"]}, actor=head)
    Person.objects.filter(pk=city.people["owner"].pk).update(left_on=date(2026, 1, 1))
    do.set_contacts(action, [(city.people["owner"], OWNER)], actor=head)
    Action.objects.filter(pk=action.pk).update(status=words.Status.DONE)
    action.refresh_from_db()
    do.set_contacts(action, [(city.people["contributor"], CONTRIBUTOR)], actor=head)
    assert not Notice.objects.filter(kind=Kind.ASSIGNED).exists()


def test_history_brought_in_is_no_news(city: City) -> None:
    action, person = city.actions["roads_internal"], city.people["contributor"]
    with records.in_one_go(), records.happened(datetime(2023, 3, 15, 9, tzinfo=timezone.get_default_timezone())):
        records.bulk_create([ActionContact(action=action, person=person, role=OWNER)], actor=SYSTEM)
    assert told(person) == []


def test_many_at_once_are_one_line(city: City, head: Actor) -> None:
    actions = [make_action(city, f"more_{n}", city.plan, "roads", "internal") for n in range(6)]
    for action in actions:
        do.add_contact(action, city.people["owner"], OWNER, actor=head)
    Notice.objects.all().delete()
    assert do.hand_over(city.people["owner"], city.people["contributor"], actor=head) == 6
    (line,) = told(city.people["contributor"])
    assert line.startswith("6 actions in which you have a part from now on – more-0, more-1")


def test_one_digest_in_their_language_and_at_their_pace(city: City, head: Actor) -> None:
    action, person = city.actions["roads_internal"], city.people["contributor"]
    people.change_person(person, {"email": "c@example.org", "language": "nl"}, actor=SYSTEM)
    do.add_contact(action, person, OWNER, actor=head)
    do.add_child(Step, action, {"title": Text(fr="Sonder", nl="Peilen"), "assignee": person}, actor=head)
    morning = (timezone.localtime() + timedelta(days=1)).replace(hour=8)
    assert notices.gather(morning) == 1
    mail = Mail.objects.get()
    assert "AAN U TOEVERTROUWD" in mail.text
    assert "Head vertrouwt u een stap toe: Peilen" in mail.text
    assert "/nl/work/actions/CLIMATE/roads-internal/" in mail.text
    notices.choose(person, Kind.ASSIGNED, Cadence.NEVER)
    do.add_contact(action, person, APPROVER, actor=head)
    assert notices.gather(morning + timedelta(days=1)) == 0
    assert Mail.objects.count() == 1


def test_who_is_to_give_figures_is_told(city: City) -> None:
    trees = make_indicator(city, "trees")
    figures.change_indicator(trees, {"keeper": city.people["owner"]}, actor=city.actor("head"))
    notice = Notice.objects.get(person=city.people["owner"], kind="assigned")
    assert notice.path == "/work/indicators/trees/"
    assert "Head compte sur vous pour les valeurs" in notice.detail["fr"]
