"""A frozen plan: whole, sealed, unchangeable, readable by those who may, comparable with any other."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from senne.core import records
from senne.core.actors import SYSTEM
from senne.core.periods import Period
from senne.core.policy import VISITOR
from senne.core.text import Text
from senne.indicators import api as indicators
from senne.indicators.api import Indicator
from senne.plan.api import Characteristic, Objective, do
from senne.plan.freezing import Label, faults_of, freeze, parts, picture_then, snapshots
from senne.plan.models.snapshots import Snapshot, SnapshotPart
from senne.plan.picturing import picture_of
from senne.plan.rules.comparison import compare
from senne.plan.rules.picture import as_json
from tests.city import TODAY, City, make_action, make_indicator, words

LABEL = Label("moment", Text(fr="Un matin de novembre"), public=True)


def test_what_is_read_is_what_stood_whatever_happens_later(city: City) -> None:
    then = picture_of(city.plan, SYSTEM, TODAY)
    snapshot = freeze(city.plan, LABEL, TODAY, actor=SYSTEM)
    do.report(city.actions["roads_public"], {"status": "done", "news": Text(fr="Fini.")}, actor=SYSTEM, today=TODAY)
    do.delete_action(city.actions["roads_internal"], actor=SYSTEM, reason="test")
    assert picture_then(snapshot, SYSTEM) == then
    assert faults_of(snapshot) == []


def test_in_the_middle_of_a_great_deal_of_deeds_it_is_whole_too(city: City) -> None:
    """Progress and health dates are computed by hooks, which wait in one go: a picture does not miss them."""
    with records.in_one_go():
        late = make_action(city, "late", city.plan, "roads", "public")
        do.change_action(late, {"status": "under_way", "end_on": TODAY - timedelta(days=90)}, actor=SYSTEM)
        do.report(city.actions["roads_public"], {"status": "done"}, actor=SYSTEM, today=TODAY)
        snapshot = freeze(city.plan, LABEL, TODAY, actor=SYSTEM)
    then = picture_then(snapshot, SYSTEM)
    assert then == picture_of(city.plan, SYSTEM, TODAY)
    assert then.progress is not None
    assert {action.code: action.health for action in then.actions}["late"] == "late"


def test_two_moments_are_compared(city: City) -> None:
    before = freeze(city.plan, LABEL, TODAY, actor=SYSTEM)
    do.report(city.actions["roads_public"], {"status": "done"}, actor=SYSTEM, today=TODAY)
    after = freeze(city.plan, LABEL, TODAY, actor=SYSTEM)
    assert (before.number, after.number) == (1, 2)
    found = compare(picture_then(before, SYSTEM), picture_then(after, SYSTEM))
    assert found.summary["done"] == ("roads-public",)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE plan_snapshot SET content_hash = 'x'",
        "DELETE FROM plan_snapshot",
        "UPDATE plan_snapshotpart SET code = 'x'",
        "DELETE FROM plan_snapshotpart",
    ],
)
def test_the_database_itself_refuses_to_change_it(city: City, change: str) -> None:
    freeze(city.plan, LABEL, TODAY, actor=SYSTEM)
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_a_part_that_is_not_what_was_sealed_is_found(city: City) -> None:
    snapshot = freeze(city.plan, LABEL, TODAY, actor=SYSTEM)
    SnapshotPart.objects.create(
        snapshot=snapshot, kind="action", code="forged", order=99, visibility="public", data={"code": "forged"},
        content_hash="0" * 64,
    )  # fmt: skip
    assert faults_of(snapshot) == ["action forged", "whole"]


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "modifié depuis"), ("nl", "gewijzigd sindsdien"), ("en", "changed since")]
)
def test_the_command_computes_every_seal_again(city: City, language: str, words: str) -> None:
    freeze(city.plan, LABEL, TODAY, actor=SYSTEM)
    told = StringIO()
    call_command("check_snapshots", language=language, stdout=told)
    broken = freeze(city.plan, LABEL, TODAY, actor=SYSTEM)
    SnapshotPart.objects.create(
        snapshot=broken, kind="action", code="forged", order=99, visibility="public", data={}, content_hash="0" * 64
    )
    assert told.getvalue().count("CLIMATE 1 ") == 1
    assert words not in told.getvalue()
    with pytest.raises(CommandError) as raised:
        call_command("check_snapshots", language=language, stdout=told)
    assert raised.value.returncode == 1
    assert f"{words}: action forged, whole" in told.getvalue().replace("\xa0:", ":").replace(" :", ":")


def test_each_reader_gets_their_part(city: City) -> None:
    snapshot = freeze(city.plan, LABEL, TODAY, actor=SYSTEM)

    def seen(name: str) -> set[str]:
        actor = VISITOR if name == "visitor" else city.actor(name)
        text = json.dumps(as_json(picture_then(snapshot, actor)))
        codes = {part.code for part in parts(snapshot, actor) if part.kind == "action"}
        assert ("roads-internal" in text) == ("roads-internal" in codes)
        return codes

    assert seen("visitor") == seen("body_manager") == {"roads-public"}
    assert seen("reader") == seen("head") == seen("coordination") == {"roads-public", "roads-internal"}


def test_a_partner_body_still_sees_what_it_took_part_in(city: City) -> None:
    do.change_action(city.actions["roads_internal"], {"partners": [city.units["housing"]]}, actor=SYSTEM)
    snapshot = freeze(city.plan, LABEL, TODAY, actor=SYSTEM)
    assert {p.code for p in parts(snapshot, city.actor("other_body_manager")) if p.kind == "action"} == {
        "roads-public", "roads-internal",
    }  # fmt: skip


def test_snapshots_that_are_not_public_stay_inside(city: City) -> None:
    freeze(city.plan, Label("moment", Text(fr="Interne"), public=False), TODAY, actor=SYSTEM)
    assert not snapshots(VISITOR).exists()
    assert not snapshots(city.actor("body_manager")).exists()
    assert snapshots(city.actor("reader")).count() == 1


def test_reading_asks_a_constant_number_of_questions(city: City) -> None:
    def questions() -> int:
        snapshot = freeze(city.plan, LABEL, TODAY, actor=SYSTEM)
        with CaptureQueriesContext(connection) as asked:
            picture_then(snapshot, city.actor("head"))
        return len(asked)

    few = questions()
    for number in range(10):
        make_action(city, f"more_{number}", city.plan, "parks", "public")
    assert questions() == few


def test_a_correction_is_a_new_edition_that_says_why(city: City) -> None:
    first = freeze(city.plan, LABEL, TODAY, actor=SYSTEM)
    label = Label("moment", LABEL.name, public=True, reason="A budget was wrong", corrects=first)
    second = freeze(city.plan, label, TODAY, actor=SYSTEM)
    assert (second.edition, second.corrects) == (2, first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.create(
            plan=city.plan, number=99, kind="moment", name=LABEL.name, day=TODAY, public=True, edition=2, corrects=first,
            head={}, content_hash="", code_version="",
        )  # fmt: skip


def test_a_version_betrays_nothing_of_what_is_internal_elsewhere(city: City) -> None:
    """Codes of other plans' internal records, the plan's own internal objective, words of a legend used elsewhere."""
    values = {"plan": city.plan, "axis": city.objective.axis, "code": "OI", "statement": words("Caché"), "lead": None}
    hidden = do.create_part(Objective, {**values, "visibility": "internal"}, actor=SYSTEM)
    other = Objective.objects.get(plan=city.body_plan)
    records.update(other, {"visibility": "internal"}, actor=SYSTEM)
    public = city.actions["roads_public"]
    records.update(public, {"objectives": [city.objective, hidden, other]}, actor=SYSTEM)
    records.update(city.actions["welfare_internal"], {"objectives": [other, city.objective]}, actor=SYSTEM)
    word = records.create(Characteristic, {"code": "secret", "name": words("Légende d’ailleurs")}, actor=SYSTEM)
    records.update(city.actions["roads_internal"], {"characteristics": [word]}, actor=SYSTEM)
    snapshot = freeze(city.plan, LABEL, TODAY, actor=SYSTEM)
    text = json.dumps(as_json(picture_then(snapshot, VISITOR)))
    assert [found for found in ("OI", "WELFARE:", "welfare-internal", "ailleurs", "secret") if found in text] == []
    assert "ailleurs" in json.dumps(as_json(picture_then(snapshot, city.actor("head"))))


# ---- Indicators ---------------------------------------------------------------------------------------------------


@pytest.fixture
def measured(city: City) -> City:
    """A public and an internal indicator of the roads, and an internal one of a body, all of them of the objective."""
    for code, unit, visibility in (
        ("trees", "roads", "public"), ("hidden", "roads", "internal"), ("bodys", "welfare", "internal"),
    ):  # fmt: skip
        do.tie_indicator(city.objective, make_indicator(city, code, unit, visibility), actor=SYSTEM)
    return city


def test_indicators_are_frozen_and_sealed_with_their_figures(measured: City) -> None:
    snapshot = freeze(measured.plan, LABEL, TODAY, actor=SYSTEM)
    then = picture_of(measured.plan, SYSTEM, TODAY)
    trees = Indicator.objects.get(code="trees")
    indicators.do.say_figure(indicators.Figure(trees, Period(2025), Decimal(212)), actor=SYSTEM, today=TODAY)
    assert picture_then(snapshot, SYSTEM) == then
    assert [figure.value for figure in then.indicator("trees").figures][-1] == "190"  # type: ignore[union-attr]
    assert faults_of(snapshot) == []
    told = StringIO()
    call_command("check_snapshots", language="fr", stdout=told)
    assert "modifié depuis" not in told.getvalue()


def test_each_reader_gets_their_indicators(measured: City) -> None:
    snapshot = freeze(measured.plan, LABEL, TODAY, actor=SYSTEM)

    def seen(name: str) -> set[str]:
        actor = VISITOR if name == "visitor" else measured.actor(name)
        picture = picture_then(snapshot, actor)
        text = json.dumps(as_json(picture))
        codes = {indicator.code for indicator in picture.indicators}
        assert {code for code in ("trees", "hidden", "bodys") if code in text} == codes
        assert codes == {i.code for i in picture_of(measured.plan, actor, TODAY).indicators}, "as the live ones"
        return codes

    assert seen("visitor") == {"trees"}
    assert seen("reader") == seen("head") == {"trees", "hidden"}
    assert seen("body_manager") == {"trees", "bodys"}
    assert seen("coordination") == {"trees", "hidden", "bodys"}


def test_a_correction_freezes_the_corrected_figure_beside_the_first_one(measured: City) -> None:
    first = freeze(measured.plan, LABEL, TODAY, actor=SYSTEM)
    trees = Indicator.objects.get(code="trees")
    figure = indicators.Figure(trees, Period(2024), Decimal(185))
    indicators.do.say_figure(figure, actor=SYSTEM, today=TODAY, reason="Compté deux fois")
    label = Label("moment", LABEL.name, public=True, reason="Compté deux fois", corrects=first)
    second = freeze(measured.plan, label, TODAY, actor=SYSTEM)
    found = compare(picture_then(first, VISITOR), picture_then(second, VISITOR))
    assert found.summary == {"corrected": ("trees",)}
    assert faults_of(first) == faults_of(second) == []
