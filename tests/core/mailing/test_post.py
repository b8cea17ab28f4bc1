"""The post: queued once, sent once, tried again, its fate known."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from senne.core.mailing import post, transport
from senne.core.mailing.models import Mail
from senne.core.policy import Refused
from tests.city import City

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.EMAIL_BACKEND = "senne.core.mailing.transport.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def write(key: str = "k1", text: str = "Bonjour à vous.\n") -> Mail:
    return post.queue(key, "a@example.org", "Un\nsujet", text, language="fr", now=NOW)


def mails(folder: Path) -> list[Any]:
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.glob("*.eml"))]


def test_a_mail_is_plain_text_with_its_headers(folder: Path) -> None:
    write()
    assert post.send_waiting(NOW) == {"sent": 1, "not sent": 0}
    mail = mails(folder)[0]
    assert (mail["To"], mail["Subject"], mail.get_content_type()) == ("a@example.org", "Un sujet", "text/plain")
    assert mail.get_content() == "Bonjour à vous.\n"
    assert Mail.objects.get().state == Mail.State.SENT


def test_the_same_thing_is_never_said_twice(folder: Path) -> None:
    assert write().pk == write(text="Autre chose").pk
    post.send_waiting(NOW)
    post.send_waiting(NOW + timedelta(hours=1))
    assert len(mails(folder)) == 1


def refuse(code: int) -> Any:
    def hand_over(*_args: Any) -> None:
        raise smtplib.SMTPRecipientsRefused({"a@example.org": (code, b"no such user")})

    return hand_over


def test_a_bounce_is_seen_and_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "hand_over", refuse(550))
    write()
    assert post.send_waiting(NOW) == {"sent": 0, "not sent": 1}
    mail = Mail.objects.get()
    assert mail.state == Mail.State.REFUSED
    assert "550" in mail.error
    assert post.send_waiting(NOW + timedelta(days=3)) == {"sent": 0, "not sent": 0}


def test_a_server_that_is_away_is_asked_again_until_it_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "hand_over", refuse(451))
    write()
    now, tried = NOW, 0
    for _turn in range(20):
        tried += post.send_waiting(now)["not sent"]
        now += timedelta(hours=13)
    assert tried == 6
    assert Mail.objects.get().state == Mail.State.FAILED


def test_a_crash_before_leaving_loses_nothing(folder: Path) -> None:
    mail = write()
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.LEAVING, left_at=NOW)
    assert post.send_waiting(NOW + timedelta(minutes=10)) == {"sent": 1, "not sent": 0}


def test_a_crash_after_leaving_sends_nothing_twice(folder: Path) -> None:
    mail = write()
    transport.hand_over(mail.key, mail.to, mail.subject, mail.text, {})
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.LEAVING, left_at=NOW)
    assert post.send_waiting(NOW + timedelta(minutes=10)) == {"sent": 0, "not sent": 0}
    assert Mail.objects.get().state == Mail.State.SENT
    assert len(mails(folder)) == 1


def test_where_a_server_took_it_whoever_manages_the_person_decides(settings: Any, city: City) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail = write()
    Mail.objects.filter(pk=mail.pk).update(person=city.people["owner"])
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.LEAVING, left_at=NOW)
    post.send_waiting(NOW + timedelta(minutes=10))
    mail.refresh_from_db()
    assert mail.state == Mail.State.UNCLEAR
    with pytest.raises(Refused):
        post.send_again(mail, NOW + timedelta(minutes=11), actor=city.actor("head"))
    post.send_again(mail, NOW + timedelta(minutes=11), actor=city.actor("coordination"))
    assert post.send_waiting(NOW + timedelta(minutes=11)) == {"sent": 1, "not sent": 0}
