"""Versions of a plan on the site: read for ever, compared in words, each reader their part."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senne.core.actors import SYSTEM
from senne.core.text import Text
from senne.plan.api import do, freezing
from tests.city import TODAY, City, make_action

ROOT = "/fr/plans/CLIMATE/versions/"


@pytest.fixture
def frozen(city: City) -> City:
    label = freezing.Label("version", Text(fr="Plan adopté", nl="Aangenomen plan", en="Adopted plan"), True)
    freezing.freeze(city.plan, label, TODAY, actor=SYSTEM)
    do.report(city.actions["roads_public"], {"status": "done", "news": Text(fr="Fini.")}, actor=SYSTEM, today=TODAY)
    do.change_action(city.actions["roads_public"], {"title": Text(fr="Un autre titre")}, actor=SYSTEM)
    return city


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize(
    "path",
    ["", "1/", "1/actions/roads-public/", "1/objectives/O1/", "compare/?from=1", "compare/?from=1&to=1", "1.json"],
)
def test_every_page_opens_and_tells_nothing_internal(frozen: City, client: Client, language: str, path: str) -> None:
    response = client.get(f"/{language}/plans/CLIMATE/versions/{path}")
    assert response.status_code == 200
    assert "roads internal" not in response.content.decode()
    assert "roads-internal" not in response.content.decode()


def test_a_plan_that_was_never_frozen_has_a_page_too(city: City, client: Client) -> None:
    assert client.get(ROOT).status_code == 200


def test_what_stood_then_still_stands_there(frozen: City, client: Client) -> None:
    body = client.get(f"{ROOT}1/actions/roads-public/").content.decode()
    assert "roads public" in body
    assert "Un autre titre" not in body
    assert "À démarrer" in body


def test_the_comparison_tells_in_words(frozen: City, client: Client) -> None:
    body = client.get(f"{ROOT}compare/?from=1").content.decode()
    for words in ("Réalisée", "À démarrer", "Un autre titre", "roads public", "Fini."):
        assert words in body, words


@pytest.mark.parametrize(
    "path", ["2/", "1/actions/roads-internal/", "1/actions/none/", "compare/?from=x", "compare/?from=9"]
)
def test_what_is_not_there_or_not_public_is_not_found(frozen: City, client: Client, path: str) -> None:
    assert client.get(f"{ROOT}{path}").status_code == 404


def test_staff_see_their_part(frozen: City) -> None:
    staff, body = Client(), Client()
    frozen.login("head", staff)
    frozen.login("body_manager", body)
    assert staff.get(f"{ROOT}1/actions/roads-internal/").status_code == 200
    assert body.get(f"{ROOT}1/actions/roads-internal/").status_code == 404


def test_a_frozen_page_asks_no_more_than_a_live_one(city: City) -> None:
    def questions(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(path).status_code == 200
        return len(asked)

    for number in range(5):
        make_action(city, f"more_{number}", city.plan, "parks", "public")
    freezing.freeze(city.plan, freezing.Label("moment", Text(fr="x"), True), TODAY, actor=SYSTEM)
    assert questions(f"{ROOT}1/") <= questions("/fr/plans/CLIMATE/")
    assert questions(f"{ROOT}1/actions/roads-public/") <= questions("/fr/plans/CLIMATE/actions/roads-public/")
