"""Indicators as staff work with them: figures in the report, on their page, pasted; refused ones said and kept."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from senne.core import records
from senne.core.actors import SYSTEM
from senne.core.duties.models import Duty
from senne.core.models import AuditEntry
from senne.core.periods import Period
from senne.indicators.api import Figure, Indicator, Measurement
from senne.indicators.api import do as figures
from senne.plan.api import Action, Contribution, Objective, do
from tests.city import City, make_indicator, words

REPORT = "/fr/work/actions/CLIMATE/roads-public/report/"
LAST_YEAR = timezone.localdate().year - 1


@pytest.fixture
def trees(city: City) -> Indicator:
    """Measures the public action; the figure of last year is missing, all before it are there."""
    made = make_indicator(city, "trees", keeper=city.people["owner"])
    for year in range(2025, LAST_YEAR):
        figures.say_figure(Figure(made, Period(year), Decimal(195)), actor=SYSTEM, today=date(year + 1, 2, 1))
    do.tie_indicator(city.actions["roads_public"], made, actor=SYSTEM)
    return made


@pytest.fixture
def owner(city: City, client: Client) -> Client:
    city.login("owner", client)
    return client


def said(action: Action, **more: object) -> dict[str, object]:
    action.refresh_from_db()
    return {"version": action.version, "status": "under_way", "news_fr": "Ça avance.", "phase": "decided", **more}


def field(trees: Indicator, year: int = LAST_YEAR) -> str:
    return f"figure_{trees.pk}_{year}"


# ---- In the report ------------------------------------------------------------------------------------------------


def test_the_report_asks_for_the_figure_that_is_missing(owner: Client, city: City, trees: Indicator) -> None:
    page = owner.get(REPORT).content.decode()
    assert f"Indicateur trees, {LAST_YEAR} (arbres)" in page
    assert f'name="{field(trees)}"' in page
    assert f'name="{field(trees, 2024)}"' not in page
    action = city.actions["roads_public"]
    sent = said(action, **{field(trees): "2 00,5", f"{field(trees)}_note": "Comptage d’automne"})
    assert owner.post(REPORT, sent).status_code == 302
    made = trees.measurements.get(period=str(LAST_YEAR))
    assert (made.value, made.note, made.reported_by) == (
        Decimal("200.5"), {"fr": "Comptage d’automne"}, city.people["owner"],
    )  # fmt: skip
    assert field(trees) not in owner.get(REPORT).content.decode()


def test_a_report_without_the_figure_is_a_report(owner: Client, city: City, trees: Indicator) -> None:
    assert owner.post(REPORT, said(city.actions["roads_public"])).status_code == 302
    assert not trees.measurements.filter(period=str(LAST_YEAR)).exists()
    assert Duty.objects.get(key=f"figure:{trees.pk}:{LAST_YEAR}").state == "open"


@pytest.mark.parametrize(("written", "told"), [("beaucoup", "Écrivez un nombre"), ("19500", "Vérifiez l’unité")])
def test_a_wrong_figure_is_told_at_its_field_and_nothing_is_lost(
    owner: Client, city: City, trees: Indicator, written: str, told: str
) -> None:
    action = city.actions["roads_public"]
    response = owner.post(REPORT, said(action, **{field(trees): written}))
    assert response.status_code == 200
    page = response.content.decode()
    assert told in page
    assert f'value="{written}"' in page
    assert "Ça avance." in page
    action.refresh_from_db()
    assert action.news != {"fr": "Ça avance."}
    remark = said(action, **{field(trees): "19500", f"{field(trees)}_note": "Nouvel inventaire"})
    assert owner.post(REPORT, remark).status_code == 302


def test_a_figure_that_a_colleague_gave_meanwhile_is_told_and_mine_is_not_lost(
    owner: Client, city: City, trees: Indicator
) -> None:
    figures.say_figure(Figure(trees, Period(LAST_YEAR), Decimal(201)), actor=SYSTEM, today=timezone.localdate())
    page = owner.post(REPORT, said(city.actions["roads_public"], **{field(trees): "209"}), follow=True)
    assert "Vous avez écrit la valeur 209" in page.content.decode()
    assert trees.measurements.get(period=str(LAST_YEAR)).value == 201


def test_a_figure_of_another_house_is_not_asked(owner: Client, city: City) -> None:
    theirs = make_indicator(city, "kitchens", "welfare")
    do.tie_indicator(city.actions["roads_public"], theirs, actor=SYSTEM)
    assert f"figure_{theirs.pk}" not in owner.get(REPORT).content.decode()


def test_a_draft_keeps_the_figure_as_it_was_typed(owner: Client, city: City, trees: Indicator) -> None:
    owner.post(REPORT, said(city.actions["roads_public"], keep="1", **{field(trees): "pas sûr"}))
    assert 'value="pas sûr"' in owner.get(REPORT).content.decode()


def test_what_is_contributed_to_a_round_names_its_figures(city: City, trees: Indicator, client: Client) -> None:
    day = timezone.localdate()
    values = {
        "organisation": city.units["city"], "name": words("Automne"), "plans": [city.plan], "period_start": day,
        "period_end": day, "report_by": day, "validate_by": day,
    }  # fmt: skip
    opened = do.prepare_round(values, actor=SYSTEM)
    do.open_round(opened, actor=SYSTEM, today=day)
    given = Contribution.objects.get(round=opened, action=city.actions["roads_public"])
    address = f"/fr/work/rounds/{opened.pk}/{given.pk}/"
    city.login("owner", client)
    client.post(address, said(city.actions["roads_public"], **{field(trees): "204"}))
    given.refresh_from_db()
    assert given.said["figures"] == [{"indicator": "trees", "period": str(LAST_YEAR), "value": "204"}]
    head = Client()
    city.login("head", head)
    page = head.get(address).content.decode()
    assert f"Indicateur trees · {LAST_YEAR}" in page
    assert "204\u00a0arbres" in page


def test_an_objective_of_a_round_is_asked_its_figures_too(city: City, client: Client) -> None:
    day = timezone.localdate()
    share = make_indicator(city, "share")
    do.tie_indicator(city.objective, share, actor=SYSTEM)
    records.update(Objective.objects.get(pk=city.objective.pk), {"owner": city.people["owner"]}, actor=SYSTEM)
    values = {
        "organisation": city.units["city"], "name": words("Automne"), "plans": [city.plan], "period_start": day,
        "period_end": day, "report_by": day, "validate_by": day,
    }  # fmt: skip
    opened = do.prepare_round(values, actor=SYSTEM)
    do.open_round(opened, actor=SYSTEM, today=day)
    asked = Contribution.objects.get(round=opened, objective=city.objective)
    city.login("owner", client)
    address = f"/fr/work/rounds/{opened.pk}/{asked.pk}/"
    assert field(share) in client.get(address).content.decode()
    version = Objective.objects.get(pk=city.objective.pk).version
    assert client.post(address, {"version": version, "news_fr": "Bien.", field(share): "210"}).status_code == 302
    assert share.measurements.get(period=str(LAST_YEAR)).value == 210


# ---- What is owed -------------------------------------------------------------------------------------------------


def test_a_missing_figure_is_owed_by_its_keeper_and_then_by_the_head(city: City, trees: Indicator) -> None:
    duty = Duty.objects.get(key=f"figure:{trees.pk}:{LAST_YEAR}")
    assert duty.chain[:2] == [city.people["owner"].pk, city.people["head"].pk]
    assert duty.chain[-1] == city.people["coordination"].pk
    assert duty.due_on == date.fromordinal(date(LAST_YEAR, 12, 31).toordinal() + 90)
    assert duty.what["nl"] == f"Indicateur trees (nl) · {LAST_YEAR}"
    figures.say_figure(Figure(trees, Period(LAST_YEAR), Decimal(205)), actor=SYSTEM, today=timezone.localdate())
    duty.refresh_from_db()
    assert duty.state == "done"


def test_my_work_leads_to_the_figure(owner: Client, city: City, trees: Indicator) -> None:
    page = owner.get("/fr/work/").content.decode()
    assert "/fr/work/indicators/trees/figure/" in page
    assert "donner la valeur" in page


def test_an_indicator_that_ended_asks_for_nothing_more(city: City, trees: Indicator) -> None:
    figures.change_indicator(trees, {"last_period": "2024"}, actor=city.actor("head"))
    assert not Duty.objects.filter(key__startswith=f"figure:{trees.pk}:", state="open").exists()


# ---- Its own pages ------------------------------------------------------------------------------------------------


def test_a_figure_is_given_and_corrected_with_its_reason(owner: Client, trees: Indicator) -> None:
    address = "/fr/work/indicators/trees/figure/"
    sent = {"period": str(LAST_YEAR), "value": "1.205,5", "uncertainty": "3", "note_fr": "Recensement"}
    assert owner.post(address, sent).status_code == 302
    made = trees.measurements.get(period=str(LAST_YEAR))
    assert (made.value, made.uncertainty) == (Decimal("1205.5"), Decimal(3))
    page = owner.get(f"{address}?period={LAST_YEAR}").content.decode()
    assert "1205.5" in page
    wrong = owner.post(f"{address}?period={LAST_YEAR}", {**sent, "value": "1210", "version": made.version})
    assert "dites pourquoi elle change" in wrong.content.decode()
    right = {**sent, "value": "1210", "version": made.version, "reason": "Faute de frappe"}
    assert owner.post(f"{address}?period={LAST_YEAR}", right).status_code == 302
    entry = AuditEntry.objects.filter(kind="indicators.measurement").order_by("-id").first()
    assert entry is not None
    assert (entry.verb, entry.reason) == ("correct", "Faute de frappe")
    assert "a corrigé" in owner.get(f"/fr/work/record/indicator/{trees.pk}/history/").content.decode()


def test_two_people_who_correct_at_once_lose_nothing(owner: Client, trees: Indicator) -> None:
    first = trees.measurements.get(period="2024")
    address = "/fr/work/indicators/trees/figure/?period=2024"
    sent = {"period": "2024", "value": "191", "version": first.version, "reason": "moi"}
    figures.say_figure(Figure(trees, Period(2024), Decimal(192)), actor=SYSTEM, today=date(2026, 1, 1), reason="elle")
    page = owner.post(address, sent).content.decode()
    assert "192" in page
    assert 'value="191"' in page
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    assert owner.post(address, {**sent, "version": version[1]}).status_code == 302
    assert trees.measurements.get(period="2024").value == 191


def test_a_pasted_series_keeps_its_good_lines_and_shows_the_others(owner: Client, trees: Indicator) -> None:
    lines = "\n".join(
        ["2015;80", "2016\t90\t2,5\tpremier comptage", "2017;beaucoup", "année;valeur", "2015;81", "2018-Q2;5",
         "2019;-4;;négatif ?", "2014;95;-1", ""]
    )  # fmt: skip
    page = owner.post("/fr/work/indicators/trees/paste/", {"lines": lines}).content.decode()
    assert trees.measurements.get(period="2016").note == {"fr": "premier comptage"}
    assert trees.measurements.get(period="2015").value == 80
    assert trees.measurements.filter(period="2019", value=-4).exists(), "explained"
    left = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert left is not None
    assert left[1].splitlines() == ["2017;beaucoup", "année;valeur", "2015;81", "2018-Q2;5", "2014;95;-1"]
    for told in (
        "« beaucoup » n’est pas un nombre",
        "« année » n’est pas une période",
        "deux fois",
        "2026",
        "incertitude",
    ):
        assert told in page


def test_a_head_draws_up_an_indicator_and_ties_it(city: City, client: Client) -> None:
    city.login("head", client)
    sent = {
        "code": "potholes", "name_fr": "Nids-de-poule", "unit_fr": "trous", "organisation": city.units["roads"].pk,
        "kind": "output", "frequency": "quarter", "first_period": "2026-q1", "due_after": "30", "decimals": "0",
        "baseline_period": "2025", "visibility": "internal",
    }  # fmt: skip
    page = client.post("/fr/work/new-indicator/", sent).content.decode()
    assert "Une référence a une période et une valeur." in page
    assert client.post("/fr/work/new-indicator/", {**sent, "baseline_value": "120"}).status_code == 302
    made = Indicator.objects.get(code="potholes")
    assert (made.first_period, made.visibility, made.baseline_value) == ("2026-Q1", "internal", Decimal(120))
    address = "/fr/work/actions/CLIMATE/roads-public/indicators/"
    found = client.get(f"{address}?indicator=nids").content.decode()
    assert "Nids-de-poule" in found
    assert client.post(address, {"indicator": "nids", "other": made.pk}).status_code == 302
    tie = city.actions["roads_public"].indicator_links.get()
    assert tie.indicator == made
    assert client.post(f"/fr/work/indicator-ties/{tie.pk}/remove/").status_code == 302
    assert not city.actions["roads_public"].indicator_links.exists()


def test_a_wrong_period_or_a_code_that_is_taken_is_told(city: City, client: Client, trees: Indicator) -> None:
    city.login("head", client)
    sent = {
        "code": "Trees", "name_fr": "x", "unit_fr": "x", "organisation": city.units["roads"].pk, "kind": "output",
        "frequency": "month", "first_period": "2026", "due_after": "30", "decimals": "0",
    }  # fmt: skip
    page = client.post("/fr/work/new-indicator/", sent).content.decode()
    assert "Un autre indicateur a déjà ce code." in page
    page = client.post("/fr/work/new-indicator/", {**sent, "code": "other"}).content.decode()
    assert "2026-09" in page
    assert not Indicator.objects.filter(code="other").exists()


def test_a_new_method_is_marked_from_the_form(city: City, client: Client, trees: Indicator) -> None:
    city.login("head", client)
    address = "/fr/work/indicators/trees/edit/"
    sent = {
        "version": trees.version, "name_fr": "Arbres", "unit_fr": "arbres", "organisation": trees.organisation_id,
        "keeper": trees.keeper_id, "kind": "outcome", "frequency": "year", "first_period": "2020", "due_after": "90",
        "decimals": "0", "method_fr": "Relevé aérien", "new_method": "on", "reason": "Drone",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    trees.refresh_from_db()
    assert (trees.method_version, trees.name) == (2, {"fr": "Arbres"})
    assert trees.earlier_methods[0]["text"]["fr"] == "Comptage sur place"


def test_the_list_is_narrowed_and_its_queries_do_not_grow(owner: Client, city: City, trees: Indicator) -> None:
    make_indicator(city, "paid", "welfare", name=words("Chauffage payé"))

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            page = owner.get("/fr/work/indicators/").content.decode()
        assert "Indicateur trees" in page
        return len(asked)

    questions()
    few = questions()
    for number in range(6):
        make_indicator(city, f"more-{number}")
    assert questions() == few
    assert "trees" not in owner.get("/fr/work/indicators/?q=chauffage").content.decode()
    assert "paid" not in owner.get("/fr/work/indicators/?organisation=roads").content.decode()
    assert "Indicateur trees" in owner.get("/fr/work/indicators/?state=due").content.decode()
    assert "Aucun indicateur trouvé" in owner.get("/fr/work/indicators/?state=reached").content.decode()


def test_figures_and_targets_are_taken_away_with_a_reason(city: City, client: Client, trees: Indicator) -> None:
    city.login("head", client)
    assert client.post("/fr/work/indicators/trees/target/", {"period": "2030", "value": "400"}).status_code == 302
    target, made = trees.targets.get(), trees.measurements.get(period="2024")
    assert client.post(f"/fr/work/targets/{target.pk}/drop/", {"reason": ""}).status_code == 200
    assert client.post(f"/fr/work/targets/{target.pk}/drop/", {"reason": "Sans décision"}).status_code == 302
    assert client.post(f"/fr/work/figures/{made.pk}/take-back/", {"reason": "Doublon"}).status_code == 302
    assert not Measurement.objects.filter(pk=made.pk).exists()
    assert "Doublon" in client.get(f"/fr/work/record/indicator/{trees.pk}/history/").content.decode()


def test_a_remark_can_be_translated(city: City, client: Client, trees: Indicator) -> None:
    made = trees.measurements.get(period="2024")
    records.update(made, {"note": words("x") | {"fr": "Remarque seule", "nl": "", "en": ""}}, actor=SYSTEM)
    city.login("coordination", client, second_factor=True)
    assert "Remarque seule" in client.get("/fr/work/translations/?kind=figure").content.decode()
    address = f"/fr/work/translations/figure/{made.pk}/note/nl/"
    assert client.post(address, {"text": "Enige opmerking"}).status_code == 302
    made.refresh_from_db()
    assert made.note["nl"] == "Enige opmerking"


def test_colleagues_talk_about_an_indicator(city: City, owner: Client, trees: Indicator) -> None:
    page = owner.get("/fr/work/indicators/trees/").content.decode()
    assert f"/fr/work/talk/indicator/{trees.pk}/say/" in page
    owner.post(f"/fr/work/talk/indicator/{trees.pk}/say/", {"text": "Le comptage a pris du retard."})
    assert "Le comptage a pris du retard." in owner.get("/fr/work/indicators/trees/").content.decode()
    reader = Client()
    city.login("reader", reader)
    assert "retard" not in reader.get(f"/fr/work/talk/indicator/{trees.pk}/").content.decode()
