"""The JSON Schema of a plan: what goes out keeps to it, and what keeps to it comes in."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from senne.core.policy import VISITOR
from senne.opendata.schema import FOLDER
from senne.plan.api import exporting
from senne.plan.columns import CHILDREN, COLUMNS, MARK, PLAN_FIELDS
from senne.plan.importers.base import ImportProblem, read_document
from senne.plan.reading.draft import KINDS
from tests.city import City
from tests.opendata.documents import documents

SCHEMA = json.loads((FOLDER / "plan-1.json").read_text(encoding="utf-8"))


def faults(document: dict[str, Any]) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(document)]


def test_the_schema_is_one_and_stands_at_its_address(db: None, client: Client) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    response = client.get("/api/v1/schemas/plan-1.json")
    assert response["Content-Type"] == "application/schema+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    served = response.json()
    assert served.pop("$id").endswith("/api/v1/schemas/plan-1.json")
    assert served == SCHEMA
    assert client.get("/api/v1/schemas/plan-2.json").status_code == 404


def test_every_column_stands_in_the_schema() -> None:
    for kind in KINDS:
        told = set(SCHEMA["$defs"][kind]["properties"])
        fields = {column.field for column in COLUMNS if column.level == kind and column.kind != "told"}
        fields |= {child.field for child in CHILDREN if child.level == kind}
        assert fields <= told, kind
    assert {column.field for column in PLAN_FIELDS} == set(SCHEMA["$defs"]["plan"]["properties"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document=documents())
def test_what_keeps_to_the_schema_comes_in(document: dict[str, Any]) -> None:
    document = {"schema": MARK, **document}
    assert faults(document) == []
    assert read_document(json.dumps(document).encode(), "plan.json").document is not None


def test_what_goes_out_keeps_to_the_schema(city: City) -> None:
    for actor in (VISITOR, city.actor("head"), city.actor("coordination"), city.actor("reader")):
        assert faults(exporting.plan_document(city.plan, actor, date(2026, 11, 24))) == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"code": "a code"}, "actions[0].code"),
        ({"status": "soon"}, "actions[0].status"),
        ({"start": "31/02/2025"}, "actions[0].start"),
        ({"title": "no language"}, "actions[0].title"),
        ({"weight": "heavy"}, "actions[0].weight"),
        ({"steps": [{"titre": {}}]}, "actions[0].steps"),
        ({"partners": "roads"}, "actions[0].partners"),
        ({"budget": [{"kind": "planned", "amount": "much"}]}, "actions[0].budget"),
    ],
)
def test_what_does_not_is_refused_with_its_place(change: dict[str, Any], place: str) -> None:
    action = {"code": "A1", "title": {"fr": "Planter"}, "status": "done", **change}
    document = {"schema": MARK, "plan": {"code": "P", "name": {"fr": "P"}}, "actions": [action]}
    with pytest.raises(ImportProblem) as problem:
        read_document(json.dumps(document).encode(), "plan.json")
    assert problem.value.code == "wrong_json"
    assert problem.value.params["place"] == place


def test_a_plan_of_the_demo_keeps_to_the_schema_in_the_download(city: City, client: Client) -> None:
    assert faults(client.get("/fr/data/CLIMATE.json").json()) == []
