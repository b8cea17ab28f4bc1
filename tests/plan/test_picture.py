"""A plan at one moment: complete, cut to its reader, the same out of storage as into it; two moments compared."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from senne.core.actors import SYSTEM
from senne.core.policy import VISITOR
from senne.core.text import Text
from senne.indicators.words import State
from senne.plan.api import do
from senne.plan.compared import summary_lines, told
from senne.plan.picturing import picture_of
from senne.plan.rules.comparison import compare
from senne.plan.rules.picture import (
    ActionPicture,
    FigurePicture,
    IndicatorPicture,
    ObjectivePicture,
    OrganisationPicture,
    Picture,
    TargetPicture,
    as_json,
    cut,
    from_json,
)
from tests.city import TODAY, City, make_action


def test_a_picture_comes_out_of_storage_as_it_went_in(city: City) -> None:
    picture = picture_of(city.plan, SYSTEM, TODAY)
    assert {action.code for action in picture.actions} == {"roads-public", "roads-internal"}
    assert from_json(Picture, json.loads(json.dumps(as_json(picture)))) == picture


def test_a_visitor_gets_the_public_part(city: City) -> None:
    picture = picture_of(city.plan, VISITOR, TODAY)
    assert [action.code for action in picture.actions] == ["roads-public"]
    assert "secret" not in json.dumps(as_json(picture))


def test_cutting_takes_away_and_leaves_no_trace(city: City) -> None:
    whole = picture_of(city.plan, SYSTEM, TODAY)
    public = cut(whole, lambda a: a.visibility == "public", lambda o: o.visibility == "public", lambda i: False)
    assert "roads-internal" not in json.dumps(as_json(public))


def test_the_number_of_questions_does_not_grow(city: City) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            picture_of(city.plan, SYSTEM, TODAY)
        return len(asked)

    few = questions()
    for number in range(12):
        make_action(city, f"more_{number}", city.plan, "parks", "public")
    assert questions() == few


def test_what_happened_between_two_moments_is_told(city: City) -> None:
    before = picture_of(city.plan, SYSTEM, TODAY)
    done, reworded = city.actions["roads_public"], city.actions["roads_internal"]
    do.report(done, {"status": "done"}, actor=SYSTEM, today=TODAY)
    do.change_action(reworded, {"title": Text(fr="Autrement dit")}, actor=SYSTEM)
    make_action(city, "brand_new", city.plan, "parks", "public")
    comparison = compare(before, picture_of(city.plan, SYSTEM, TODAY))
    assert comparison.summary["done"] == ("roads-public",)
    assert comparison.summary["reworded"] == ("roads-internal",)
    assert comparison.summary["new_action"] == ("brand-new",)
    changed = {d.code: {f.name for f in d.fields} for d in comparison.of("action") if d.state == "changed"}
    assert "title" in changed["roads-internal"]


statuses = st.sampled_from(["to_start", "under_way", "done", "suspended", "abandoned"])
actions = st.builds(
    lambda code, status, health, title: ActionPicture(
        code, code, {"fr": title}, status, "idea", health, "current", "public"
    ),
    st.sampled_from(["A1", "A2", "A3", "A4"]),
    statuses,
    st.sampled_from(["on_track", "watch", "late"]),
    st.sampled_from(["Planter", "Isoler"]),
)
objectives = st.builds(
    lambda code, monitored: ObjectivePicture(code, "X", {"fr": code}, "public", monitored, []),
    st.sampled_from(["O1", "O2"]),
    st.booleans(),
)
indicators = st.builds(
    lambda code, values, state: IndicatorPicture(
        code, code, {"fr": code}, {"fr": "t"}, "public", "u", "output", "year", state,
        figures=[FigurePicture(str(2020 + n), value) for n, value in enumerate(values)], objectives=["O1"],
    ),
    st.sampled_from(["O1", "I2"]),
    st.lists(st.sampled_from(["1", "2.5", "-3"]), max_size=3),
    st.sampled_from(["on_track", "off_track", "no_target"]),
)  # fmt: skip
pictures = st.builds(
    lambda a, o, i: Picture("P", {"fr": "P"}, "2026-11-24", [], [], o, a, [], indicators=i),
    st.lists(actions, unique_by=lambda a: a.code, max_size=3),
    st.lists(objectives, unique_by=lambda o: o.code, max_size=2),
    st.lists(indicators, unique_by=lambda i: i.code, max_size=2),
)


@given(pictures)
def test_a_picture_does_not_differ_from_itself(picture: Picture) -> None:
    assert compare(picture, replace(picture)).differences == ()


@given(pictures, pictures)
def test_what_is_new_one_way_is_gone_the_other(one: Picture, other: Picture) -> None:
    there, back = compare(one, other), compare(other, one)
    assert {(d.kind, d.code) for d in there.differences} == {(d.kind, d.code) for d in back.differences}
    assert {d.code for d in there.of("action") if d.state == "new"} == {
        d.code for d in back.of("action") if d.state == "gone"
    }


# ---- Indicators ---------------------------------------------------------------------------------------------------

TREES = IndicatorPicture(
    "trees", "u", {"fr": "Arbres plantés"}, {"fr": "arbres"}, "public", "roads", "outcome", "year", "on_track",
    figures=[FigurePicture("2023", "160"), FigurePicture("2024", "1190.4", uncertainty="5")],
    targets=[FigurePicture("2030", "2500")], baseline=FigurePicture("2020", "100"), objectives=["O1"],
)  # fmt: skip


def plan_with(*indicators: IndicatorPicture) -> Picture:
    goal = ObjectivePicture("O1", "X", {"fr": "O1"}, "public", True, [])
    units = [OrganisationPicture("roads", {"fr": "Voirie"}, "department")]
    return Picture("P", {"fr": "P"}, "2026-11-24", [], [], [goal], [], units, indicators=list(indicators))


def changed(**values: Any) -> dict[str, tuple[str, ...]]:
    return compare(plan_with(TREES), plan_with(replace(TREES, **values))).summary


def test_what_moved_of_an_indicator_is_told() -> None:
    more = [*TREES.figures, FigurePicture("2025", "1300")]
    assert changed(figures=more) == {"measured": ("trees",)}
    assert changed(figures=[FigurePicture("2023", "165"), TREES.figures[1]]) == {"corrected": ("trees",)}
    assert changed(figures=more, state="off_track", share=100) == {"measured": ("trees",), "off_trajectory": ("trees",)}
    assert changed(state="watch") == {"slower": ("trees",)}
    assert changed(state="no_target") == {}
    assert changed(targets=[FigurePicture("2030", "2600")]) == {"retargeted": ("trees",)}
    assert changed(baseline=None) == {"retargeted": ("trees",)}
    assert changed(targets=[FigurePicture("2030", "2500", note={"fr": "Décision"})]) == {}, "the aim is the same"
    assert changed(definition={"fr": "Autre chose"}) == {"reworded": ("trees",)}


def test_an_indicator_that_comes_or_goes_is_new_or_gone_and_nothing_else() -> None:
    """A version frozen before there were indicators has none."""
    old = from_json(Picture, {k: v for k, v in as_json(plan_with()).items() if k != "indicators"})
    assert compare(old, plan_with(TREES)).summary == {"new_indicator": ("trees",)}
    assert compare(plan_with(TREES), old).summary == {"gone_indicator": ("trees",)}


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("fr", "2024 : 1 190 ± 5 arbres\n2025 : –", "2024 : 1 195 ± 5 arbres\n2025 : 1 300 arbres (provisoire)"),
        ("nl", "2024: 1.190 ± 5 arbres\n2025: –", "2024: 1.195 ± 5 arbres\n2025: 1.300 arbres (voorlopig)"),
        ("en", "2024: 1,190 ± 5 arbres\n2025: –", "2024: 1,195 ± 5 arbres\n2025: 1,300 arbres (provisional)"),
    ],
)
def test_figures_are_told_by_period_where_they_differ(language: str, before: str, after: str) -> None:
    figures = [TREES.figures[0], FigurePicture("2024", "1195", "5"), FigurePicture("2025", "1300", provisional=True)]
    old, new = plan_with(TREES), plan_with(replace(TREES, figures=figures))
    with override(language):
        (field,) = told(compare(old, new).differences[0], old, new).fields
    assert [re.sub(r"\s", " ", line) for line in field.before.split("\n")] == before.split("\n")
    assert [re.sub(r"\s", " ", line) for line in field.after.split("\n")] == after.split("\n")


def test_every_other_field_of_an_indicator_reads_as_words() -> None:
    values = {
        "name": {"fr": "Grands arbres"}, "unit": {"fr": "m²"}, "visibility": "internal", "lead": "", "kind": "impact",
        "frequency": "quarter", "state": "off_track", "definition": {"fr": "x"}, "method": {"fr": "y"},
        "method_version": 2, "source": {"fr": "z"}, "decimals": 1, "wanted": "up", "baseline": FigurePicture("2019", "90"),
        "targets": [], "expected": "12", "share": 3, "objectives": [], "actions": ["A-1"],
    }  # fmt: skip
    old, new = plan_with(TREES), plan_with(replace(TREES, **values))
    with override("fr"):
        fields = told(compare(old, new).differences[0], old, new).fields
        states = tuple(str(State(key).label) for key in ("on_track", "off_track"))
    found = {field.name: (field.before, field.after) for field in fields}
    text = " ".join(part for name, pair in found.items() for part in (name, *pair))
    assert "Figure" not in text
    assert not set(values) & set(found), "each has a name"
    assert found["Par rapport à la trajectoire"] == states
    assert found["Valeur de référence"][1].replace("\xa0", " ") == "90 m² (2019)"
    assert len(found) == len(values) - 2, "what is computed is left out"


def test_one_code_of_two_kinds_is_told_twice() -> None:
    """An indicator's code is of the platform, an action's of its plan: they may be the same."""
    old = replace(plan_with(replace(TREES, code="O1")))
    new = plan_with(replace(TREES, code="O1", targets=[]))
    target = TargetPicture({"fr": "Toits"}, "toits", "5")
    new = replace(new, objectives=[replace(new.objectives[0], target=target)])
    with override("fr"):
        lines = dict(summary_lines(compare(old, new)))
    assert lines["Cible changée"] == [("O1", "O1"), ("O1", "Arbres plantés")]
