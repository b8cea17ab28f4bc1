"""Indicators for machines: the series with all that makes it, and the figures of each as a file."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senne.core.actors import SYSTEM
from senne.core.periods import Period
from senne.core.text import Text
from senne.indicators.api import Figure, Indicator, do
from senne.plan.api import do as plan_do
from tests.city import TODAY, City, make_indicator, words


@pytest.fixture
def trees(city: City) -> Indicator:
    made = make_indicator(city, "trees", keeper=city.people["owner"], wanted="up", decimals=1)
    do.set_target(made, Period(2030), Decimal(400), actor=SYSTEM, note=words("Plan canopée"))
    new = {"method": words("Photos aériennes")}
    do.change_indicator(made, new, actor=SYSTEM, new_method=True, today=date(2026, 3, 1))
    made.refresh_from_db()
    given = Figure(made, Period(2025), Decimal("-210.25"), Decimal("4.5"), True, words("Une estimation; à revoir"))
    do.say_figure(given, actor=city.actor("owner"), today=TODAY)
    plan_do.tie_indicator(city.objective, made, actor=SYSTEM)
    plan_do.tie_indicator(city.actions["roads_public"], made, actor=SYSTEM)
    plan_do.tie_indicator(city.actions["roads_internal"], made, actor=SYSTEM)
    return made


def rows_of(client: Client, path: str) -> list[list[str]]:
    response = client.get(path)
    assert response.status_code == 200
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_an_indicator_is_given_with_all_that_makes_it(city: City, trees: Indicator, client: Client) -> None:
    correction = Figure(trees, Period(2024), Decimal(180))
    do.say_figure(correction, actor=city.actor("owner"), today=TODAY, reason="Comptés deux fois.")
    response = client.get("/api/v1/indicators/trees?lang=fr")
    found = response.json()
    assert found["figures"][-1] == {
        "period": "2025", "value": "-210.25", "uncertainty": "4.5", "provisional": True, "method_version": 2,
        "note": "Une estimation; à revoir", "reported_on": TODAY.isoformat(),
    }  # fmt: skip
    assert found["targets"] == [{"period": "2030", "value": "400", "note": "Plan canopée"}]
    assert found["earlier_methods"] == [{"number": 1, "text": "Comptage sur place", "until": "2026-03-01"}]
    assert [(c["period"], c["before"], c["after"], c["why"]) for c in found["corrections"]] == [
        ("2024", "190", "180", "Comptés deux fois.")
    ]
    assert (found["objectives"], found["actions"]) == (["CLIMATE:O1"], ["CLIMATE:roads-public"])
    assert (found["organisation"], found["state"], found["baseline"]) == ("roads", "off_track", None)
    assert found["share"] < 0
    assert found["figures_url"].endswith("/api/v1/indicators/trees/figures")
    assert "owner" not in response.content.decode().lower()


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["bare", "trees"]), ("plan=CLIMATE", ["trees"]), ("plan=WELFARE", []), ("objective=O1", ["trees"]),
        ("plan=WELFARE&objective=O1", []), ("action=roads-public", ["trees"]), ("action=roads-internal", []),
        ("plan=CLIMATE&objective=O1&action=roads-public", ["trees"]), ("organisation=parks", ["bare"]),
        ("organisation=city&plan=CLIMATE", ["trees"]), ("organisation=none", []),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(city: City, trees: Indicator, client: Client, query: str, codes: list[str]) -> None:
    make_indicator(city, "bare", unit="parks")
    make_indicator(city, "hidden", visibility="internal")
    answer = client.get(f"/api/v1/indicators?{query}").json()
    assert sorted(item["code"] for item in answer["items"]) == codes
    assert answer["count"] == len(codes)


@pytest.mark.parametrize("path", ["indicators/hidden", "indicators/hidden/figures", "indicators/none/figures"])
def test_an_internal_indicator_needs_a_login(city: City, path: str) -> None:
    make_indicator(city, "hidden", visibility="internal")
    assert Client().get(f"/api/v1/{path}").status_code == 404
    staff = Client()
    city.login("head", staff)
    assert staff.get(f"/api/v1/{path}").status_code == (404 if "none" in path else 200)


@pytest.mark.parametrize(("language", "head"), [("fr", "Période"), ("nl", "Periode"), ("en", "Period")])
def test_the_figures_are_a_file_in_the_language_asked_for(
    city: City, trees: Indicator, client: Client, language: str, head: str
) -> None:
    header, *rows = rows_of(client, f"/api/v1/indicators/trees/figures?lang={language}")
    assert header[0] == head
    assert [row[0] for row in rows] == ["2020", "2021", "2022", "2023", "2024", "2025"]
    assert (rows[-1][1], rows[-1][3], rows[-1][5]) == ("-210.25", "4.5", "2"), "numbers stay numbers"
    assert rows[-1][2] == words("arbres")[language]
    assert rows[0][11] == "CC BY 4.0"
    assert rows[0][12] == f"http://127.0.0.1:8000/{language}/indicators/trees/"
    assert all(len(row) == len(header) for row in rows)


def test_the_file_is_kept_and_named_and_no_cell_is_run(city: City, client: Client) -> None:
    make_indicator(city, "odd", source=Text(fr="=1+1"))
    response = client.get("/api/v1/indicators/odd/figures")
    assert response.headers["Content-Disposition"] == 'attachment; filename="odd.csv"'
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["ETag"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "'=1+1" in rows_of(client, "/api/v1/indicators/odd/figures")[1]
    wrong = client.get("/api/v1/indicators/odd/figures?lang=de")
    assert (wrong.status_code, wrong.json()["faults"][0]["field"]) == (422, "lang")


def test_the_number_of_questions_does_not_grow(city: City, trees: Indicator) -> None:
    def questions(order: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(f"/api/v1/indicators?limit=200&x={order}").status_code == 200
        return len(asked)

    few = questions("few")
    for number in range(6):
        more = make_indicator(city, f"more-{number}")
        plan_do.tie_indicator(city.objective, more, actor=SYSTEM)
    assert questions("many") == few <= 12


def test_the_files_are_found_from_the_page_of_open_data(city: City, trees: Indicator, client: Client) -> None:
    body = client.get("/nl/data/").content.decode()
    assert 'href="/nl/indicators/"' in body
    assert "/api/v1/indicators?lang=nl" in body
    assert "/api/v1/indicators/trees/figures?lang=nl" in client.get("/nl/indicators/trees/").content.decode()
