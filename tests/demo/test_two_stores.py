"""The demo city of a day is the same in every store."""

from __future__ import annotations

from typing import Any

import pytest

from senne.core.actors import actor_of
from senne.core.models import AuditEntry, User
from senne.demo.loader import load_demo
from senne.plan.api import Plan, exporting
from tests.demo.conftest import TODAY, standing


def _exports() -> dict[str, Any]:
    """What the city gives out, with its trail: everything that must not differ from one store to another."""
    coordination = actor_of(User.objects.get(email="coordination@senne.example.org"))
    plans = {plan.code: exporting.plan_json(plan, coordination) for plan in Plan.objects.all()}
    trail = AuditEntry.objects.order_by("id").values_list("at", "actor_name", "verb", "kind", "label", "reason")
    return plans | {"trail": list(trail)}


@pytest.mark.timeout(400)
@pytest.mark.django_db
def test_two_stores_hold_the_same_city() -> None:
    found = []
    for _store in range(2):
        with standing():
            load_demo(TODAY)
            found.append(_exports())
    assert found[0] == found[1]
    assert len(found[0]["trail"]) > 1500
