"""Account pages look like the rest, in three languages, and bring people to their work in their own."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from senne.core import people
from senne.core.actors import SYSTEM
from tests.city import PASSWORD, City
from tests.workspace.conftest import Browse

# Words that would show that a page was left in English; names and marks that are the same everywhere are left out.
ENGLISH = re.compile(
    r"\b(the|your|you|password|sign in|sign out|log in|enter|address|codes? are|unused|activate|remember|confirm|please)\b",
    re.IGNORECASE,
)
OPEN = ("login/", "password/reset/", "password/reset/done/", "inactive/", "password/reset/key/1-wrong-key/",
        "confirm-email/", "invitation/x/y/", "confirm-email/wrong/")  # fmt: skip
CLOSED = ("logout/", "password/change/", "email/", "2fa/", "2fa/totp/activate/", "reauthenticate/")


def text_of(page: str) -> str:
    """What a reader reads, without what stands in another language on purpose."""
    page = re.sub(r"<script.*?</script>|<style.*?</style>", "", page, flags=re.S)
    page = re.sub(r'<a [^>]*hreflang="en".*?</a>', "", page, flags=re.S)
    return re.sub(r"<[^>]+>", " ", page.split("<body>")[1])


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_no_english_is_left(city: City, browse: Browse, language: str) -> None:
    visitor, owner = Client(), browse("owner")
    found: dict[str, list[str]] = {}
    for client, paths in ((visitor, OPEN), (owner, CLOSED)):
        for path in paths:
            response = client.get(f"/{language}/account/{path}", follow=True)
            assert response.status_code in {200, 410}, path
            body = response.content.decode()
            assert f'<html lang="{language}">' in body
            assert "work.css" in body, path
            if words := ENGLISH.findall(text_of(body)):
                found[path] = words
    assert found == {}


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_faults_are_told_in_the_readers_language(city: City, browse: Browse, language: str) -> None:
    browse("owner")
    client = Client()
    answers = [
        client.post(f"/{language}/account/login/", {"login": "owner@example.org", "password": "wrong"}),
        client.post(f"/{language}/account/login/", {"login": "", "password": ""}),
        client.post(f"/{language}/account/password/reset/", {"email": "not an address"}),
    ]
    for response in answers:
        assert ENGLISH.findall(text_of(response.content.decode())) == []
        assert 'role="alert"' in response.content.decode()


def test_the_login_page_says_where_to_ask_for_access(db: None) -> None:
    body = Client().get("/fr/account/login/").content.decode()
    assert "/fr/contact/" in body
    assert "Demander un accès" in body


def test_after_login_the_workspace_in_ones_own_language(city: City, browse: Browse) -> None:
    browse("owner")
    people.choose_language(city.people["owner"].__class__.objects.get(pk=city.people["owner"].pk), "nl", actor=SYSTEM)
    client = Client()
    assert client.get("/fr/work/")["Location"] == "/fr/account/login/"
    response = client.post("/fr/account/login/", {"login": "owner@example.org", "password": PASSWORD})
    assert response["Location"] == "/nl/work/"


def test_after_login_back_to_the_page_that_was_asked(city: City, browse: Browse) -> None:
    browse("owner")
    client = Client()
    asked = "/fr/work/actions/CLIMATE/roads-public/report/"
    login = client.get(asked)["Location"]
    assert login.endswith("?next=%2Ffr%2Fwork%2Factions%2FCLIMATE%2Froads-public%2Freport%2F")
    data = {"login": "owner@example.org", "password": PASSWORD, "next": asked}
    assert client.post(login, data)["Location"] == asked


def test_the_second_factor_from_nothing_to_its_codes(city: City, browse: Browse) -> None:
    browse("owner")
    client = Client()
    client.post("/nl/account/login/", {"login": "owner@example.org", "password": PASSWORD})
    page = client.get("/nl/account/2fa/totp/activate/").content.decode()
    assert 'src="data:image/svg+xml' in page
    secret = re.findall(r"<code>(\w+)</code>", page)[0]
    assert client.post("/nl/account/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    asked = client.post("/nl/account/2fa/totp/activate/", {"code": code}, follow=True)
    assert ENGLISH.findall(text_of(asked.content.decode())) == [], "is it you?"
    codes = client.post(asked.redirect_chain[-1][0], {"password": PASSWORD}, follow=True).content.decode()
    assert codes.split("<main")[1].split("<footer")[0].count("<li>") == 10
    assert ENGLISH.findall(text_of(codes)) == []
    for path in ("2fa/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/"):
        assert ENGLISH.findall(text_of(client.get(f"/nl/account/{path}").content.decode())) == [], path
