"""Accounts: logging in, the second factor, passwords, addresses, invitations; and rights that end at once."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client, TestCase

from senne.core import people
from senne.core.actors import SYSTEM, actor_of
from senne.core.history import security_trail
from senne.core.models import AuditEntry, Person, User
from senne.core.policy import Role
from tests.city import PASSWORD, City

TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LANGUAGES = ("fr", "nl", "en")


def with_account(city: City, name: str, language: str = "fr") -> User:
    """The person has an account with a verified address and a password."""
    person = city.people[name]
    user = User.objects.create_user(f"{name}@city.example", PASSWORD, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    people.change_person(person, {"user": user, "email": user.email, "language": language}, actor=SYSTEM)
    return user


def log_in(client: Client, email: str, password: str = PASSWORD, language: str = "fr") -> Any:
    return client.post(f"/{language}/account/login/", {"login": email, "password": password})


def code(at: float | None = None) -> str:
    return format_hotp_value(hotp_value(TOTP_SECRET, int(at or time.time()) // 30))


def verbs(user: User) -> list[str]:
    return list(
        AuditEntry.objects.filter(kind="core.user", record_id=user.pk).order_by("id").values_list("verb", flat=True)
    )


# ---- Logging in ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["owner@city.example", "OWNER@City.example"])
def test_one_logs_in_by_address_and_password(city: City, client: Client, written: str) -> None:
    user = with_account(city, "owner")
    assert log_in(client, written)["Location"] == "/fr/work/"
    assert client.get("/fr/work/").status_code == 200
    assert verbs(user)[-1] == "login"
    assert AuditEntry.objects.get(verb="login").changes == {"method": [None, "password"]}


def test_a_wrong_password_is_refused_and_told(city: City, client: Client) -> None:
    user = with_account(city, "owner")
    assert log_in(client, user.email, "wrong").status_code == 200
    assert "/account/login/" in client.get("/fr/work/")["Location"]
    assert verbs(user)[-1] == "login_failed"


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Trop de tentatives"), ("nl", "Te veel"), ("en", "Too many failed login attempts")]
)
def test_after_five_failures_the_right_password_waits_too(
    city: City, client: Client, language: str, words: str
) -> None:
    user = with_account(city, "owner")
    answers = [log_in(client, user.email, f"wrong {number}", language) for number in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    refused = log_in(client, user.email, PASSWORD, language)
    assert (refused.status_code, refused["Retry-After"]) == (429, "300")
    assert words in refused.content.decode()
    assert verbs(user)[-1] == "login_locked"
    with_account(city, "head")
    assert log_in(Client(REMOTE_ADDR="192.0.2.9"), "head@city.example").status_code == 302, "nobody else is locked out"


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Trop de tentatives"), ("nl", "Te veel pogingen"), ("en", "Too many attempts")]
)
def test_one_connection_gets_thirty_tries_a_minute(city: City, client: Client, language: str, words: str) -> None:
    for number in range(30):
        log_in(client, f"{number}@elsewhere.example", "x", language)
    refused = log_in(client, "31@elsewhere.example", "x", language)
    assert refused.status_code == 429
    assert words in refused.content.decode()


def test_a_stranger_and_a_wrong_password_get_the_same_answer(city: City) -> None:
    with_account(city, "owner")
    known = log_in(Client(), "owner@city.example", "wrong").content.decode()
    unknown = log_in(Client(), "nobody@city.example", "wrong").content.decode()
    plain = [re.sub(r'value="[^"]*"', "", body) for body in (known, unknown)]
    assert plain[0] == plain[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_registers_by_themselves(city: City, client: Client, language: str) -> None:
    words = {"fr": "Pas d’inscription libre", "nl": "Geen vrije registratie", "en": "No free registration"}[language]
    form = {"email": "me@elsewhere.example", "password1": PASSWORD, "password2": PASSWORD}
    for answer in (client.get(f"/{language}/account/signup/"), client.post(f"/{language}/account/signup/", form)):
        assert words in answer.content.decode()
    assert User.objects.count() == 0


# ---- The second factor --------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_coordination_sees_no_page_before_its_second_factor(city: City, client: Client) -> None:
    user = with_account(city, "coordination")
    log_in(client, user.email)
    for path in ("/fr/work/", "/fr/work/people/", "/fr/actions/", "/api/v1/actions", "/fr/data/CLIMATE.json"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"].split("?")[0][3:]) == (302, "/account/2fa/totp/activate/"), path
    assert client.post("/fr/work/people/new/", {"name": "x"}).status_code == 302
    page = client.get("/fr/account/2fa/totp/activate/")
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    given = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post("/fr/account/2fa/totp/activate/", {"code": given}).status_code == 302
    assert client.get("/fr/work/").status_code == 200
    assert Authenticator.objects.filter(user=user, type="recovery_codes").exists()
    assert "second_factor_on" in verbs(user)


def test_the_next_time_the_code_is_asked_for_before_anything(city: City, client: Client) -> None:
    user = with_account(city, "coordination")
    TOTP.activate(user, TOTP_SECRET)
    assert log_in(client, user.email)["Location"] == "/fr/account/2fa/authenticate/"
    assert "/account/login/" in client.get("/fr/work/")["Location"]
    assert client.post("/fr/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert verbs(user)[-1] == "second_factor_failed"
    assert client.post("/fr/account/2fa/authenticate/", {"code": code()})["Location"] == "/fr/work/"
    assert client.get("/fr/work/").status_code == 200


def test_a_recovery_code_works_once(city: City, client: Client) -> None:
    user = with_account(city, "coordination")
    TOTP.activate(user, TOTP_SECRET)
    spare = RecoveryCodes.activate(user).get_unused_codes()[0]
    log_in(client, user.email)
    assert client.post("/fr/account/2fa/authenticate/", {"code": spare})["Location"] == "/fr/work/"
    assert client.get("/fr/work/").status_code == 200
    again = Client()
    log_in(again, user.email)
    assert again.post("/fr/account/2fa/authenticate/", {"code": spare}).status_code == 200


def test_a_session_that_showed_no_code_is_asked_for_it(city: City, client: Client) -> None:
    """However a session was opened: the code is asked for before the first page, then the page is given."""
    user = with_account(city, "coordination")
    TOTP.activate(user, TOTP_SECRET)
    client.force_login(user)
    asked = client.get("/fr/work/people/?q=x")
    assert asked["Location"] == "/fr/account/2fa/reauthenticate/?next=%2Ffr%2Fwork%2Fpeople%2F%3Fq%3Dx"
    given = client.post(asked["Location"], {"code": code()})
    assert given["Location"] == "/fr/work/people/?q=x"
    assert client.get("/fr/work/people/").status_code == 200


def test_the_coordination_cannot_put_its_second_factor_off(city: City, client: Client) -> None:
    user = with_account(city, "coordination")
    TOTP.activate(user, TOTP_SECRET)
    log_in(client, user.email)
    client.post("/fr/account/2fa/authenticate/", {"code": code()})
    client.post("/fr/account/reauthenticate/", {"password": PASSWORD})
    answer = client.post("/fr/account/2fa/totp/deactivate/", {})
    assert answer.status_code in {200, 403}
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_others_may_put_theirs_on_and_off_and_it_is_told(city: City, client: Client) -> None:
    user = with_account(city, "owner")
    TOTP.activate(user, TOTP_SECRET)
    log_in(client, user.email)
    client.post("/fr/account/2fa/authenticate/", {"code": code()})
    assert "/reauthenticate/" in client.post("/fr/account/2fa/totp/deactivate/", {})["Location"], "the password first"
    client.post("/fr/account/reauthenticate/", {"password": PASSWORD})
    client.post("/fr/account/2fa/totp/deactivate/", {})
    assert not Authenticator.objects.filter(user=user, type="totp").exists()
    assert "second_factor_off" in verbs(user)


def test_a_new_coordinator_needs_it_from_the_next_page_on(city: City, client: Client) -> None:
    user = with_account(city, "owner")
    log_in(client, user.email)
    assert client.get("/fr/work/").status_code == 200
    people.give_role(city.people["owner"], Role.COORDINATION, city.units["city"], actor=SYSTEM, since=date(2024, 1, 1))
    assert client.get("/fr/work/")["Location"] == "/fr/account/2fa/totp/activate/"


# ---- Passwords and addresses --------------------------------------------------------------------------------------


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


# ---- Invitations --------------------------------------------------------------------------------------------------


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


# ---- Rights end at once -------------------------------------------------------------------------------------------

EDIT = "/fr/work/actions/CLIMATE/roads-internal/"


def test_an_open_session_loses_its_rights_when_the_person_leaves(city: City, client: Client) -> None:
    log_in(client, with_account(city, "head").email)
    assert client.get(EDIT).status_code == 200
    people.leave(Person.objects.get(pk=city.people["head"].pk), date.today(), actor=SYSTEM)
    assert "/account/login/" in client.get(EDIT)["Location"]
    assert client.get("/api/v1/actions/CLIMATE/roads-internal").status_code == 404
    assert log_in(Client(), "head@city.example").status_code in {200, 302}
    assert AuditEntry.objects.filter(kind="core.user", verb="close").count() == 1


def test_an_open_session_loses_a_role_that_ends(city: City, client: Client) -> None:
    log_in(client, with_account(city, "head").email)
    assert client.get(EDIT).status_code == 200
    people.end_role(city.people["head"].roles.get(), date.today(), actor=SYSTEM)
    assert client.get(EDIT).status_code == 404


def test_a_superuser_coordinates_and_leaves_a_trace_of_its_making(city: City) -> None:
    call_command("createsuperuser", "--no-input", email="root@city.example")
    user = User.objects.get(email="root@city.example")
    assert actor_of(user).paths(Role.COORDINATION) == {""}
    assert AuditEntry.objects.get(kind="core.user", record_id=user.pk).changes["is_superuser"] == [None, True]
    user.is_active = False
    assert not actor_of(user).is_staff


# ---- The trail of accounts ----------------------------------------------------------------------------------------


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
