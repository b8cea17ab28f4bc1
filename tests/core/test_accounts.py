"""Passwords, addresses, invitations, and the trail that tells of accounts."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client, TestCase

from senne.core import people
from senne.core.actors import SYSTEM
from senne.core.history import security_trail
from senne.core.models import AuditEntry, Person, User
from senne.core.policy import Role
from tests.city import PASSWORD, City
from tests.core.accounts import TOTP_SECRET, log_in, verbs, with_account


@pytest.mark.parametrize(("language", "words"), [("fr", "mot de passe"), ("nl", "wachtwoord"), ("en", "password")])
@pytest.mark.parametrize("asked_in", ["fr", "en"])
def test_the_mail_for_a_new_password_is_in_its_readers_language(
    city: City, client: Client, language: str, words: str, asked_in: str
) -> None:
    user = with_account(city, "owner", language)
    client.post(f"/{asked_in}/account/password/reset/", {"email": user.email})
    sent = mail.outbox[-1]
    assert sent.to == [user.email]
    assert words in sent.subject.lower() + sent.body.lower()
    assert f"/{language}/account/password/reset/key/" in sent.body
    assert "testserver" not in sent.subject


def test_a_new_password_by_mail_closes_what_was_open(city: City, client: Client) -> None:
    user = with_account(city, "owner")
    log_in(client, user.email)
    other = Client()
    other.post("/fr/account/password/reset/", {"email": user.email})
    address = re.search(r"http://\S+(/fr/account/password/reset/key/\S+)", mail.outbox[-1].body)
    assert address is not None
    form = other.get(address[1], follow=True)
    new = "another long password"
    done = other.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert done.status_code == 302
    assert client.get("/fr/work/").status_code == 302, "the old session is over"
    assert log_in(Client(), user.email).status_code == 200
    assert log_in(Client(), user.email, new).status_code == 302
    assert "password_reset" in verbs(user)
    again = Client().get(address[1], follow=True)
    assert 'name="password1"' not in again.content.decode(), "the link works once"


def test_a_changed_password_is_told_and_never_kept(city: City, client: Client) -> None:
    user = with_account(city, "owner")
    log_in(client, user.email)
    new = "another long password"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/fr/account/password/change/", form).status_code == 302
    assert "password_changed" in verbs(user)
    created = AuditEntry.objects.get(kind="core.user", verb="create")
    assert created.changes["password"] == [None, "•••"]


@pytest.mark.parametrize("weak", ["short", "password12345", "123456789012"])
def test_a_weak_password_is_refused(city: City, client: Client, weak: str) -> None:
    user = with_account(city, "owner")
    log_in(client, user.email)
    form = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert client.post("/fr/account/password/change/", form).status_code == 200
    assert User.objects.get().check_password(PASSWORD)


def test_a_changed_address_counts_once_it_is_confirmed(city: City, client: Client) -> None:
    user = with_account(city, "owner")
    log_in(client, user.email)
    client.post("/fr/account/email/", {"action_add": "", "email": "new@city.example"})
    assert User.objects.get().email == "owner@city.example"
    address = re.search(r"http://\S+(/fr/account/confirm-email/\S+)", mail.outbox[-1].body)
    assert address is not None
    client.post(address[1])
    assert User.objects.get().email == "new@city.example"
    assert Person.objects.get(user=user).email == "new@city.example"
    assert AuditEntry.objects.get(verb="email_changed").changes == {"email": ["owner@city.example", "new@city.example"]}


@pytest.mark.parametrize("wanted", ["head@city.example", "HEAD@city.example", "reader@city.example"])
def test_nobody_takes_an_address_that_is_somebody_elses(city: City, client: Client, wanted: str) -> None:
    """Neither that of an account nor that of a person who is not invited yet: invitations and logins go by it."""
    user = with_account(city, "owner")
    with_account(city, "reader")
    people.change_person(city.people["head"], {"email": "head@city.example"}, actor=SYSTEM)
    log_in(client, user.email)
    sent = len(mail.outbox)
    answer = client.post("/fr/account/email/", {"action_add": "", "email": wanted})
    assert answer.status_code == 200
    assert not EmailAddress.objects.filter(user=user, email__iexact=wanted).exists()
    assert len(mail.outbox) == sent


def test_an_invitation_does_not_tie_a_person_to_somebody_elses_account(city: City) -> None:
    user = User.objects.create_user("shared@city.example", None)
    people.change_person(city.people["owner"], {"user": user}, actor=SYSTEM)
    people.change_person(city.people["head"], {"email": "shared@city.example"}, actor=SYSTEM)
    with pytest.raises(ValidationError, match="quelqu’un d’autre"):
        people.invite(city.people["head"], actor=SYSTEM)
    assert Person.objects.get(pk=city.people["head"].pk).user is None


def invited(city: City, name: str = "reader", language: str = "nl", **changes: Any) -> str:
    """The person is invited; returns the path of the link."""
    values = {"email": f"{name}@city.example", "language": language, **changes}
    people.change_person(city.people[name], values, actor=SYSTEM)
    address = people.invite(Person.objects.get(pk=city.people[name].pk), actor=city.actor("coordination"))
    return address.removeprefix("http://127.0.0.1:8000")


@pytest.mark.parametrize(("language", "words"), [("fr", "vous invite"), ("nl", "nodigt u"), ("en", "invites you")])
def test_an_invitation_comes_in_the_persons_language(city: City, language: str, words: str) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        path = invited(city, language=language)
    assert path.startswith(f"/{language}/account/invitation/")
    sent = mail.outbox[-1]
    assert words in sent.body
    assert path in sent.body


def test_an_invitation_works_once(city: City, client: Client) -> None:
    path = invited(city)
    assert client.get(path).status_code == 200
    form = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    assert client.post(path, form)["Location"] == "/nl/work/"
    assert client.get("/nl/work/").status_code == 200
    assert Client().get(path).status_code == 410
    assert (
        Client().post(path, {"new_password1": "stolen password!", "new_password2": "stolen password!"}).status_code
        == 410
    )
    user = User.objects.get(email="reader@city.example")
    assert user.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=user).verified
    assert [verb for verb in verbs(user) if verb in {"create", "invite", "accept"}] == ["create", "invite", "accept"]


def test_an_invitation_expires(city: City, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    path = invited(city)
    now = people.token_maker._now()
    monkeypatch.setattr(people.token_maker, "_now", lambda: now + timedelta(days=2))
    assert client.get(path).status_code == 200
    monkeypatch.setattr(people.token_maker, "_now", lambda: now + timedelta(days=3, seconds=1))
    assert client.get(path).status_code == 410


def test_inviting_again_ends_the_link_before(city: City, client: Client) -> None:
    first = invited(city)
    second = people.invite(Person.objects.get(pk=city.people["reader"].pk), actor=SYSTEM).removeprefix(
        "http://127.0.0.1:8000"
    )
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    assert User.objects.filter(email="reader@city.example").count() == 1


def test_an_invitation_opens_nothing_without_the_code_of_who_has_one(city: City, client: Client) -> None:
    path = invited(city, "coordination", "fr")
    TOTP.activate(User.objects.get(), TOTP_SECRET)
    client.post(path, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert client.get("/fr/work/")["Location"].startswith("/fr/account/2fa/reauthenticate/")


def test_who_left_or_has_an_account_is_not_invited(city: City) -> None:
    with_account(city, "owner")
    with pytest.raises(ValidationError, match="déjà un compte"):
        people.invite(Person.objects.get(pk=city.people["owner"].pk), actor=SYSTEM)
    people.change_person(city.people["head"], {"email": "head@city.example"}, actor=SYSTEM)
    people.leave(city.people["head"], date(2026, 1, 1), actor=SYSTEM)
    with pytest.raises(ValidationError, match="quitté"):
        people.invite(Person.objects.get(pk=city.people["head"].pk), actor=SYSTEM)


def test_the_coordination_reads_what_happened_to_accounts(city: City, client: Client) -> None:
    user = with_account(city, "owner")
    log_in(client, user.email, "wrong")
    log_in(client, user.email)
    people.end_role(city.people["owner"].roles.get(), date.today(), actor=city.actor("coordination"), reason="moved")
    seen = security_trail(city.actor("coordination"))
    assert {"login", "login_failed", "create"} <= set(seen.values_list("verb", flat=True))
    assert seen.filter(kind="core.roleassignment", reason="moved").exists()


@pytest.mark.parametrize("name", ["head", "body_manager", "reader", "specialist"])
def test_nobody_else_reads_it(city: City, name: str) -> None:
    assert not security_trail(city.actor(name)).exists()


def test_a_bodys_own_coordination_reads_its_bodys_alone(city: City, client: Client) -> None:
    city_user, body_user = with_account(city, "owner"), with_account(city, "body_owner")
    for user in (city_user, body_user):
        log_in(Client(), user.email)
    people.give_role(
        city.people["body_manager"], Role.COORDINATION, city.units["welfare"], actor=SYSTEM, since=date(2024, 1, 1)
    )
    seen = security_trail(city.actor("body_manager"))
    assert set(seen.filter(kind="core.user").values_list("record_id", flat=True)) == {body_user.pk}


def test_the_trail_has_a_page_for_the_coordination_alone(city: City, client: Client) -> None:
    log_in(Client(), with_account(city, "owner").email, "wrong")
    city.login("coordination", client, second_factor=True)
    page = client.get("/fr/work/people/trail/")
    assert page.status_code == 200
    assert "owner@city.example" in page.content.decode()
    assert "/fr/work/people/trail/" in client.get("/fr/work/people/").content.decode()
    manager = Client()
    city.login("body_manager", manager)
    assert manager.get("/fr/work/people/trail/").status_code == 403
    assert "/fr/work/people/trail/" not in manager.get("/fr/work/people/").content.decode()
