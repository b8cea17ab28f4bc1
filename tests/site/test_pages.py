"""Public pages: each in three languages, nothing internal, a constant number of queries, found again in the cache."""

from __future__ import annotations

import re

import pytest
from defusedxml import ElementTree
from django.core import mail, signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from senne.core.actors import SYSTEM
from senne.core.mailing import post
from senne.core.models import Feedback
from senne.plan.api import do
from senne.site import forms
from tests.city import TODAY, City, make_action

PATHS = (
    "", "plans/", "plans/CLIMATE/", "plans/CLIMATE/ties/", "plans/CLIMATE/themes/T1/", "plans/CLIMATE/axes/A1/",
    "plans/CLIMATE/objectives/O1/", "plans/CLIMATE/actions/roads-public/", "actions/", "actions/?view=cards&q=roads",
    "objectives/", "organisations/", "organisations/roads/", "changes/", "changes/feed/", "contact/",
    "pages/accessibility/", "pages/legal/", "pages/privacy/", "pages/method/", "pages/components/",
)  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_opens_and_tells_nothing_internal(city: City, client: Client, language: str, path: str) -> None:
    response = client.get(f"/{language}/{path}")
    body = response.content.decode()
    assert response.status_code == 200
    assert "secret note" not in body
    assert not re.search(r"(roads|welfare)[ -]internal", body)


def test_the_sitemap_names_every_public_page_in_three_languages_and_nothing_else(city: City, client: Client) -> None:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    found = [node.text or "" for node in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    public = "/plans/CLIMATE/actions/roads-public/"
    assert {f"http://127.0.0.1:8000/{code}{public}" for code in ("fr", "nl", "en")} <= set(found)
    assert not [address for address in found if "internal" in address or "/work/" in address]
    for address in found[::7]:
        assert client.get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_dates_are_written_as_here(city: City, client: Client) -> None:
    for language, written in (("fr", "24 novembre 2026"), ("nl", "24 november 2026"), ("en", "24 November 2026")):
        assert written in client.get(f"/{language}/plans/CLIMATE/actions/roads-public/").content.decode()


@pytest.mark.parametrize("path", ["plans/CLIMATE/actions/roads-internal/", "plans/NONE/", "pages/none/"])
def test_what_may_not_be_seen_is_not_there(city: City, client: Client, path: str) -> None:
    assert client.get(f"/fr/{path}").status_code == 404


def test_the_language_switch_keeps_the_page(city: City, client: Client) -> None:
    body = client.get("/fr/actions/?status=under_way").content.decode()
    assert 'href="/nl/actions/?status=under_way"' in body
    assert 'hreflang="en" href="http://127.0.0.1:8000/en/actions/?status=under_way"' in body


def test_the_list_asks_the_same_number_of_questions_however_long(city: City) -> None:
    def questions(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(address).status_code == 200
        return len(queries)

    few = questions("/fr/actions/?sort=title")
    for number in range(30):
        make_action(city, f"more_{number}", city.plan, "parks", "public")
    assert questions("/fr/actions/?sort=-title") == few <= 12


def test_a_status_change_is_on_the_next_home_page_and_in_the_feed(city: City, client: Client) -> None:
    assert "En cours" not in client.get("/fr/changes/feed/").content.decode()
    client.get("/fr/")
    action = city.actions["roads_public"]
    do.report(action, {"status": "under_way"}, actor=city.actor("owner"), today=TODAY)
    for path in ("/fr/", "/fr/changes/feed/"):
        assert "À démarrer → En cours" in client.get(path).content.decode()


def test_an_unchanged_page_is_not_sent_again(city: City, client: Client) -> None:
    tag = client.get("/fr/").headers["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/fr/", headers={"If-None-Match": tag}).status_code == 304
    assert len(queries) == 1
    do.change_action(city.actions["roads_public"], {"priority": "high"}, actor=SYSTEM)
    assert client.get("/fr/", headers={"If-None-Match": tag}).status_code == 200


def send(client: Client, **values: str) -> int:
    stamp = signing.dumps(int(forms.time.time()) - 10, salt=forms.SALT)
    data = {"message": "Et ma rue ?", "email": "a@example.org", "shown_at": stamp, "website": "", **values}
    return client.post("/fr/contact/?about=CLIMATE/roads-public", data).status_code


def test_a_message_reaches_the_coordination(city: City, client: Client) -> None:
    coordination = city.people["coordination"]
    coordination.email = "coordination@example.org"
    coordination.save()
    assert send(client) == 302
    post.send_waiting(timezone.now())
    message = Feedback.objects.get()
    assert message.organisation == city.units["roads"]
    assert "Et ma rue ?" in mail.outbox[0].body


@pytest.mark.parametrize("values", [{"website": "https://spam"}, {"shown_at": "nonsense"}, {"message": ""}])
def test_robots_and_empty_messages_stay_out(city: City, client: Client, values: dict[str, str]) -> None:
    assert send(client, **values) == 200
    assert not Feedback.objects.exists()


def test_the_sixth_message_in_an_hour_waits(city: City, client: Client) -> None:
    assert [send(client) for _number in range(6)] == [302] * 5 + [429]
    assert Feedback.objects.count() == 5


@pytest.mark.parametrize(
    "query", ["status=nonsense", "year=abc", f"year={'9' * 5000}", "page=999", "q=%22%00", "sort=password", "theme=%27"]
)
def test_odd_filters_do_no_harm(city: City, client: Client, query: str) -> None:
    assert client.get(f"/fr/actions/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/fr/plans/%00/", 404),
        ("/fr/actions/?plan=%00", 200),
        ("/fr/objectives/?plan=CLIMAT%00", 200),
        ("/api/v1/actions?plan=%00", 200),
        ("/api/v1/plans/%00", 404),
        (f"/fr/changes/?before={'9' * 5000}", 200),
        (f"/fr/plans/CLIMAT/versions/compare/?from={'9' * 5000}", 404),
        (f"/fr/plans/CLIMAT/versions/{'9' * 5000}/objectives/x/", 404),
    ],
)
def test_an_address_that_no_store_can_hold_is_no_error(city: City, client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status
