"""Versions of a plan on the site: read for ever, compared in words, each reader their part."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senne.core.actors import SYSTEM
from senne.core.periods import Period
from senne.core.text import Text
from senne.indicators import api as indicators
from senne.plan.api import do, freezing
from tests.city import TODAY, City, make_action, make_indicator

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


# ---- Indicators ---------------------------------------------------------------------------------------------------


@pytest.fixture
def measured(city: City) -> City:
    """A public and an internal indicator of the objective, an internal one of the internal action, frozen; then a figure
    and a target more."""
    trees = make_indicator(city, "trees", baseline_period="2019", baseline_value=Decimal(90))
    secret = make_indicator(city, "zq-secret", visibility="internal")
    deep = make_indicator(city, "deep")
    indicators.do.set_target(trees, Period(2030), Decimal(400), actor=SYSTEM, note=Text(fr="Décision 12"))
    for indicator in (trees, secret):
        for record in (city.objective, city.actions["roads_public"]):
            do.tie_indicator(record, indicator, actor=SYSTEM)
    do.tie_indicator(city.actions["roads_internal"], deep, actor=SYSTEM)
    label = freezing.Label("version", Text(fr="Plan adopté", nl="Aangenomen plan", en="Adopted plan"), True)
    freezing.freeze(city.plan, label, TODAY, actor=SYSTEM)
    figure = indicators.Figure(trees, Period(2025), Decimal(212), provisional=True)
    indicators.do.say_figure(figure, actor=SYSTEM, today=TODAY)
    indicators.do.set_target(trees, Period(2030), Decimal(500), actor=SYSTEM, reason="Décision 13")
    return city


def read(client: Client, path: str) -> str:
    response = client.get(f"{ROOT}{path}")
    assert response.status_code == 200, path
    return re.sub(r"\s", " ", response.content.decode())


def test_a_version_lists_its_indicators_and_each_has_its_page_as_it_stood(measured: City, client: Client) -> None:
    for path in ("1/", "1/objectives/O1/", "1/actions/roads-public/"):
        assert "/fr/plans/CLIMATE/versions/1/indicators/trees/" in read(client, path), path
    body = read(client, "1/indicators/trees/")
    for words in (
        "190 arbres (2024)",
        "90 arbres (2019)",
        "400 arbres",
        "Décision 12",
        "Inventaire des arbres",
        "Comptage sur place",
        "version 1 de la méthode",
        "/1/objectives/O1/",
        "/1/actions/roads-public/",
    ):
        assert words in body, words  # fmt: skip
    assert "212" not in body
    assert "500" not in body


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_what_moved_of_an_indicator_is_told_in_words(measured: City, client: Client, language: str) -> None:
    body = client.get(f"/{language}/plans/CLIMATE/versions/compare/?from=1&kind=indicator").content.decode()
    body = re.sub(r"\s", " ", body)
    told = {
        "fr": ("2025 : 212 arbres (provisoire)", "2030 : 500 arbres", "Nouvelles valeurs", "Cible changée"),
        "nl": ("2025: 212 arbres (nl) (voorlopig)", "2030: 500 arbres (nl)", "Nieuwe cijfers", "Doel gewijzigd"),
        "en": ("2025: 212 arbres (en) (provisional)", "2030: 500 arbres (en)", "New figures", "Target changed"),
    }
    assert [words for words in told[language] if words not in body] == []
    assert "FigurePicture" not in body


def test_internal_indicators_of_a_version_are_for_those_who_may(measured: City, client: Client) -> None:
    staff, other = Client(), Client()
    measured.login("head", staff)
    measured.login("body_manager", other)
    for path in ("1/", "1/objectives/O1/", "1/actions/roads-public/", "compare/?from=1", "1.json"):
        for reader in (client, other):
            body = reader.get(f"{ROOT}{path}").content.decode()
            assert "zq-secret" not in body, path
            assert "indicators/deep" not in body, "it measures nothing that the reader sees"
            assert '"deep"' not in body
    for code in ("zq-secret", "deep", "none"):
        assert client.get(f"{ROOT}1/indicators/{code}/").status_code == 404, code
        assert other.get(f"{ROOT}1/indicators/{code}/").status_code == 404, code
    for code in ("zq-secret", "deep"):
        assert staff.get(f"{ROOT}1/indicators/{code}/").status_code == 200, code
    assert "zq-secret" in staff.get(f"{ROOT}1/").content.decode()


def test_more_indicators_ask_no_more_questions(measured: City) -> None:
    def questions(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(f"{ROOT}{path}").status_code == 200
        return len(asked)

    paths = ("/", "/indicators/trees/", "/objectives/O1/", "/actions/roads-public/")
    few = [questions(f"1{path}") for path in paths]
    for number in range(8):
        do.tie_indicator(measured.objective, make_indicator(measured, f"more-{number}"), actor=SYSTEM)
    freezing.freeze(measured.plan, freezing.Label("moment", Text(fr="x"), True), TODAY, actor=SYSTEM)
    assert [questions(f"2{path}") for path in paths] == few
