"""The structure of plans: made, changed, moved, tied, taken away; by those who may."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from senne.core import records
from senne.core.actors import SYSTEM
from senne.plan.api import Action, Axis, Objective, ObjectiveLink, Plan, Theme, do
from tests.city import City, words
from tests.workspace.conftest import Browse

PLAN = "/fr/work/plans/CLIMATE/"


def test_a_plan_from_nothing_to_its_first_action(city: City, browse: Browse) -> None:
    client = browse("coordination")
    plan = {
        "code": "NATURE", "name_fr": "Plan Nature", "kind": "regional", "organisation": city.units["city"].pk,
        "visibility": "public", "ageing_after": 90, "stale_after": 180, "start_year": 2026, "end_year": 2032,
        "adopted_on": "2026-03-01",
    }  # fmt: skip
    assert client.post("/fr/work/new-plan/", plan)["Location"] == "/fr/work/plans/NATURE/"
    theme = {"code": "N1", "name_fr": "Arbres", "weight": 2, "order": 0}
    client.post("/fr/work/plans/NATURE/new/theme/", theme)
    axis = {"code": "N1.1", "name_fr": "Planter", "weight": 1, "order": 0, "theme": Theme.objects.get(code="N1").pk}
    client.post("/fr/work/plans/NATURE/new/axis/?under=N1", axis)
    objective = {
        "code": "N1.1.1", "statement_fr": "Couvrir 25 %", "axis": Axis.objects.get(code="N1.1").pk, "weight": 1,
        "order": 0, "visibility": "public", "target_quantity_fr": "Couverture", "target_unit": "%",
        "target_value": "25,5", "target_year": 2040, "baseline_value": "18", "baseline_year": 2020, "horizon": 2040,
        "lead": city.units["parks"].pk, "owner": city.people["other_head"].pk,
    }  # fmt: skip
    client.post("/fr/work/plans/NATURE/new/objective/?under=N1.1", objective)
    made = Objective.objects.get(code="N1.1.1")
    assert (made.target_value, made.target_year, made.baseline_value) == (Decimal("25.5"), 2040, Decimal(18))
    assert made.owner == city.people["other_head"]
    page = client.get("/fr/work/plans/NATURE/").content.decode()
    assert f"/fr/work/new-action/?objective={made.pk}" in page
    action = {"objective": made.pk, "title_fr": "Planter mille arbres", "lead": city.units["parks"].pk,
              "visibility": "public"}  # fmt: skip
    response = client.post("/fr/work/new-action/", action)
    assert response["Location"] == "/fr/work/actions/NATURE/N1.1-1/", "the code follows by itself"


def test_the_home_page_has_one_plan(city: City, browse: Browse) -> None:
    plan = city.body_plan
    data = {
        "version": plan.version, "code": "WELFARE", "name_fr": "Plan", "kind": "welfare", "visibility": "public",
        "organisation": city.units["welfare"].pk, "ageing_after": 90, "stale_after": 180, "is_main": "on",
    }  # fmt: skip
    browse("coordination").post("/fr/work/plans/WELFARE/edit/", data)
    assert Plan.objects.get(is_main=True) == plan


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"end_year": 2020, "start_year": 2026}, "La dernière année vient avant la première"),
        ({"ageing_after": 200, "stale_after": 100}, "périmé après avoir vieilli"),
        ({"code": "WELFARE"}, "est déjà pris"),
        ({"code": "avec espace"}, "sans espace"),
        ({"name_fr": ""}, "dans une langue au moins"),
    ],
)
def test_a_plan_that_does_not_hold_says_why(city: City, browse: Browse, values: dict[str, object], told: str) -> None:
    data = {
        "code": "NEW", "name_fr": "Plan", "kind": "climate", "organisation": city.units["city"].pk,
        "visibility": "public", "ageing_after": 90, "stale_after": 180, **values,
    }  # fmt: skip
    body = browse("coordination").post("/fr/work/new-plan/", data).content.decode()
    assert told in body
    assert Plan.objects.count() == 2


def test_a_target_has_a_year(city: City, browse: Browse) -> None:
    objective = city.objective
    data = {
        "version": objective.version, "code": "O1", "statement_fr": "Objectif", "axis": objective.axis_id,
        "weight": 1, "order": 0, "visibility": "public", "target_value": "12",
    }  # fmt: skip
    body = browse("coordination").post("/fr/work/objectives/CLIMATE/O1/", data).content.decode()
    assert "Une cible a une année" in body


def second_axis(city: City) -> Axis:
    theme = do.create_part(Theme, {"plan": city.plan, "code": "T2", "name": words("Autre"), "order": 1}, actor=SYSTEM)
    axis = {"plan": city.plan, "theme": theme, "code": "A2", "name": words("Autre axe")}
    return do.create_part(Axis, axis, actor=SYSTEM)  # type: ignore[no-any-return]


def test_an_objective_moves_to_another_axis(city: City, browse: Browse) -> None:
    axis = second_axis(city)
    data = {
        "version": city.objective.version, "code": "O1", "statement_fr": "Objectif", "axis": axis.pk, "weight": 1,
        "order": 0, "visibility": "public",
    }  # fmt: skip
    browse("coordination").post("/fr/work/objectives/CLIMATE/O1/", data)
    assert Objective.objects.get(pk=city.objective.pk).axis == axis


def test_an_axis_of_another_plan_is_not_offered(city: City, browse: Browse) -> None:
    elsewhere = Axis.objects.get(plan=city.body_plan)
    data = {
        "version": city.objective.version, "code": "O1", "statement_fr": "Objectif", "axis": elsewhere.pk,
        "weight": 1, "order": 0, "visibility": "public",
    }  # fmt: skip
    assert browse("coordination").post("/fr/work/objectives/CLIMATE/O1/", data).status_code == 200
    assert Objective.objects.get(pk=city.objective.pk).axis.plan == city.plan


def test_parts_change_places(city: City, browse: Browse) -> None:
    second_axis(city)
    browse("coordination").post("/fr/work/parts/theme/CLIMATE/T2/move/", {"up": "1"})
    assert list(Theme.objects.filter(plan=city.plan).values_list("code", flat=True)) == ["T2", "T1"]


def test_objectives_of_two_plans_are_tied_and_untied(city: City, browse: Browse) -> None:
    client = browse("coordination")
    other = Objective.objects.get(plan=city.body_plan)
    assert f'value="{other.pk}"' in client.get("/fr/work/objectives/CLIMATE/O1/ties/?objective=O1").content.decode()
    data = {"objective": "O1", "other": other.pk, "kind": "same_as"}
    client.post("/fr/work/objectives/CLIMATE/O1/ties/", data)
    link = ObjectiveLink.objects.get()
    assert (link.objective, link.other, link.kind) == (city.objective, other, "same_as")
    assert browse("head").post(f"/fr/work/objective-ties/{link.pk}/remove/").status_code == 403
    client.post(f"/fr/work/objective-ties/{link.pk}/remove/")
    assert not ObjectiveLink.objects.exists()


def test_only_an_empty_part_goes_and_only_with_a_reason(city: City, browse: Browse) -> None:
    client = browse("coordination")
    full = client.post("/fr/work/parts/objective/CLIMATE/O1/delete/", {"reason": "Inutile"}).content.decode()
    assert "Il reste des parties" in full
    axis = second_axis(city)
    assert client.post("/fr/work/parts/axis/CLIMATE/A2/delete/", {"reason": ""}).status_code == 200
    client.post("/fr/work/parts/axis/CLIMATE/A2/delete/", {"reason": "Jamais adopté"})
    assert not Axis.objects.filter(pk=axis.pk).exists()


def test_the_lead_names_an_owner_and_changes_nothing_else(city: City, browse: Browse) -> None:
    objective = city.objective
    do.change_part(objective, {"lead": city.units["roads"]}, actor=SYSTEM)
    client = browse("head")
    page = client.get("/fr/work/objectives/CLIMATE/O1/").content.decode()
    assert 'name="owner"' in page
    assert 'name="statement_fr"' not in page
    version = Objective.objects.get(pk=objective.pk).version
    data = {"version": version, "owner": city.people["owner"].pk, "statement_fr": "Autre chose"}
    client.post("/fr/work/objectives/CLIMATE/O1/", data)
    objective.refresh_from_db()
    assert (objective.owner, objective.statement["fr"]) == (city.people["owner"], "Objectif")


def test_a_body_keeps_its_objective_where_the_citys_plan_has_it(city: City, browse: Browse) -> None:
    do.change_part(city.objective, {"lead": city.units["welfare"]}, actor=SYSTEM)
    client = browse("body_manager")
    page = client.get("/fr/work/objectives/CLIMATE/O1/").content.decode()
    assert 'name="statement_fr"' in page
    assert 'name="axis"' not in page
    assert client.post("/fr/work/parts/objective/CLIMATE/O1/move/", {"up": "1"}).status_code == 403
    assert client.post("/fr/work/parts/objective/CLIMATE/O1/delete/", {"reason": "x"}).status_code == 403
    assert client.get(PLAN).status_code == 403


def test_two_people_on_one_theme(city: City, browse: Browse) -> None:
    theme = Theme.objects.get(plan=city.plan)
    data = {"version": theme.version, "code": "T1", "name_fr": "Mien", "weight": 1, "order": 0}
    do.change_part(theme, {"name": words("Sien")}, actor=SYSTEM)
    body = browse("coordination").post("/fr/work/themes/CLIMATE/T1/", data).content.decode()
    assert "Sien" in body
    assert 'value="Mien"' in body


def test_the_structure_page_asks_as_much_whatever_its_size(city: City, browse: Browse) -> None:
    client = browse("coordination")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(PLAN).status_code == 200
        return len(asked)

    before = count()
    axis = second_axis(city)
    for number in range(12):
        values = {"plan": city.plan, "axis": axis, "code": f"X{number}", "statement": words("Un de plus")}
        objective = do.create_part(Objective, values, actor=SYSTEM)
        more = {"plan": city.plan, "code": f"x-{number}", "title": words("Action"), "objectives": [objective]}
        do.create_action(more, actor=SYSTEM)
    assert count() == before
    assert Action.objects.count() == 16


@pytest.mark.parametrize("name", ["head", "owner", "reader"])
@pytest.mark.parametrize("path", ["plans/", "plans/CLIMATE/", "plans/CLIMATE/edit/", "new-plan/", "themes/CLIMATE/T1/",
                                  "plans/CLIMATE/new/theme/"])  # fmt: skip
def test_the_structure_is_closed_to_others(city: City, browse: Browse, name: str, path: str) -> None:
    client = browse(name)
    assert client.get(f"/fr/work/{path}").status_code == 403
    assert client.post(f"/fr/work/{path}", {}).status_code == 403


def test_the_list_of_plans_counts_what_its_reader_may_see(city: City, browse: Browse) -> None:
    """A body's internal action in the city's plan is no number of another body's."""
    body, other = city.units["welfare"], city.units["housing"]
    do.change_action(city.actions["roads_internal"], {"lead": other}, actor=SYSTEM)
    records.update(city.plan, {"organisation": body}, actor=SYSTEM)
    seen = browse("body_manager").get("/fr/work/plans/").content.decode()
    assert "1 thème, 1 objectif, 1 action<" in seen, "of the two actions one is the other body's own"
    assert "1 thème, 1 objectif, 2 actions" in browse("coordination").get("/fr/work/plans/").content.decode()
