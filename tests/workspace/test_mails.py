"""How a person is written to, who stands in, the calendar with a secret address, the log of mails."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from senne.core import people
from senne.core.actors import SYSTEM
from senne.core.duties import keeping
from senne.core.duties.models import Absence, CalendarKey
from senne.core.mailing import notices, post
from senne.core.mailing.models import Mail
from senne.core.policy import Role
from tests.city import City, add_contact

MAILS = "/fr/work/account/mails/"
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def owner(city: City, client: Client) -> Client:
    add_contact(city.actions["roads_public"], city.people["owner"], "owner")
    city.login("owner", client)
    return client


def test_everybody_chooses_how_often_they_are_written_to(owner: Client, city: City) -> None:
    data = dict.fromkeys(notices.cadences(city.people["owner"]), "weekly") | {"late": "never"}
    assert owner.post(MAILS, data).status_code == 302
    chosen = notices.cadences(city.people["owner"])
    assert (chosen["late"], chosen["due"]) == ("never", "weekly")


def test_a_kind_of_mail_that_is_left_out_stays_as_it_is(owner: Client, city: City) -> None:
    before = notices.cadences(city.people["owner"])
    assert owner.post(MAILS, {"late": "never"}).status_code == 302
    assert notices.cadences(city.people["owner"]) == {**before, "late": "never"}
    body = owner.get(MAILS).content.decode()
    assert "(obligatoire)" not in body.split("cadences")[1].split("</form>")[0]


def test_a_deputy_finds_what_falls_due_meanwhile(owner: Client, city: City) -> None:
    today = timezone.localdate()
    deputy = city.people["contributor"]
    data = {"start": today.isoformat(), "end": (today + timedelta(days=9)).isoformat(), "deputy": str(deputy.pk)}
    assert owner.post("/fr/work/account/absences/", data).status_code == 302
    assert "Contributor" in owner.get(MAILS).content.decode()
    keeping.keep(today, timezone.now())
    due = keeping.owed_by(city.people["owner"].pk, today + timedelta(days=40))
    assert keeping.owed_by(city.people["owner"].pk, today) == []
    assert isinstance(due, list)
    other = Client()
    city.login("contributor", other)
    assert "Vous remplacez" in other.get(MAILS).content.decode()


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [(5, 1, "se termine avant de commencer"), (0, 2, "déjà ces jours"), (None, 1, "obligatoire")],
)
def test_absences_that_cannot_be_are_refused(owner: Client, city: City, start: int | None, end: int, said: str) -> None:
    today = timezone.localdate()
    days = {n: (today + timedelta(days=n)).isoformat() for n in range(10)}
    owner.post("/fr/work/account/absences/", {"start": days[0], "end": days[2]})
    data = {"start": days[start] if start is not None else "", "end": days[end]}
    body = owner.post("/fr/work/account/absences/", data).content.decode()
    assert said in body
    assert Absence.objects.count() == 1


def test_only_oneself_and_those_who_lead_set_an_absence(owner: Client, city: City) -> None:
    today = timezone.localdate()
    owner.post("/fr/work/account/absences/", {"start": today.isoformat(), "end": today.isoformat()})
    absence = Absence.objects.get()
    other = Client()
    city.login("other_head", other)
    assert other.post(f"/fr/work/account/absences/{absence.pk}/remove/").status_code == 403
    head = Client()
    city.login("head", head)
    assert head.post(f"/fr/work/account/absences/{absence.pk}/remove/").status_code == 302


def test_the_calendar_needs_its_secret_alone_and_a_new_one_ends_the_old(owner: Client, city: City) -> None:
    owner.post("/fr/work/account/calendar/")
    first = CalendarKey.objects.get().secret
    found = Client().get(f"/calendar/{first}.ics")
    assert found.headers["Content-Type"].startswith("text/calendar")
    titles = [str(event["summary"]) for event in Calendar.from_ical(found.content).walk("VEVENT")]
    assert "roads-public · Première étape" in titles
    assert not any("internal" in title for title in titles)
    owner.post("/fr/work/account/calendar/")
    assert Client().get(f"/calendar/{first}.ics").status_code == 404


def a_mail(city: City, name: str) -> Mail:
    person = city.people[name]
    return post.queue(
        f"test:{name}", f"{name}@example.org", "Un rappel", "Texte", language="fr", now=NOW, person=person
    )


def test_the_coordination_reads_the_log_and_tries_again_what_bounced(city: City, client: Client) -> None:
    city.login("coordination", client, second_factor=True)
    mail = a_mail(city, "owner")
    Mail.objects.update(state="refused", error="550 unknown user")
    assert "550 unknown user" in client.get("/fr/work/outbox/").content.decode()
    page = f"/fr/work/outbox/{mail.pk}/"
    assert "Texte" in client.get(page).content.decode()
    client.post(page)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("waiting", 0)


@pytest.mark.parametrize("name", ["owner", "head", "reader", "body_manager"])
def test_nobody_else_reads_the_log(city: City, client: Client, name: str) -> None:
    mail = a_mail(city, "owner")
    city.login(name, client)
    assert client.get("/fr/work/outbox/").status_code == 403
    assert client.get(f"/fr/work/outbox/{mail.pk}/").status_code == 403


def a_letter(folder: Path, to: str) -> None:
    letter = EmailMessage("Invitation", f"Bienvenue {to}", "climat@example.org", [to])
    (folder / f"{to}.eml").write_bytes(letter.message().as_bytes())


@pytest.mark.parametrize(
    ("unit", "reads"),
    [("welfare", {"body_owner@example.org"}), ("city", {"body_owner@example.org", "owner@example.org"})],
)
def test_letters_of_a_machine_without_a_server_are_for_those_who_look_after_their_readers(
    city: City, client: Client, settings: Any, tmp_path: Path, unit: str, reads: set[str]
) -> None:
    """Those to citizens are nobody's to read."""
    settings.LOCAL, settings.EMAIL_FILE_PATH = True, str(tmp_path)
    for name in ("owner", "body_owner"):
        people.change_person(city.people[name], {"email": f"{name}@example.org"}, actor=SYSTEM)
    addresses = {"owner@example.org", "body_owner@example.org", "citizen@example.org"}
    for to in addresses:
        a_letter(tmp_path, to)
    person = people.add_person({"name": "Somebody", "organisation": city.units[unit]}, actor=SYSTEM)
    people.give_role(person, Role.COORDINATION, city.units[unit], actor=SYSTEM, since=date(2024, 1, 1))
    city.people["somebody"] = person
    city.login("somebody", client, second_factor=True)
    body = client.get("/fr/work/outbox/").content.decode()
    assert {to for to in addresses if f"Bienvenue {to}" in unescape(re.sub("<[^>]+>", "", body))} == reads
