"""Out and in again: no difference, no formula, nothing that the reader may not see."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from senne.core import records
from senne.core.actors import SYSTEM
from senne.core.text import Text
from senne.opendata.writers import FORMATS
from senne.plan import importing
from senne.plan.api import Action, BudgetLine, Characteristic, Plan, Step, Tag, do, exporting
from tests.city import City, words

letters = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12)
sentence = st.lists(letters, min_size=1, max_size=5).map(" ".join).filter(lambda t: "<" not in t and "&" not in t)
texts = st.fixed_dictionaries({"fr": sentence}, optional={"nl": sentence, "en": sentence})
partial_dates = st.sampled_from([None, "2026", "2027-03", "2028-05-17"])
actions = st.fixed_dictionaries(
    {
        "title": texts,
        "description": texts,
        "status": st.sampled_from(["to_start", "under_way", "done"]),
        "phase": st.sampled_from(["idea", "study", "roll_out"]),
        "priority": st.sampled_from(["low", "high"]),
        "continuous": st.booleans(),
        "steps": st.lists(texts, max_size=3),
        "budget": st.lists(st.integers(1, 10**8), max_size=2),
        "characteristics": st.sets(st.sampled_from(["mitigation", "adaptation"])),
    }
)


def fill(city: City, generated: list[dict[str, Any]]) -> None:
    Action.objects.filter(plan=city.plan).delete()
    tag = Tag.objects.get_or_create(slug="velo", defaults={"name": words("Vélo")})[0]
    for number, row in enumerate(generated):
        kinds = [
            Characteristic.objects.get_or_create(code=c, defaults={"name": words(c)})[0] for c in row["characteristics"]
        ]
        plain = {k: v for k, v in row.items() if k not in {"steps", "budget", "characteristics"}}
        values = {**plain, "title": Text(row["title"]), "description": Text(row["description"]), "plan": city.plan}
        values |= {"code": f"X-{number}", "objectives": [city.objective], "lead": city.units["roads"], "tags": [tag]}
        action = do.create_action({**values, "characteristics": kinds}, actor=SYSTEM)
        for order, title in enumerate(row["steps"]):
            do.add_child(Step, action, {"title": Text(title), "order": order}, actor=SYSTEM)
        for amount in row["budget"]:
            line = {"nature": "investment", "kind": "planned", "year": 2026, "amount": Decimal(amount) / 100}
            do.add_child(BudgetLine, action, line, actor=SYSTEM)


@pytest.mark.parametrize("kind", FORMATS)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(generated=st.lists(actions, min_size=1, max_size=4))
def test_export_then_import_gives_no_difference(city: City, kind: str, generated: list[dict[str, Any]]) -> None:
    fill(city, generated)
    content = FORMATS[kind][1](exporting.plan_rows(city.plan, SYSTEM))
    found = importing.preview_of(content, f"plan.{kind}", city.plan, {})
    difference = found.difference
    assert difference.is_empty, (
        difference.new,
        [c for _n, _k, c in difference.changed],
        difference.gone,
        difference.moved,
    )


@pytest.mark.parametrize("kind", FORMATS)
def test_a_plan_moves_whole_into_another_store(city: City, kind: str) -> None:
    before = exporting.plan_rows(city.plan, SYSTEM)
    content = FORMATS[kind][1](before)
    for plan in Plan.objects.filter(pk=city.plan.pk):
        Action.objects.filter(plan=plan).delete()
        plan.delete()
    values = {"code": "CLIMATE", "name": words("Plan CLIMATE"), "organisation": city.units["city"]}
    plan = do.create_plan({**values, "visibility": "public"}, actor=SYSTEM)
    run = importing.start_import(content, f"plan.{kind}", actor=SYSTEM, plan=plan, organisation=city.units["city"])
    importing.apply_import(run, actor=SYSTEM)
    assert exporting.plan_rows(plan, SYSTEM) == before


@pytest.mark.parametrize("start", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1"])
def test_no_cell_is_run_by_a_spreadsheet(city: City, start: str) -> None:
    records.update(city.actions["roads_public"], {"title": Text(fr=f"{start}|' /C calc'!A0")}, actor=SYSTEM)
    rows = exporting.plan_rows(city.plan, SYSTEM)
    book = load_workbook(io.BytesIO(FORMATS["xlsx"][1](rows)))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value} == {"s"}
    cells = [cell.strip('"') for line in FORMATS["csv"][1](rows).decode().splitlines() for cell in line.split(";")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-2", "@", "\t"))]


@pytest.mark.parametrize("kind", [*FORMATS, "json"])
def test_a_file_holds_what_its_reader_may_see(city: City, kind: str) -> None:
    def text(client: Client) -> str:
        response = client.get(f"/fr/data/CLIMATE.{kind}")
        assert response.status_code == 200
        if kind == "json":
            return json.dumps(json.loads(response.content))
        reading = importing.read_document(response.content, f"x.{kind}")
        return " ".join(cell for sheet in reading.sheets for row in sheet.rows for cell in row.cells)

    public = text(Client())
    assert "roads public" in public
    assert "roads internal" not in public
    assert "secret note" not in public
    staff = Client()
    city.login("head", staff)
    assert "roads internal" in text(staff)
    assert "secret note" in text(staff)
    reader = Client()
    city.login("reader", reader)
    assert "roads internal" in text(reader)
    assert "secret note" not in text(reader)


def test_other_formats_and_plans_are_not_there(city: City, client: Client) -> None:
    assert client.get("/fr/data/CLIMATE.exe").status_code == 404
    assert client.get("/fr/data/NONE.csv").status_code == 404
