"""Amendments: prepared beside the plan in force, tried, reviewed by a second person, adopted whole or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from senne.core.actors import SYSTEM
from senne.core.models import AuditEntry
from senne.core.policy import Refused
from senne.plan.actions import amending, amendments
from senne.plan.api import Action, Objective, do
from senne.plan.freezing import faults_of, picture_then
from senne.plan.models import Amendment, Snapshot
from senne.plan.rules.comparison import compare
from tests.city import TODAY, City, words


@pytest.fixture
def amendment(city: City) -> Amendment:
    values = {"plan": city.plan, "name": words("Révision 2026"), "reason": words("Évaluation à deux ans")}
    return amendments.prepare_amendment(values, actor=city.actor("coordination"))


def add(amendment: Amendment, city: City, kind: str, record: str, code: str, **values: Any) -> None:
    amendments.add_change(amendment, kind, record, code, values, actor=city.actor("coordination"))


def fill(amendment: Amendment, city: City) -> None:
    add(amendment, city, "reword", "action", "roads-public", title={"fr": "Autrement dit"})
    add(amendment, city, "retarget", "objective", "O1", target_value="55", target_year=2030, target_unit="%")
    add(amendment, city, "new", "objective", "O2", statement={"fr": "Un nouveau but"}, axis="A1")
    add(amendment, city, "new", "action", "N-1", title={"fr": "Une nouvelle action"}, objectives=["O2"], lead="parks")
    add(amendment, city, "abandon", "action", "roads-internal", reason={"fr": "Sans objet"})


def ready(amendment: Amendment, city: City) -> Amendment:
    fill(amendment, city)
    amendments.submit_amendment(amendment, actor=city.actor("coordination"))
    amendments.review_amendment(amendment, True, "", actor=SYSTEM)
    values = {"decision": "CC 2026-112", "decided_on": TODAY}
    amendments.change_amendment(amendment, values, actor=city.actor("coordination"))
    return amendment


def test_a_trial_shows_what_would_change_and_changes_nothing(amendment: Amendment, city: City) -> None:
    fill(amendment, city)
    before = AuditEntry.objects.filter(root_kind="plan.action").count()
    found = amendments.preview(amendment, actor=city.actor("coordination"))
    assert found.summary["reworded"] == ("roads-public",)
    assert found.summary["retargeted"] == ("O1",)
    assert found.summary["new_action"] == ("N-1",)
    assert found.summary["stopped"] == ("roads-internal",)
    assert not Action.objects.filter(code="N-1").exists()
    assert AuditEntry.objects.filter(root_kind="plan.action").count() == before


def test_adopted_it_makes_a_version_and_the_earlier_one_can_still_be_read(amendment: Amendment, city: City) -> None:
    after = amendments.adopt(ready(amendment, city), actor=city.actor("coordination"), today=TODAY)
    before = amendment.version_before
    assert before is not None
    assert faults_of(before) == faults_of(after) == []
    assert picture_then(before, SYSTEM).action("N-1") is None
    moved = compare(picture_then(before, SYSTEM), picture_then(after, SYSTEM))
    assert moved.summary["new_objective"] == ("O2",)
    assert Objective.objects.get(plan=city.plan, code="O1").target_value == 55
    entry = AuditEntry.objects.filter(kind="plan.action", record_id=city.actions["roads_public"].pk).first()
    assert entry is not None
    assert "CC 2026-112" in entry.reason
    assert (after.decision, after.kind) == ("CC 2026-112", Snapshot.Kind.VERSION)


def test_one_change_that_cannot_be_made_stops_them_all(amendment: Amendment, city: City) -> None:
    ready(amendment, city)
    do.change_action(city.actions["roads_internal"], {"code": "renamed"}, actor=SYSTEM)
    with pytest.raises(amending.WrongChange) as wrong:
        amendments.adopt(amendment, actor=city.actor("coordination"), today=TODAY)
    assert wrong.value.place == 5
    assert not Action.objects.filter(code="N-1").exists()
    assert not Snapshot.objects.exists()


def test_a_change_is_refused_when_it_is_written_down(amendment: Amendment, city: City) -> None:
    for kind, record, code, values in (
        ("reword", "action", "nobody", {"title": {"fr": "x"}}),
        ("reword", "action", "roads-public", {"status": "done"}),
        ("retarget", "objective", "O1", {"target_value": "beaucoup"}),
        ("merge", "action", "roads-public", {"into": "roads-public"}),
        ("new", "action", "N-1", {"title": {"fr": "x"}}),
        ("new", "action", "roads-public", {"title": {"fr": "x"}, "objectives": ["O1"]}),
        ("change", "action", "roads-public", {"end": "31/02/2025"}),
    ):
        with pytest.raises(ValidationError):
            add(amendment, city, kind, record, code, **values)
    assert amendment.changes.count() == 0


def test_who_prepared_it_does_not_review_it(amendment: Amendment, city: City) -> None:
    fill(amendment, city)
    amendments.submit_amendment(amendment, actor=city.actor("coordination"))
    with pytest.raises(ValidationError):
        amendments.review_amendment(amendment, True, "", actor=city.actor("coordination"))
    with pytest.raises(ValidationError):
        amendments.review_amendment(amendment, False, " ", actor=SYSTEM)
    with pytest.raises(ValidationError):
        amendments.adopt(amendment, actor=city.actor("coordination"), today=TODAY)


def test_without_a_decision_nothing_is_adopted(amendment: Amendment, city: City) -> None:
    ready(amendment, city)
    amendments.change_amendment(amendment, {"decision": ""}, actor=city.actor("coordination"))
    with pytest.raises(ValidationError):
        amendments.adopt(amendment, actor=city.actor("coordination"), today=TODAY)


def test_an_adopted_amendment_is_closed(amendment: Amendment, city: City) -> None:
    amendments.adopt(ready(amendment, city), actor=city.actor("coordination"), today=TODAY)
    with pytest.raises(ValidationError):
        add(amendment, city, "reword", "action", "roads-public", title={"fr": "Encore"})
    with pytest.raises(ValidationError):
        amendments.withdraw(amendment, actor=city.actor("coordination"), reason="trop tard")


@pytest.mark.parametrize("name", ["head", "owner", "reader", "body_manager"])
def test_others_do_not_amend_the_citys_plan(city: City, name: str) -> None:
    values = {"plan": city.plan, "name": words("x"), "reason": words("x")}
    with pytest.raises(Refused):
        amendments.prepare_amendment(values, actor=city.actor(name))


def test_a_code_never_means_two_things(city: City) -> None:
    do.delete_action(city.actions["roads_internal"], actor=SYSTEM, reason="test")
    values = {"plan": city.plan, "title": words("Autre"), "objectives": [city.objective], "code": "roads-internal"}
    with pytest.raises(ValidationError, match="roads internal"):
        do.create_action(values, actor=SYSTEM)
    action = city.actions["roads_public"]
    do.change_action(action, {"code": "other"}, actor=SYSTEM)
    with pytest.raises(ValidationError):
        do.create_action({**values, "code": "roads-public"}, actor=SYSTEM)
    do.change_action(action, {"code": "roads-public"}, actor=SYSTEM)
    assert action.code == "roads-public"
