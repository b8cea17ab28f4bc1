"""Every change of a record leaves its trace; nobody overwrites a colleague unknowingly."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from senne.core import records
from senne.core.actors import SYSTEM
from senne.core.models import AuditEntry
from senne.core.page_cache import content_version
from senne.core.text import Text
from senne.plan.api import Action
from tests.city import City, words


def entries(action: Action) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(root_kind="plan.action", root_id=action.pk))


def test_a_change_says_who_when_before_after_and_why(city: City) -> None:
    action, actor = city.actions["roads_public"], city.actor("coordination")
    records.update(action, {"priority": "high"}, actor=actor, reason="council asked")
    entry = entries(action)[0]
    assert (entry.actor_name, entry.verb, entry.reason) == ("Coordination", "update", "council asked")
    assert entry.changes == {"priority": ["normal", "high"]}
    assert entry.at is not None


def test_a_change_of_nothing_leaves_no_entry_and_no_new_version(city: City) -> None:
    action = city.actions["roads_public"]
    before, version = len(entries(action)), content_version()
    assert records.update(action, {"priority": "normal", "title": action.title}, actor=SYSTEM) == {}
    assert (len(entries(action)), content_version()) == (before, version)


def test_many_to_many_changes_are_in_the_history(city: City) -> None:
    action = city.actions["roads_public"]
    changes = records.update(action, {"partners": [city.units["parks"]]}, actor=SYSTEM)
    assert changes["partners"][0] == []
    assert changes["partners"][1][0]["id"] == city.units["parks"].pk


def test_what_hangs_on_an_action_is_in_its_history(city: City) -> None:
    action = city.actions["roads_public"]
    step = action.steps.get()
    records.delete(step, actor=SYSTEM, root=action)
    entry = entries(action)[0]
    assert (entry.verb, entry.kind) == ("delete", "plan.step")
    assert entry.changes["title"][0] == dict(words("Première étape"))


def test_the_second_to_save_is_told(city: City) -> None:
    mine = Action.objects.get(pk=city.actions["roads_public"].pk)
    theirs = Action.objects.get(pk=mine.pk)
    records.update(theirs, {"title": Text(fr="Le leur")}, actor=SYSTEM, expected_version=theirs.version)
    with pytest.raises(records.Conflict) as clash:
        records.update(mine, {"title": Text(fr="Le mien")}, actor=SYSTEM, expected_version=mine.version)
    assert clash.value.current.title == {"fr": "Le leur"}
    assert clash.value.mine["title"] == {"fr": "Le mien"}


def test_the_audit_trail_only_grows(city: City) -> None:
    entry = AuditEntry.objects.first()
    assert entry is not None
    for change in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(verb="x"),
    ):
        with pytest.raises(TypeError):
            change()


def test_history_brought_in_from_elsewhere_keeps_its_days(city: City) -> None:
    then = datetime(2024, 5, 17, 9, 30, tzinfo=UTC)
    with records.happened(then):
        records.update(city.actions["roads_public"], {"priority": "high"}, actor=SYSTEM)
    records.update(city.actions["roads_public"], {"priority": "low"}, actor=SYSTEM)
    after, before = entries(city.actions["roads_public"])[:2]
    assert before.at == then
    assert after.at > then
