"""The demo city of a day is the same in every store."""

from __future__ import annotations

import re
from typing import Any

import pytest

from senne.core.actors import actor_of
from senne.core.models import AuditEntry, User
from senne.demo.loader import load_demo
from senne.plan.api import Plan, exporting
from tests.demo.conftest import TODAY, standing

NUMBERED = frozenset(
    {"core.feedback", "core.publicanswer", "plan.actionrelation", "plan.objectivelink", "talk.comment", "talk.request"}
)


def _exports() -> dict[str, Any]:
    """What the city gives out, with its trail: everything that must not differ from one store to another."""
    coordination = actor_of(User.objects.get(email="coordination@senne.example.org"))
    plans = {plan.code: exporting.plan_document(plan, coordination, TODAY) for plan in Plan.objects.all()}
    return plans | {"trail": [_told(entry) for entry in AuditEntry.objects.order_by("id")]}


def _told(entry: AuditEntry) -> tuple[object, ...]:
    """The entry without the numbers that a store gives its records (some are named by them)."""
    label = re.sub(r"\d+", "", entry.label["fr"]) if entry.kind in NUMBERED else entry.label
    return entry.at, entry.actor_name, entry.verb, entry.kind, label, entry.reason


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.django_db
def test_two_stores_hold_the_same_city() -> None:
    found = []
    for _store in range(2):
        with standing():
            load_demo(TODAY)
            found.append(_exports())
    for one, other in zip(found[0]["trail"], found[1]["trail"], strict=True):
        assert one == other
    assert found[0] == found[1]
    assert len(found[0]["trail"]) > 1500
