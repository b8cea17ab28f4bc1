"""Notices gathered into one readable mail, in the person's language, at their pace, with a way out of each kind."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from senne.core.mailing import notices
from senne.core.mailing.models import Mail, Notice
from senne.core.mailing.notices import News
from senne.core.mailing.rules import Cadence, Kind
from senne.core.models import Person
from senne.core.text import Text
from tests.city import City

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@pytest.fixture
def person(city: City) -> Person:
    found = city.people["owner"]
    found.email, found.language = "owner@example.org", "nl"
    found.save()
    return found


def tell(person: Person, key: str, kind: Kind = Kind.LATE) -> int:
    title = Text(fr=f"Rapporter {key}", nl=f"Rapporteren {key}", en=f"Report {key}")
    return notices.note([News(key, person.pk, kind, title, "/work/actions/X/Y/report/")], NOW)


def test_the_same_news_is_noted_once(person: Person) -> None:
    assert (tell(person, "a"), tell(person, "a"), tell(person, "b")) == (1, 0, 1)


def test_one_mail_gathers_them_in_the_persons_language(person: Person) -> None:
    tell(person, "a")
    tell(person, "b", Kind.TO_VALIDATE)
    assert notices.gather(NOW) == 1
    mail = Mail.objects.get()
    assert mail.subject.startswith("2 ")
    assert "Rapporteren a" in mail.text
    assert "Rapporteren b" in mail.text
    assert "/nl/work/actions/X/Y/report/" in mail.text
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert notices.gather(NOW + timedelta(hours=1)) == 0


def test_a_week_has_its_limit_and_nothing_is_lost(person: Person, settings: object) -> None:
    settings.MAILS_A_WEEK = 2  # type: ignore[attr-defined]
    for day in range(4):
        tell(person, f"day {day}")
        notices.gather(NOW + timedelta(days=day))
    assert Mail.objects.count() == 2
    assert Notice.objects.filter(mail=None).count() == 2
    assert notices.gather(NOW + timedelta(days=9)) == 1
    assert not Notice.objects.filter(mail=None).exists()


def test_who_left_or_has_no_address_is_not_written_to(person: Person) -> None:
    tell(person, "a")
    Person.objects.filter(pk=person.pk).update(email="")
    assert notices.gather(NOW) == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_one_click_ends_a_kind_without_a_login(person: Person, method: str) -> None:
    tell(person, "a")
    notices.gather(NOW)
    address = re.findall(r"http\S+/unsubscribe/\S+", Mail.objects.get().text)[0]
    path = address.removeprefix("http://127.0.0.1:8000")
    answer = getattr(Client(), method)(path)
    assert answer.status_code == 200
    ended = notices.cadences(person)["late"] is Cadence.NEVER
    assert ended == (method == "post")


def test_an_address_that_is_not_ours_ends_nothing(person: Person) -> None:
    assert notices.unsubscribe("nonsense") is None
    assert Client().post("/fr/unsubscribe/nonsense/").status_code == 404


def test_what_is_not_wanted_is_dropped_and_not_kept_for_later(person: Person) -> None:
    notices.choose(person, "late", Cadence.NEVER)
    tell(person, "a")
    assert notices.gather(NOW) == 0
    assert Notice.objects.get().dropped
