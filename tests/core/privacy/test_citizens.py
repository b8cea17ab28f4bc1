"""Citizens see, take and erase what they left, by a link that only their mailbox opens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from senne.core import retention
from senne.core.feedback import receive_feedback
from senne.core.mailing.models import Mail
from senne.core.models import Feedback
from senne.core.policy import VISITOR
from senne.core.privacy import citizens
from tests.city import TODAY, City
from tests.core.privacy.full import everything

NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Brussels"))
JEANNE = "Jeanne.Dupont@mail.example"


def a_message(email: str = JEANNE, **more: Any) -> Feedback:
    values = {"name": "Jeanne Dupont", "email": email, "message": "le trou devant ma porte", "language": "fr", **more}
    return receive_feedback(values, actor=VISITOR, today=TODAY)


def token_in(mail: Mail) -> str:
    return mail.text.split("/yours/")[1].split("/")[0]


def test_the_link_goes_to_the_address_alone_and_says_nothing_of_what_is_kept(city: City) -> None:
    a_message()
    assert citizens.send_link(" jeanne.dupont@MAIL.example", "nl", NOON)
    mail = Mail.objects.get()
    assert mail.to == "jeanne.dupont@mail.example"
    assert "trou" not in mail.text
    assert "/nl/privacy/yours/" in mail.text
    assert citizens.address_behind(token_in(mail)) == "jeanne.dupont@mail.example"


def test_an_unknown_address_gets_no_mail(city: City) -> None:
    a_message()
    assert not citizens.send_link("autre@mail.example", "fr", NOON)
    assert not Mail.objects.exists()


def test_a_forged_or_old_link_opens_nothing(city: City, monkeypatch: Any) -> None:
    a_message()
    citizens.send_link(JEANNE, "fr", NOON)
    token = token_in(Mail.objects.get())
    assert citizens.address_behind(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert citizens.address_behind("x") is None
    monkeypatch.setattr(citizens, "HOLDS", -1)
    assert citizens.address_behind(token) is None


def test_what_is_kept_is_shown_and_erased(city: City) -> None:
    a_message()
    other = a_message("paul@mail.example", name="Paul", message="autre chose")
    (chapter,) = citizens.yours("jeanne.dupont@mail.example")
    assert [row["message"] for table in chapter.tables for row in table.json] == ["le trou devant ma porte"]
    citizens.send_link(JEANNE, "fr", NOON)
    assert citizens.erase_yours("jeanne.dupont@mail.example") == 1
    tables = everything()
    for secret in ("jeanne", "le trou devant"):
        assert [name for name, text in tables.items() if secret in text.lower()] == []
    other.refresh_from_db()
    assert other.message == "autre chose"
    assert citizens.yours(JEANNE) == []


def test_the_mail_with_the_link_goes_after_two_days(city: City) -> None:
    a_message()
    citizens.send_link(JEANNE, "fr", NOON)
    assert retention.forget_mails(NOON + timedelta(days=1)) == 0
    assert retention.forget_mails(NOON + timedelta(days=3)) == 1
