"""Logging in, the second factor, and rights that end at once."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.management import call_command
from django.test import Client

from senne.core import people
from senne.core.actors import SYSTEM, actor_of
from senne.core.models import AuditEntry, Person, User
from senne.core.policy import Role
from tests.city import PASSWORD, City
from tests.core.accounts import LANGUAGES, TOTP_SECRET, code, log_in, verbs, with_account


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
