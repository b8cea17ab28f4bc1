"""Indicators on the public site: what everybody may see, light, explained, without a name of a person."""

from __future__ import annotations

import gzip
import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from senne.core.actors import SYSTEM
from senne.core.periods import Frequency, Period
from senne.core.text import Text
from senne.indicators.api import Figure, Indicator, do, queries
from senne.indicators.api import Standing as OnDay
from senne.plan.api import changes
from senne.plan.api import do as plan_do
from senne.site import curves, figures
from tests.city import TODAY, City, make_indicator, words

TREES = "/fr/indicators/trees/"


@pytest.fixture
def trees(city: City) -> Indicator:
    """Figures of 2020 to 2024 (100, 120, 150, 160, 190), a target of 400 in 2030, measured by an owner of roads."""
    made = make_indicator(city, "trees", keeper=city.people["owner"], wanted="up")
    do.set_target(made, Period(2030), Decimal(400), actor=SYSTEM, note=words("Plan canopée"))
    plan_do.tie_indicator(city.actions["roads_public"], made, actor=SYSTEM)
    plan_do.tie_indicator(city.objective, made, actor=SYSTEM)
    return made


def standing(indicator: Indicator) -> OnDay:
    return queries.standings(queries.indicators(SYSTEM).filter(pk=indicator.pk), TODAY)[0]


def correct(city: City, indicator: Indicator) -> None:
    figure = Figure(indicator, Period(2024), Decimal(180))
    do.say_figure(figure, actor=city.actor("owner"), today=TODAY, reason="Une rue était comptée deux fois.")


# ---- Who sees what ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("path", ["indicators/", "indicators/trees/", "indicators/trees/?page=9&x=%00"])
def test_the_pages_open_in_every_language_and_name_nobody(
    city: City, trees: Indicator, client: Client, language: str, path: str
) -> None:
    make_indicator(city, "hidden", visibility="internal", name=words("Platanes secrets"))
    correct(city, trees)
    response = client.get(f"/{language}/{path}")
    body = response.content.decode()
    assert response.status_code == 200
    assert "180" in body
    assert "Platanes" not in body
    assert "<script" not in body
    assert "Owner" not in body
    assert city.people["owner"].name not in body
    assert len(gzip.compress(response.content)) <= 9_000


def test_an_internal_indicator_is_not_there_but_for_the_house(city: City, client: Client) -> None:
    hidden = make_indicator(city, "hidden", visibility="internal")
    for path in (
        "indicators/hidden/", "embed/indicator/hidden/", "share/indicator/hidden/", "share/indicator/hidden.png",
        "follow/indicator/hidden/", "feeds/indicator/hidden/", "indicators/none/",
    ):  # fmt: skip
        assert client.get(f"/fr/{path}").status_code == 404, path
    assert hidden.code not in client.get("/sitemap.xml").content.decode()
    staff = Client()
    city.login("owner", staff)
    page = staff.get("/fr/indicators/hidden/")
    assert page.status_code == 200
    assert 'href="/fr/work/indicators/hidden/"' in page.content.decode()
    assert "Indicateur hidden" in staff.get("/fr/indicators/").content.decode()
    other = Client()
    city.login("body_owner", other)
    assert other.get("/fr/indicators/hidden/").status_code == 404


def test_what_it_measures_is_named_as_far_as_the_reader_may_see_it(
    city: City, trees: Indicator, client: Client
) -> None:
    plan_do.tie_indicator(city.actions["roads_internal"], trees, actor=SYSTEM)
    body = client.get(TREES).content.decode()
    assert "/fr/plans/CLIMATE/actions/roads-public/" in body
    assert "/fr/plans/CLIMATE/objectives/O1/" in body
    assert "roads-internal" not in body


def test_objectives_and_actions_show_what_measures_them(city: City, trees: Indicator, client: Client) -> None:
    hidden = make_indicator(city, "hidden", visibility="internal")
    plan_do.tie_indicator(city.objective, hidden, actor=SYSTEM)
    for path in ("actions/roads-public/", "objectives/O1/"):
        body = client.get(f"/fr/plans/CLIMATE/{path}").content.decode()
        assert 'href="/fr/indicators/trees/"' in body
        assert "190\u00a0arbres" in body
        assert "Indicateur hidden" not in body


def test_it_is_found_where_actions_are_searched(city: City, trees: Indicator, client: Client) -> None:
    assert TREES in client.get("/fr/actions/?q=indicateur+trees").content.decode()
    assert "/fr/indicators/?plan=CLIMATE" in client.get("/fr/plans/CLIMATE/").content.decode()
    assert "/fr/indicators/?organisation=roads" in client.get("/fr/organisations/roads/").content.decode()
    assert TREES in client.get("/sitemap.xml").content.decode()


# ---- The list -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=reached", {"reached"}), ("state=no_target", {"bare"}), ("state=nonsense", {"reached", "bare"}),
        ("organisation=parks", {"bare"}), ("organisation=city", {"reached", "bare"}), ("organisation=none", set()),
        ("plan=CLIMATE", {"reached"}), ("plan=WELFARE", set()), ("q=bare", {"bare"}), ("q=%22%00%27", {"reached", "bare"}),
        ("state=reached&organisation=parks", set()), ("page=999", {"reached", "bare"}),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_and_odd_filters_do_no_harm(
    city: City, client: Client, query: str, shown: set[str]
) -> None:
    made = make_indicator(city, "reached")
    make_indicator(city, "bare", unit="parks")
    do.set_target(made, Period(2030), Decimal(150), actor=SYSTEM)
    plan_do.tie_indicator(city.objective, made, actor=SYSTEM)
    response = client.get(f"/fr/indicators/?{query}")
    assert response.status_code == 200
    found = set(re.findall(r'href="/fr/indicators/([a-z]+)/"', response.content.decode()))
    if query != "q=%22%00%27":
        assert found == shown


def test_the_list_asks_the_same_number_of_questions_however_long(city: City, trees: Indicator) -> None:
    def questions(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(address).status_code == 200
        return len(asked)

    few, one, objective = (
        questions("/fr/indicators/?x=1"),
        questions(TREES),
        questions("/fr/plans/CLIMATE/objectives/O1/"),
    )
    for number in range(8):
        more = make_indicator(city, f"more-{number}")
        plan_do.tie_indicator(city.objective, more, actor=SYSTEM)
    correct(city, trees)
    assert questions("/fr/indicators/?x=2") == few <= 10
    assert questions(f"{TREES}?x=2") <= one <= 22
    assert questions("/fr/plans/CLIMATE/objectives/O1/?x=2") <= objective + 2


# ---- The page -----------------------------------------------------------------------------------------------------


def test_the_page_says_where_the_figure_stands_and_why(city: City, trees: Indicator, client: Client) -> None:
    body = client.get(TREES).content.decode()
    assert "<h1>Indicateur trees</h1>" in body
    assert "<b>190\u00a0arbres</b>" in body
    # From 100 in 2020 to 400 in 2030: 220 are asked for at the end of 2024.
    assert "2024 : la trajectoire demande 220\u00a0arbres" in body
    assert "74\u00a0% du changement demandé" in body
    assert "la première valeur, 100\u00a0arbres (2020), en tient lieu" in body
    assert "Eurostat" in body
    assert "Comptage sur place" in body
    assert "Inventaire des arbres" in body
    assert "Plan canopée" in body
    assert f'href="/api/v1/indicators/{trees.code}/figures?lang=fr"' in body


def test_a_correction_is_told_with_its_reason(city: City, trees: Indicator, client: Client) -> None:
    correct(city, trees)
    body = client.get(TREES).content.decode()
    assert "190\u00a0arbres, devenu 180\u00a0arbres." in body
    assert body.count("Une rue était comptée deux fois.") == 2, "among the corrections and the changes"


def test_another_method_is_shown_with_what_held_before(city: City, trees: Indicator, client: Client) -> None:
    new = {"method": words("Photos aériennes")}
    do.change_indicator(trees, new, actor=SYSTEM, new_method=True, today=date(2026, 3, 1))
    do.say_figure(Figure(Indicator.objects.get(), Period(2025), Decimal(230)), actor=SYSTEM, today=TODAY)
    body = client.get(TREES).content.decode()
    assert "Photos aériennes" in body
    assert "Comptage sur place" in body
    assert "1 mars 2026" in body
    assert body.count('class="break"') == 2, "in the chart and its legend"


def test_the_chart_is_read_without_eyes_and_without_colour(city: City, trees: Indicator, client: Client) -> None:
    provisional = Figure(trees, Period(2025), Decimal("230.4"), Decimal("12"), provisional=True)
    do.say_figure(provisional, actor=SYSTEM, today=TODAY)
    body = client.get(TREES).content.decode()
    chart = re.search(r'<figure class="curve">.*?</figure>', body, re.S)
    assert chart is not None
    assert 'role="img" aria-labelledby="curve-name curve-said"' in chart[0]
    assert "<title" in chart[0]
    assert "6 valeurs; 2020: 100\u00a0arbres; 2025: 230\u00a0arbres. Cible (2030) : 400\u00a0arbres." in chart[0]
    assert "mark provisional" in chart[0]
    assert 'class="path"' in chart[0]
    assert "provisoire" in body
    assert "± 12" in body
    assert len(re.findall(r"<[a-z]", body)) <= 380


def test_years_of_months_stay_light(city: City, client: Client) -> None:
    many = make_indicator(city, "air", frequency="month", first_period="2019-01", figures=False)
    for number in range(90):
        period = Period(2019 + number // 12, number % 12 + 1, Frequency.MONTH)
        do.say_figure(Figure(many, period, Decimal(30 + number % 7)), actor=SYSTEM, today=period.last_day)
    response = client.get("/fr/indicators/air/")
    body = response.content.decode()
    assert "juin 2026" in body
    assert "janvier 2019" not in re.sub(r"<desc.*?</desc>", "", body), "the table shows the latest twelve"
    assert len(re.findall(r"<[a-z]", body)) <= 380
    assert len(gzip.compress(response.content)) <= 9_000


def test_an_indicator_without_any_figure_has_a_page(city: City, client: Client) -> None:
    bare = make_indicator(city, "bare", figures=False)
    do.set_target(bare, Period(2030), Decimal(5), actor=SYSTEM)
    body = client.get("/fr/indicators/bare/").content.decode()
    assert "Aucune valeur n'a encore été donnée." in body or "Aucune valeur n&#x27;a encore été donnée." in body
    assert "5\u00a0arbres" in body


@pytest.mark.parametrize(
    ("series", "target", "wanted", "said"),
    [
        ({}, None, "", "No target is set"),
        ({2020: 100}, 200, "up", "The trajectory begins with this figure"),
        ({2020: 100, 2024: 210}, 200, "up", "is reached"),
        ({2020: 100, 2024: 90}, 200, "up", "the figure went the other way"),
        ({2020: 100, 2024: 139}, 200, "up", "97\u00a0% of the change"),
        ({2020: 100, 2024: 100}, 100, "", "is to stay at 100"),
    ],
)
def test_a_state_is_explained(city: City, series: dict[int, int], target: int | None, wanted: str, said: str) -> None:
    made = make_indicator(city, "explained", wanted=wanted, figures=not series)
    for year, value in series.items():
        do.say_figure(Figure(made, Period(year), Decimal(value)), actor=SYSTEM, today=date(year + 1, 1, 9))
    if target is not None:
        do.set_target(made, Period(2030), Decimal(target), actor=SYSTEM)
    with translation.override("en"):
        assert said in figures.explained(standing(made))[0]


def test_the_numbers_of_the_axis_are_as_fine_as_its_steps(city: City) -> None:
    made = make_indicator(city, "fine", figures=False, decimals=0)
    for year, value in ((2020, "0.1"), (2021, "0.3")):
        do.say_figure(Figure(made, Period(year), Decimal(value)), actor=SYSTEM, today=TODAY)
    with translation.override("nl"):
        curve = curves.curve_of(standing(made))
    assert curve is not None
    assert [row.text for row in curve.rows] == ["0,0", "0,1", "0,2", "0,3"]


# ---- What changed -------------------------------------------------------------------------------------------------


def test_new_and_corrected_figures_are_told_with_what_they_measure(
    city: City, trees: Indicator, client: Client
) -> None:
    correct(city, trees)
    told = "Valeur corrigée (2024) : 180\u00a0arbres (avant : 190\u00a0arbres). Une rue était comptée deux fois."
    for path in (
        "changes/", "indicators/trees/", "plans/CLIMATE/actions/roads-public/", "plans/CLIMATE/objectives/O1/",
        "feeds/indicator/trees/", "feeds/plan/CLIMATE/", "feeds/organisation/roads/", "changes/feed/",
    ):  # fmt: skip
        assert told in client.get(f"/fr/{path}").content.decode(), path
    assert told not in client.get("/fr/feeds/organisation/parks/").content.decode()


def test_a_lower_target_is_told(city: City, trees: Indicator, client: Client) -> None:
    do.set_target(trees, Period(2030), Decimal(350), actor=SYSTEM, reason="Budget réduit.")
    told = "Cible modifiée (2030) : 350\u00a0arbres (avant : 400\u00a0arbres). Budget réduit."
    assert told in client.get("/fr/feeds/indicator/trees/").content.decode()


def test_a_figure_that_was_taken_back_and_what_was_internal_is_not_told(
    city: City, trees: Indicator, client: Client
) -> None:
    do.take_figure_back(trees.measurements.get(period="2024"), actor=SYSTEM, reason="Faux.")
    hidden = make_indicator(city, "hidden", visibility="internal")
    plan_do.tie_indicator(city.objective, hidden, actor=SYSTEM)
    open_one = make_indicator(city, "open", unit="parks")
    plan_do.tie_indicator(city.actions["welfare_internal"], open_one, actor=SYSTEM)
    assert "open" not in client.get("/fr/feeds/plan/WELFARE/").content.decode(), "its tie is nobody's business"
    assert "190\u00a0arbres" not in client.get("/fr/feeds/indicator/trees/").content.decode()
    assert "hidden" not in client.get("/fr/changes/feed/").content.decode()
    do.change_indicator(hidden, {"visibility": "public"}, actor=SYSTEM)
    assert "hidden" not in client.get("/fr/changes/feed/").content.decode(), "what it was before stays inside"
    do.say_figure(Figure(hidden, Period(2025), Decimal(225)), actor=SYSTEM, today=TODAY)
    assert "Valeur (2025) : 225\u00a0arbres." in client.get("/fr/changes/feed/").content.decode()


def test_figures_given_together_are_one_change(city: City, trees: Indicator) -> None:
    found = [change for change in changes.latest_changes(SYSTEM, 20, trees) if change.figures]
    assert [len(change.figures) for change in found] == [5]
    assert [figure.period for figure in found[0].figures] == ["2020", "2021", "2022", "2023", "2024"]


def test_the_text_of_a_unit_is_shown_as_text(city: City, client: Client) -> None:
    odd = make_indicator(city, "odd")
    values = {"name": Text(fr="<b>Gras</b>"), "unit": Text(fr="<i>u</i>")}
    do.change_indicator(odd, values, actor=SYSTEM)
    for path in ("indicators/", "indicators/odd/", "embed/indicator/odd/", "changes/"):
        body = client.get(f"/fr/{path}").content.decode()
        assert "<b>Gras" not in body
        assert "<i>u" not in body
