"""Logging in by OpenID Connect, against a real server on loopback: who gets in, who does not, and what it takes."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from senne.config import environment
from senne.core import people
from senne.core.actors import SYSTEM
from senne.core.models import AuditEntry, Person, User
from tests.city import PASSWORD, City
from tests.core.openid_server import CLIENT, SECRET, OpenIdServer

LOGIN = "/{}/account/oidc/city/login/"


@pytest.fixture(scope="module")
def running() -> Iterator[OpenIdServer]:
    server = OpenIdServer()
    yield server
    server.close()


@pytest.fixture
def server(running: OpenIdServer, settings: Any, monkeypatch: pytest.MonkeyPatch) -> OpenIdServer:
    """The server, with Senne configured for it by the environment alone."""
    for name, value in (
        ("URL", running.address),
        ("CLIENT_ID", CLIENT),
        ("CLIENT_SECRET", SECRET),
        ("NAME", "City login"),
    ):
        monkeypatch.setenv(f"SENNE_OIDC_CITY_{name}", value)
    monkeypatch.setenv("SENNE_OIDC", "city")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": environment.openid_providers()}}
    running.audience = CLIENT
    running.asked.clear()
    running.claims = {"sub": "h-1", "email": "head@city.example", "email_verified": True, "name": "Head"}
    return running


@pytest.fixture
def head(city: City) -> Person:
    """The head of department is known by an address, and has no account yet."""
    people.change_person(city.people["head"], {"email": "head@city.example", "language": "nl"}, actor=SYSTEM)
    return city.people["head"]


def there_and_back(client: Client, server: OpenIdServer, language: str = "fr") -> str:
    """From our login page to the server; returns the address with which it sends the person back."""
    leaving = client.post(LOGIN.format(language))
    assert leaving.status_code == 302, "the login page sends to the server by POST"
    where = urlsplit(leaving["Location"])
    assert f"{where.scheme}://{where.netloc}" == server.address
    connection = http.client.HTTPConnection(where.netloc, timeout=10)
    connection.request("GET", f"{where.path}?{where.query}")
    answer = connection.getresponse()
    assert answer.status == 302
    back = urlsplit(answer.headers["Location"])
    connection.close()
    return f"{back.path}?{back.query}"


def log_in(client: Client, server: OpenIdServer, language: str = "fr") -> Any:
    return client.get(there_and_back(client, server, language))


def test_the_login_page_offers_it(city: City, server: OpenIdServer) -> None:
    body = Client().get("/fr/account/login/").content.decode()
    assert "City login" in body
    assert "/fr/account/oidc/city/login/" in body


def test_a_known_person_is_let_in_and_linked(head: Person, server: OpenIdServer, client: Client) -> None:
    response = log_in(client, server)
    assert (response.status_code, response["Location"]) == (302, "/nl/work/")
    user = User.objects.get(email="head@city.example")
    assert Person.objects.get(pk=head.pk).user == user
    assert user.language == "nl"
    assert not user.has_usable_password()
    assert client.get("/fr/work/actions/CLIMATE/roads-internal/").status_code == 200
    verbs = set(AuditEntry.objects.filter(root_kind="core.person", root_id=head.pk).values_list("verb", flat=True))
    assert {"link", "login"} <= verbs
    told = AuditEntry.objects.get(kind="core.user", verb="create", record_id=user.pk)
    assert told.changes["provider"] == [None, "city"]


def test_the_second_time_it_is_the_same_account_even_if_the_address_changed(
    head: Person, server: OpenIdServer, client: Client
) -> None:
    log_in(client, server)
    server.claims["email"] = "married@city.example"
    again = Client()
    assert log_in(again, server)["Location"] == "/nl/work/"
    assert User.objects.filter(person=head).count() == User.objects.count() == 1


def test_who_has_an_account_already_keeps_it(head: Person, server: OpenIdServer, client: Client) -> None:
    user = User.objects.create_user("head@city.example", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    people.change_person(head, {"user": user}, actor=SYSTEM)
    assert log_in(client, server)["Location"] == "/fr/work/"
    assert SocialAccount.objects.get().user == user
    assert User.objects.get().check_password(PASSWORD)
    assert AuditEntry.objects.filter(verb="outside_login_added", root_id=head.pk).exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "ne vous donne pas accès"), ("nl", "hebt u geen toegang"), ("en", "You have no access with this login")],
)
def test_a_stranger_is_refused_with_a_page_that_says_why(
    city: City, server: OpenIdServer, client: Client, language: str, words: str
) -> None:
    server.claims = {"sub": "s", "email": "stranger@elsewhere.example", "email_verified": True}
    response = log_in(client, server, language)
    body = response.content.decode()
    assert response.status_code == 403
    assert words in body
    assert "stranger@elsewhere.example" in body
    assert (User.objects.count(), SocialAccount.objects.count()) == (0, 0)
    assert client.get(f"/{language}/work/").status_code == 302


@pytest.mark.parametrize("verified", [False, None, "false", "no", 0])
def test_an_address_that_is_not_verified_is_nobodys(
    head: Person, server: OpenIdServer, client: Client, verified: object
) -> None:
    server.claims["email_verified"] = verified
    response = log_in(client, server)
    assert response.status_code == 403
    assert "ne confirme aucune adresse" in response.content.decode()
    assert User.objects.count() == 0


@pytest.mark.parametrize("verified", [False, "false"])
def test_an_unverified_address_does_not_open_an_existing_account(
    head: Person, server: OpenIdServer, client: Client, verified: object
) -> None:
    user = User.objects.create_user("head@city.example", PASSWORD)
    people.change_person(head, {"user": user}, actor=SYSTEM)
    server.claims["email_verified"] = verified
    assert log_in(client, server).status_code == 403
    assert SocialAccount.objects.count() == 0


def test_a_server_that_gives_out_addresses_itself_may_be_trusted(
    head: Person, server: OpenIdServer, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENNE_OIDC_CITY_TRUST_EMAIL", "1")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": environment.openid_providers()}}
    del server.claims["email_verified"]
    assert log_in(client, server)["Location"] == "/nl/work/"


def test_the_coordination_needs_its_second_factor_all_the_same(
    city: City, server: OpenIdServer, client: Client
) -> None:
    people.change_person(city.people["coordination"], {"email": "head@city.example"}, actor=SYSTEM)
    assert log_in(client, server).status_code == 302
    assert client.get("/fr/work/")["Location"] == "/fr/account/2fa/totp/activate/"
    TOTP.activate(User.objects.get(), "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    asked = client.get("/fr/work/")
    assert asked["Location"] == "/fr/account/2fa/reauthenticate/?next=%2Ffr%2Fwork%2F"
    again = Client()
    assert log_in(again, server)["Location"] == "/fr/account/2fa/authenticate/"
    assert "/account/login/" in again.get("/fr/work/")["Location"], "not logged in before the code"


def test_somebody_who_left_is_a_stranger(head: Person, server: OpenIdServer, client: Client) -> None:
    people.leave(head, date(2026, 1, 1), actor=SYSTEM)
    assert log_in(client, server).status_code == 403


def test_a_closed_account_stays_closed(head: Person, server: OpenIdServer, client: Client) -> None:
    log_in(client, server)
    people.leave(Person.objects.get(pk=head.pk), date(2026, 1, 1), actor=SYSTEM)
    later = Client()
    assert "/account/inactive/" in log_in(later, server)["Location"]
    assert later.get("/fr/work/").status_code == 302


def test_the_code_is_bound_to_who_asked_for_it(head: Person, server: OpenIdServer, client: Client) -> None:
    """PKCE: the challenge goes along, the verifier comes with the code, and each code works once."""
    back = there_and_back(client, server)
    challenge = dict(server.asked)["/authorize"]
    assert challenge["code_challenge_method"] == "S256"
    assert {"openid", "email"} <= set(challenge["scope"].split())
    thief = Client()
    assert thief.get(back).status_code != 302 or "/work/" not in thief.get(back)["Location"]
    assert User.objects.count() == 0
    assert client.get(back)["Location"] == "/nl/work/"
    assert "code_verifier" in dict(server.asked)["/token"]
    repeated = client.get(back)
    assert "Traceback" not in repeated.content.decode()
    assert SocialAccount.objects.count() == 1


def test_a_token_for_another_site_is_refused(head: Person, server: OpenIdServer, client: Client) -> None:
    server.audience = "another-site"
    response = log_in(client, server)
    assert response.status_code == 401
    assert "Traceback" not in response.content.decode()
    assert User.objects.count() == 0


def test_an_answer_that_nobody_asked_for_is_refused(head: Person, server: OpenIdServer, client: Client) -> None:
    back = there_and_back(client, server)
    forged = back.replace(parse_qs(urlsplit(back).query)["state"][0], "forged")
    client.get(forged)
    assert User.objects.count() == 0
