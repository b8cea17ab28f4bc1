"""A plan at one moment: complete, cut to its reader, the same out of storage as into it; two moments compared."""

from __future__ import annotations

import json
from dataclasses import replace

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from senne.core.actors import SYSTEM
from senne.core.policy import VISITOR
from senne.core.text import Text
from senne.plan.api import do
from senne.plan.picturing import picture_of
from senne.plan.rules.comparison import compare
from senne.plan.rules.picture import ActionPicture, ObjectivePicture, Picture, as_json, cut, from_json
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
pictures = st.builds(
    lambda a, o: Picture("P", {"fr": "P"}, "2026-11-24", [], [], o, a, []),
    st.lists(actions, unique_by=lambda a: a.code),
    st.lists(objectives, unique_by=lambda o: o.code),
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
