"""The demo city is whole, trilingual, and loads once."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.management import call_command

from senne.core.models import AuditEntry, Organisation
from senne.demo.content import table, themes
from senne.demo.loader import load_demo
from senne.plan.api import Action, Objective, ObjectiveLink, Plan, Theme

TODAY = date(2026, 11, 24)


@pytest.fixture
def counts(db: None) -> dict[str, int]:
    return load_demo(TODAY)


def test_the_city_is_believable_in_size(counts: dict[str, int]) -> None:
    kinds = list(Organisation.objects.values_list("kind", flat=True))
    assert kinds.count("department") >= 15
    assert kinds.count("body") == 4
    assert Plan.objects.count() == 3
    assert Theme.objects.filter(plan__code="CLIMAT").count() == 10
    assert Objective.objects.filter(plan__code="CLIMAT").count() >= 30
    assert Action.objects.filter(plan__code="CLIMAT").count() >= 120
    assert {u.code for u in Organisation.objects.filter(kind="body", led_actions__isnull=False)} == {
        "cpas", "foyer", "numerique", "evenements",
    }  # fmt: skip
    assert Action.objects.filter(plan__code="CLIMAT").exclude(lead=None).count() == counts_of("CLIMAT")
    assert ObjectiveLink.objects.exists()
    assert Action.objects.filter(objectives__plan__code="PCDD", plan__code="CLIMAT").exists()


def counts_of(plan: str) -> int:
    return sum(len(o.get("action", ())) for file in themes() if file.plan == plan for o in file.objectives)


def test_every_row_of_the_mission_has_its_action() -> None:
    rows = {a["mission"] for file in themes() for o in file.objectives for a in o.get("action", ()) if "mission" in a}
    sizes = {"1": 10, "2": 3, "3": 5, "4": 7, "5": 3}
    assert rows == {f"{axis}.{n}" for axis, size in sizes.items() for n in range(1, size + 1)}


def test_every_text_is_in_three_languages_but_a_few_descriptions(counts: dict[str, int]) -> None:
    """A description in each theme waits for its translation, so that the list of what is missing has something."""
    waiting = 0
    for action in Action.objects.all():
        assert set(action.title) == {"fr", "nl", "en"}, action.code
        waiting += set(action.description) != {"fr", "nl", "en"}
    assert 5 <= waiting <= 12
    for objective in Objective.objects.all():
        assert set(objective.statement) == {"fr", "nl", "en"}, objective.code
    assert all(len(row) == 4 for row in table("tags")["rows"])


def test_loading_twice_changes_nothing(counts: dict[str, int]) -> None:
    before = AuditEntry.objects.count()
    call_command("load_demo", stdout=io.StringIO())
    assert AuditEntry.objects.count() == before
