"""A question and its answer are public only where both agreed, name nobody, and go when either takes them back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from senne.core import answers, retention
from senne.core.actors import SYSTEM
from senne.core.feedback import answer_feedback, receive_feedback
from senne.core.mailing import post
from senne.core.models import AuditEntry, Feedback, PublicAnswer
from senne.core.policy import VISITOR, Refused
from senne.core.privacy import citizens
from tests.city import TODAY, City, words

WORDS = {"question": words("Quand plante-t-on ?"), "answer": words("Au printemps.")}


def message(city: City, may_publish: bool = True, state: str = "answered") -> Feedback:
    action = city.actions["roads_public"]
    values: dict[str, Any] = {
        "language": "fr", "name": "Jeanne Dupont", "email": "jeanne@example.org", "message": "Jeanne Dupont: quand ?",
        "may_publish": may_publish, "kind": "plan.action", "record_id": action.pk, "record_label": action.title,
        "organisation": action.lead,
    }  # fmt: skip
    found = receive_feedback(values, actor=VISITOR)
    if state:
        answer_feedback(
            found, {"state": state, "answer": "Au printemps"}, actor=city.actor("coordination"), today=TODAY
        )
    return found


def published(city: City) -> PublicAnswer:
    return answers.publish_answer(message(city), WORDS, actor=city.actor("coordination"), today=TODAY)


def test_the_writer_agrees_by_a_box_that_is_not_ticked(city: City, client: Client) -> None:
    body = client.get("/fr/contact/").content.decode()
    assert 'name="may_publish"' in body
    assert not re.search(r'name="may_publish"[^>]*checked', body)


@pytest.mark.parametrize(("agreed", "state"), [(False, "answered"), (True, ""), (True, "closed")])
def test_without_both_nothing_is_published(city: City, agreed: bool, state: str) -> None:
    with pytest.raises(ValidationError):
        answers.publish_answer(message(city, agreed, state), WORDS, actor=city.actor("coordination"))
    assert not PublicAnswer.objects.exists()


def test_only_who_answers_messages_publishes(city: City) -> None:
    for role in ("owner", "reader", "body_manager"):
        with pytest.raises(Refused):
            answers.publish_answer(message(city), WORDS, actor=city.actor(role))


def test_it_stands_on_the_site_and_on_the_actions_page_without_a_name(city: City, client: Client) -> None:
    published(city)
    for path in ("/fr/answers/", "/fr/plans/CLIMATE/actions/roads-public/"):
        body = client.get(path).content.decode()
        assert "Au printemps." in body
        assert "Jeanne" not in body
    assert "Au printemps. (nl)" in client.get("/nl/answers/").content.decode()


def test_it_stays_when_the_message_is_erased_and_the_trail_keeps_no_copy(city: City) -> None:
    found = published(city)
    retention.erase_feedback(TODAY + timedelta(days=1), actor=SYSTEM)
    assert PublicAnswer.objects.filter(pk=found.pk).exists()
    assert not AuditEntry.objects.filter(changes__icontains="printemps").exists()


def test_the_writer_gets_the_place_and_takes_it_off_by_one_link(city: City, client: Client) -> None:
    published(city)
    post.send_waiting(timezone.now())
    text = str(mail.outbox[-1].body)
    link = re.search(r"(/fr/answers/off/\S+)", text)
    assert link
    assert client.get(link[1]).status_code == 200
    assert PublicAnswer.objects.exists(), "a mail scanner opens links"
    assert client.post(link[1]).status_code == 200
    assert not PublicAnswer.objects.exists()
    assert "Au printemps." not in client.get("/fr/answers/").content.decode()
    assert client.get(link[1]).status_code == 404
    assert client.post("/fr/answers/off/forged/").status_code == 404


def test_it_goes_with_all_else_that_the_writer_erases(city: City) -> None:
    published(city)
    citizens.erase_yours("jeanne@example.org")
    assert not PublicAnswer.objects.exists()


def test_the_coordination_publishes_rewords_and_takes_off_in_the_workspace(city: City, client: Client) -> None:
    city.login("coordination", client, second_factor=True)
    found = message(city)
    path = f"/fr/work/feedback/{found.pk}/publish/"
    body = client.get(path).content.decode()
    assert "Jeanne Dupont: quand ?" in body, "what was written, to be made fit"
    assert client.post(path, {"question_fr": "", "answer_fr": "Oui"}).status_code == 200
    assert not PublicAnswer.objects.exists()
    assert client.post(path, {"question_fr": "Quand ?", "answer_fr": "Bientôt"}).status_code == 302
    client.post(path, {"question_fr": "Quand ?", "answer_fr": "En mars", "answer_nl": "In maart"})
    assert PublicAnswer.objects.get().answer == {"fr": "En mars", "nl": "In maart"}
    assert "En mars" in client.get("/fr/answers/").content.decode()
    client.post(path, {"off": "1"})
    assert not PublicAnswer.objects.exists()


def test_a_message_without_agreement_has_no_page_to_publish(city: City, client: Client) -> None:
    city.login("coordination", client, second_factor=True)
    assert client.get(f"/fr/work/feedback/{message(city, may_publish=False).pk}/publish/").status_code == 404
