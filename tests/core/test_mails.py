"""Who gets which mail, in which language; and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import TestCase
from django.utils import timezone

from senne.core import people, retention
from senne.core.actors import SYSTEM
from senne.core.feedback import answer_feedback, receive_feedback
from senne.core.mailing import post
from senne.core.mailing.models import Mail
from senne.core.models import Feedback, Person, User
from senne.core.policy import VISITOR, Role
from tests.city import TODAY
from tests.core.world import World


@contextmanager
def committed() -> Iterator[None]:
    """What is done in it is committed, and the post is done."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        yield
    post.send_waiting(timezone.now())


@pytest.fixture
def world(world: World) -> World:
    """Everybody has an address, named after their role."""
    for name, person in world.people.items():
        people.change_person(
            person, {"email": f"{name}@x.example", "language": "nl" if "body" in name else "fr"}, actor=SYSTEM
        )
    mail.outbox.clear()
    return world


def message(world: World, place: str | None, **more: Any) -> Feedback:
    values = {"message": "Bonjour", "language": "fr", "organisation": world.units[place] if place else None, **more}
    with committed():
        return receive_feedback(values, actor=VISITOR, today=TODAY)


def answer(feedback: Feedback, world: World, **values: str) -> None:
    with committed():
        answer_feedback(feedback, values, actor=world.actor("coordination"), today=TODAY)


def readers() -> set[str]:
    return {address.split("@")[0] for sent in mail.outbox for address in sent.to}


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (None, {"coordination"}),
        ("city", {"coordination"}),
        ("roads", {"coordination"}),
        ("welfare", {"coordination", "body_coordination", "body_manager"}),
        ("housing", {"coordination", "other_body_manager"}),
        ("university", {"coordination"}),
    ],
)
def test_a_message_is_told_to_those_who_may_answer_it(world: World, place: str | None, told: set[str]) -> None:
    message(world, place)
    assert readers() == told
    assert all(len(sent.to) == 1 and not sent.cc and not sent.bcc for sent in mail.outbox), (
        "nobody reads who else was told"
    )


def test_each_is_told_in_their_language(world: World) -> None:
    message(world, "welfare")
    subjects = {sent.to[0].split("@")[0]: sent.subject for sent in mail.outbox}
    assert subjects["coordination"] == "Nouveau message sur le site du plan climat"
    assert subjects["body_manager"] != subjects["coordination"]


def test_who_left_ended_or_is_closed_is_not_told(world: World) -> None:
    people.leave(world.people["body_manager"], TODAY.replace(day=1), actor=SYSTEM, today=TODAY)
    people.end_role(world.people["body_coordination"].roles.get(), TODAY, actor=SYSTEM)
    user = User.objects.create_user("coordination@x.example", None, is_active=False)
    people.change_person(world.people["coordination"], {"user": user}, actor=SYSTEM)
    message(world, "welfare")
    assert readers() == set()


def test_an_answer_goes_to_the_sender_alone(world: World) -> None:
    feedback = message(world, "roads", email="jeanne@z.example", name="Jeanne")
    mail.outbox.clear()
    answer(feedback, world, state="in_hand", answer="On regarde")
    assert mail.outbox == []
    answer(feedback, world, state="answered", answer="C'est fait")
    assert [sent.to for sent in mail.outbox] == [["jeanne@z.example"]]
    assert "C'est fait" in mail.outbox[0].body
    answer(feedback, world, answer="C'est bien fait")
    assert len(mail.outbox) == 1, "once"


def test_an_answer_without_an_address_is_sent_to_nobody(world: World) -> None:
    feedback = message(world, "roads")
    mail.outbox.clear()
    answer(feedback, world, state="answered", answer="x")
    assert mail.outbox == []


def test_an_invitation_goes_to_the_person_alone(world: World) -> None:
    with committed():
        people.invite(Person.objects.get(pk=world.people["reader"].pk), actor=world.actor("coordination"))
    assert readers() == {"reader"}


def test_a_role_given_and_a_leaving_send_nothing(world: World) -> None:
    with committed():
        people.give_role(world.people["reader"], Role.OWNER, world.units["roads"], actor=SYSTEM, since=date(2024, 1, 1))
        people.leave(world.people["reader"], TODAY, actor=SYSTEM, today=TODAY)
    assert mail.outbox == []


def test_an_answer_that_cannot_leave_is_tried_again_and_its_fate_is_known(world: World, settings: Any) -> None:
    feedback = message(world, "roads", email="jeanne@z.example", name="Jeanne")
    settings.EMAIL_BACKEND = "tests.core.test_mails.Down"
    answer(feedback, world, state="answered", answer="C'est fait")
    waiting = Mail.objects.get(key__startswith="answer:")
    assert (waiting.state, waiting.attempts) == (Mail.State.WAITING, 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox.clear()
    post.send_waiting(timezone.now() + timedelta(hours=1))
    assert [sent.to for sent in mail.outbox] == [["jeanne@z.example"]]


def test_of_what_a_citizen_wrote_only_the_fate_of_its_mails_stays(world: World) -> None:
    feedback = message(world, "roads", email="jeanne@z.example", name="Jeanne")
    answer(feedback, world, state="answered", answer="C'est fait")
    retention.forget_mails(timezone.now() + timedelta(hours=23))
    assert Mail.objects.get(key__startswith="answer:").text
    retention.forget_mails(timezone.now() + timedelta(hours=25))
    kept = [(letter.state, letter.text) for letter in Mail.objects.all()]
    assert kept == [(Mail.State.SENT, "")] * len(kept)
    assert Mail.objects.get(key__startswith="answer:").to == ""


class Down(BaseEmailBackend):
    """A mail server that is away."""

    def send_messages(self, email_messages: Any) -> int:
        raise OSError("no route to the mail server")
