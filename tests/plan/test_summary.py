"""The one page for board and council: health of objectives, blockers, money, what comes next."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from senne.plan.rules.picture import (
    ActionPicture,
    BudgetPicture,
    IndicatorPicture,
    ObjectivePicture,
    OrganisationPicture,
    PartPicture,
    Picture,
    StepPicture,
)
from senne.plan.rules.summary import objective_health, of_organisation, of_theme, summarise

BASE = ActionPicture("A", "A", {"fr": "A"}, "under_way", "decided", "on_track", "current", "public")
OBJECTIVE = ObjectivePicture("O", "X", {"fr": "O"}, "public", True, [], actions=["A", "B", "C"])


def action(code: str, health: str = "on_track", **values: object) -> ActionPicture:
    return replace(BASE, code=code, health=health, **values)  # type: ignore[arg-type]


def picture(actions: list[ActionPicture], objectives: list[ObjectivePicture] | None = None) -> Picture:
    units = [
        OrganisationPicture("city", {"fr": "Ville"}, "city"),
        OrganisationPicture("roads", {"fr": "Voirie"}, "department", "city"),
        OrganisationPicture("north", {"fr": "Nord"}, "service", "roads"),
        OrganisationPicture("parks", {"fr": "Parcs"}, "department", "city"),
    ]
    return Picture("P", {"fr": "Plan"}, "2026-11-24", [], [], objectives or [], actions, units)


@pytest.mark.parametrize(
    ("healths", "expected"),
    [
        (["on_track", "on_track"], "on_track"),
        (["on_track", "watch"], "watch"),
        (["on_track", "on_track", "late"], "watch"),
        (["on_track", "late"], "late"),
        ([], ""),
    ],
)
def test_an_objective_is_as_healthy_as_its_open_actions(healths: list[str], expected: str) -> None:
    actions = [action(code, health) for code, health in zip("ABC", healths, strict=False)]
    assert objective_health(OBJECTIVE, actions) == expected


def test_what_is_done_or_elsewhere_does_not_count_for_health() -> None:
    actions = [action("A", "late", status="done"), action("Z", "late"), action("B", "on_track")]
    assert objective_health(OBJECTIVE, actions) == "on_track"


def test_blockers_come_by_urgency() -> None:
    actions = [
        action("A", "late", priority="low", end="2026-01"),
        action("B", "late", priority="high", end="2026-06"),
        action("C", "on_track", status="suspended"),
        action("D", "watch"),
    ]
    assert [found.code for found in summarise(picture(actions)).blockers] == ["B", "C", "A"]


def test_money_by_year_keeps_planned_and_actual_apart_and_leaves_people_out() -> None:
    budget = [
        BudgetPicture("planned", "EUR", "100", year=2026),
        BudgetPicture("planned", "EUR", "20.50", year=2026, approximate=True),
        BudgetPicture("actual", "EUR", "90", year=2026),
        BudgetPicture("planned", "FTE", "1.5", year=2026),
        BudgetPicture("planned", "EUR", "7"),
    ]
    found = summarise(picture([action("A", budget=budget)])).money
    assert [(m.year, m.planned, m.actual, m.approximate) for m in found] == [
        (2026, Decimal("120.50"), Decimal(90), True),
        (None, Decimal(7), Decimal(0), False),
    ]


def test_steps_due_soon_come_in_order_and_done_ones_do_not() -> None:
    steps = [
        StepPicture({"fr": "plus tard"}, "2027-12"),
        StepPicture({"fr": "bientôt"}, "2026-12"),
        StepPicture({"fr": "fait"}, "2026-12", "2026-11-01"),
        StepPicture({"fr": "demain"}, "2026-11-25"),
        StepPicture({"fr": "passé"}, "2026-10"),
    ]
    found = summarise(picture([action("A", steps=steps)])).coming
    assert [coming.step.title["fr"] for coming in found] == ["demain", "bientôt"]


def test_a_department_sees_what_it_and_its_services_lead() -> None:
    actions = [action("A", lead="north", objectives=["P:O"]), action("B", lead="parks")]
    part = of_organisation(picture(actions, [OBJECTIVE, replace(OBJECTIVE, code="O2")]), "roads")
    assert [found.code for found in part.actions] == ["A"]
    assert [found.code for found in part.objectives] == ["O"]


def test_a_themes_part_is_its_objectives_and_what_serves_them() -> None:
    other = replace(OBJECTIVE, code="P", axis="Y", actions=["D"])
    whole = picture([action("A"), action("D"), action("E")], [OBJECTIVE, other])
    axes = [PartPicture("X", {"fr": "X"}, "T1"), PartPicture("Y", {"fr": "Y"}, "T2")]
    part = of_theme(replace(whole, axes=axes), "T1")
    assert [o.code for o in part.objectives] == ["O"]
    assert [a.code for a in part.actions] == ["A"]
    assert [axis.code for axis in part.axes] == ["X"]


def test_a_part_has_the_indicators_of_its_objectives_and_actions_and_those_that_it_measures() -> None:
    def indicator(code: str, lead: str = "", **ties: list[str]) -> IndicatorPicture:
        return IndicatorPicture(code, code, {}, {}, "public", lead, "output", "year", "on_track", **ties)  # type: ignore[arg-type]

    objectives = [
        replace(OBJECTIVE, code="O1", axis="X1", lead="roads", actions=["A"]),
        replace(OBJECTIVE, code="O2", axis="X2", lead="parks", actions=["B"]),
    ]
    found = replace(
        picture([action("A", lead="roads"), action("B", lead="parks")], objectives),
        themes=[PartPicture("T1", {}), PartPicture("T2", {})],
        axes=[PartPicture("X1", {}, "T1"), PartPicture("X2", {}, "T2")],
        indicators=[
            indicator("goal", objectives=["O1"]), indicator("deed", actions=["A"]),
            indicator("keeper", lead="north", objectives=["O2"]), indicator("far", lead="parks", actions=["B"]),
        ],
    )  # fmt: skip
    assert [i.code for i in of_theme(found, "T1").indicators] == ["goal", "deed"]
    assert [i.code for i in of_theme(found, "T2").indicators] == ["keeper", "far"]
    assert [i.code for i in of_organisation(found, "roads").indicators] == ["goal", "deed", "keeper"]
