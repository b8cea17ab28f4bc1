"""Citizens' messages: by state, in whose hands, answered."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from senne.core import retention
from senne.core.actors import SYSTEM
from senne.core.feedback import answer_feedback
from senne.core.mailing import post
from senne.core.models import Feedback
from tests.city import TODAY, City
from tests.workspace.conftest import Browse

INBOX = "/fr/work/feedback/"


def message(city: City, unit: str = "city", **values: str) -> Feedback:
    data = {"language": "nl", "message": "Wanneer komt het fietspad?", "email": "an@example.org", **values}
    return Feedback.objects.create(organisation=city.units[unit], **data)


def test_filters_and_the_link_to_the_record(city: City, browse: Browse) -> None:
    message(city, record_path="/fr/plans/CLIMATE/actions/roads-public/")
    closed = message(city, state="closed", message="Klaar")
    client = browse("coordination")
    body = client.get(INBOX).content.decode()
    assert "/fr/plans/CLIMATE/actions/roads-public/" in body
    assert 'lang="nl"' in body
    assert "Klaar" not in body
    assert closed.message in client.get(f"{INBOX}?state=closed").content.decode()


def test_taken_in_hand_and_then_mine(city: City, browse: Browse) -> None:
    found = message(city)
    client = browse("coordination")
    client.post(f"{INBOX}{found.pk}/", {"take": "1"})
    found.refresh_from_db()
    assert (found.state, found.handled_by) == ("in_hand", city.people["coordination"])
    assert found.message in client.get(f"{INBOX}?state=&mine=1").content.decode()


def test_an_answer_goes_by_mail(city: City, browse: Browse) -> None:
    found = message(city)
    client = browse("coordination")
    empty = client.post(f"{INBOX}{found.pk}/", {"version": found.version, "state": "answered", "answer": ""})
    assert "Écrivez d&#x27;abord la réponse" in empty.content.decode()
    data = {"version": found.version, "state": "answered", "answer": "In het voorjaar."}
    assert client.post(f"{INBOX}{found.pk}/", data).status_code == 302
    post.send_waiting(timezone.now())
    assert mail.outbox[-1].to == ["an@example.org"]
    assert "Courriel avec la réponse</dt><dd>Envoyé, " in client.get(f"{INBOX}{found.pk}/").content.decode()
    assert "In het voorjaar." in mail.outbox[-1].body


def test_two_people_answer_at_once(city: City, browse: Browse) -> None:
    found = message(city)
    client = browse("coordination")
    client.post(f"{INBOX}{found.pk}/", {"version": found.version, "state": "in_hand", "answer": "Une première"})
    data = {"version": found.version, "state": "answered", "answer": "Une seconde"}
    body = client.post(f"{INBOX}{found.pk}/", data).content.decode()
    assert "Une première" in body
    assert "Une seconde" in body


def test_a_body_answers_its_own(city: City, browse: Browse) -> None:
    mine, theirs = message(city, "welfare"), message(city)
    client = browse("body_manager")
    assert client.get(f"{INBOX}{mine.pk}/").status_code == 200
    assert client.get(f"{INBOX}{theirs.pk}/").status_code == 404
    assert client.post(f"{INBOX}{theirs.pk}/", {"take": "1"}).status_code == 404


def test_the_inbox_asks_as_much_whatever_its_length(city: City, browse: Browse) -> None:
    client = browse("coordination")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(INBOX).status_code == 200
        return len(asked)

    message(city)
    before = count()
    for _number in range(15):
        message(city, state="in_hand")
    assert count() == before


def test_of_an_erased_message_remains_that_it_came(city: City, browse: Browse) -> None:
    found = message(city)
    answer_feedback(found, {"state": "closed"}, actor=city.actor("coordination"), today=TODAY)
    retention.erase_feedback(TODAY.replace(day=28), actor=SYSTEM)
    client = browse("coordination")
    body = client.get(f"{INBOX}{found.pk}/").content.decode()
    assert "28 novembre 2026" in body
    assert "n’a pas laissé d" not in body, "whether there was an address is not known any more"
    assert "<textarea" not in body
    client.post(f"{INBOX}{found.pk}/", {"take": "1"})
    found.refresh_from_db()
    assert found.state == "closed"
    with pytest.raises(ValidationError):
        answer_feedback(found, {"state": "answered", "answer": "Trop tard"}, actor=city.actor("coordination"))
    assert "(effacé)" in client.get(f"{INBOX}?state=closed").content.decode()
