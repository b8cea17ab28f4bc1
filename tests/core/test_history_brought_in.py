"""History that is brought in keeps its days, and many deeds in one go run the rooms' hooks once."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from senne.core import hooks, records
from senne.core.actors import SYSTEM
from senne.core.models import AuditEntry, ContentVersion, Organisation
from senne.core.organisations import add_organisation
from senne.core.policy import Actor
from senne.core.text import Text

THEN = datetime(2023, 3, 15, 9, 30, tzinfo=UTC)


def _values(code: str) -> dict[str, Any]:
    return {"code": code, "kind": "city", "name": Text(fr=code)}


def test_a_record_brought_in_is_as_old_as_its_deed(db: None) -> None:
    with records.happened(THEN):
        city = add_organisation(_values("ville"), actor=SYSTEM)
    records.update(city, {"email": "ville@example.org"}, actor=SYSTEM)
    assert city.created_at == THEN
    assert city.modified_at > THEN
    assert [entry.at == THEN for entry in AuditEntry.objects.order_by("id")] == [True, False]


def test_in_one_go_hooks_see_every_changed_record_once(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    monkeypatch.setitem(hooks._hooks, "core.organisation", [lambda made: seen.append([o.name["fr"] for o in made])])
    before = ContentVersion.objects.values_list("number", flat=True).first() or 0
    with records.in_one_go():
        city = add_organisation(_values("ville"), actor=SYSTEM)
        add_organisation({**_values("rh"), "kind": "department", "parent": city}, actor=SYSTEM)
        records.update(city, {"name": Text(fr="Ville")}, actor=SYSTEM)
        assert not seen
    assert seen == [["Ville", "rh"]]
    assert ContentVersion.objects.get(pk=1).number == before + 1
    assert AuditEntry.objects.count() == 3


def test_hooks_of_deeds_hear_who_did_what_and_nothing_of_history(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[list[tuple[str, str]]] = []

    def hear(entries: list[AuditEntry]) -> None:
        heard.append([(entry.actor_name, entry.verb) for entry in entries])

    monkeypatch.setitem(hooks._deed_hooks, "core.organisation", [hear])
    with records.in_one_go():
        with records.happened(THEN):
            city = add_organisation(_values("ville"), actor=SYSTEM)
        records.update(city, {"email": "ville@example.org"}, actor=SYSTEM)
        records.update(city, {"name": Text(fr="Ville")}, actor=Actor(name="Anna"))
        assert not heard
    assert heard == [[("Senne", "update"), ("Anna", "update")]]
    records.delete(city, actor=SYSTEM)
    assert heard[1] == [("Senne", "delete")]


def test_what_failed_in_one_go_runs_no_hook(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Organisation] = []
    monkeypatch.setitem(hooks._hooks, "core.organisation", [seen.extend])
    with pytest.raises(ValidationError), records.in_one_go():
        _add_two_of_the_same_code()
    assert not seen


def _add_two_of_the_same_code() -> None:
    for _time in range(2):
        add_organisation(_values("ville"), actor=SYSTEM)


def test_a_round_number_is_told_in_full() -> None:
    assert [records.as_json(Decimal(n)) for n in ("-40", "9400000.00", "0.50", "0.000")] == [
        "-40",
        "9400000",
        "0.5",
        "0",
    ]
