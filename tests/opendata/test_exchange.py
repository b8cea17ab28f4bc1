"""Out and in again through the store: no difference, no formula, nothing that the reader may not see."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from senne.core import files, people, records
from senne.core.actors import SYSTEM
from senne.core.policy import VISITOR, Actor, ContactRole
from senne.core.text import Text
from senne.opendata import writers
from senne.plan import importing
from senne.plan.api import Action, ActionDocument, Characteristic, ImportRun, Objective, Plan, Tag, do, exporting
from senne.plan.columns import MARK
from senne.plan.importers.base import read_document
from tests.city import City, words
from tests.opendata.documents import documents

TODAY = date(2026, 11, 24)
KINDS = ("xlsx", "ods", "csv", "json")
COMPUTED = ("fingerprint", "computed")


def file_of(plan: Plan, kind: str, actor: Actor = SYSTEM, language: str = "fr") -> bytes:
    if kind == "json":
        return json.dumps(exporting.plan_document(plan, actor, TODAY), ensure_ascii=False).encode()
    if kind == "csv":
        return writers.write_csv(exporting.plan_table(plan, actor, TODAY))
    sheets = exporting.plan_workbook(plan, actor, TODAY, language)
    return {"xlsx": writers.write_xlsx, "ods": writers.write_ods}[kind](sheets)


def bring_in(city: City, content: bytes, kind: str, plan: Plan | None = None) -> Plan:
    run = importing.start_import(content, f"plan.{kind}", actor=SYSTEM, plan=plan, organisation=city.units["city"])
    assert run.state == ImportRun.State.PREVIEW, run.report
    counts = importing.apply_import(run, actor=SYSTEM)
    assert "refused" not in counts, counts
    return ImportRun.objects.get(pk=run.pk).plan  # type: ignore[return-value]


def empty(code: str) -> None:
    """Take a plan away, with its words: as a store that has never seen it."""
    for plan in Plan.objects.filter(code=code):
        Action.objects.filter(plan=plan).update(merged_into=None, superseded_by=None, copy_of=None)
        Action.objects.filter(plan=plan).delete()
        ImportRun.objects.filter(plan=plan).delete()
        plan.delete()
    Tag.objects.all().delete()
    Characteristic.objects.all().delete()


def bare(document: dict[str, Any]) -> dict[str, Any]:
    """Without what Senne computes."""
    lists = ("themes", "axes", "objectives", "actions")
    return {
        name: [{k: v for k, v in item.items() if k not in COMPUTED} for item in document[name]] for name in lists
    } | {"plan": {k: v for k, v in document["plan"].items() if k not in COMPUTED}}


def by_code(document: dict[str, Any]) -> dict[str, Any]:
    return {k: sorted(v, key=lambda i: i["code"]) if isinstance(v, list) else v for k, v in document.items()}


def no_difference(plan: Plan, content: bytes, kind: str) -> None:
    found = importing.preview_of(content, f"plan.{kind}", plan, {}, actor=SYSTEM)
    difference = found.difference
    told = (
        [node.label for node in difference.new],
        [change for _n, _k, changes in difference.changed for change in changes],
        [change for _n, _k, change in difference.moved],
        [known.code for known in difference.gone],
        difference.plan,
    )
    assert difference.is_empty, told
    assert found.anomalies == []


@pytest.fixture
def full_city(city: City) -> City:
    """With somebody who has an address."""
    values = {"name": "Owner-With-Mail", "email": "owner.mail@example.org", "organisation": city.units["roads"]}
    city.people["mail"] = people.add_person(values, actor=SYSTEM)
    return city


@pytest.mark.slow
@pytest.mark.timeout(600)
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(document=documents())
def test_export_then_import_gives_no_difference_and_the_same_export(full_city: City, document: dict[str, Any]) -> None:
    empty("GENERATED")
    plan = bring_in(full_city, json.dumps({"schema": MARK, **document}).encode(), "json")
    first = exporting.plan_document(plan, SYSTEM, TODAY)
    assert by_code(bare(first)) == by_code(document)
    for kind in KINDS:
        no_difference(plan, file_of(plan, kind), kind)
    kind = KINDS[len(str(document)) % len(KINDS)]
    content = file_of(plan, kind, language=("fr", "nl", "en")[len(str(document)) % 3])
    words_before = first["words"]
    empty("GENERATED")
    if kind == "csv":  # one table holds neither the plan's own fields nor the names of its words
        values = {"code": "GENERATED", "name": Text(document["plan"]["name"]), "organisation": full_city.units["city"]}
        again = bring_in(full_city, content, kind, do.create_plan(values, actor=SYSTEM))
        assert bare(exporting.plan_document(again, SYSTEM, TODAY))["actions"] == bare(first)["actions"]
    else:
        again = bring_in(full_city, content, kind)
        assert exporting.plan_document(again, SYSTEM, TODAY) == first
        assert exporting.plan_document(again, SYSTEM, TODAY)["words"] == words_before


@pytest.mark.parametrize("kind", KINDS)
def test_every_reader_gets_no_difference_against_what_they_may_see(city: City, kind: str) -> None:
    """A file taken out by anybody, even by the public, changes nothing when the coordination reads it in."""
    for name in ("coordination", "head", "reader"):
        no_new_or_changed(city.plan, file_of(city.plan, kind, city.actor(name)), kind)
    no_new_or_changed(city.plan, file_of(city.plan, kind, VISITOR), kind)


def no_new_or_changed(plan: Plan, content: bytes, kind: str) -> None:
    difference = importing.preview_of(content, f"plan.{kind}", plan, {}, actor=SYSTEM).difference
    assert (difference.new, difference.changed, difference.moved) == ([], [], [])


def test_a_public_action_under_an_internal_objective_goes_out_without_it(city: City) -> None:
    do.change_part(city.objective, {"visibility": "internal"}, actor=SYSTEM)
    public = exporting.plan_document(city.plan, VISITOR, TODAY)
    assert public["objectives"] == []
    assert [(a["code"], a.get("objective")) for a in public["actions"]] == [("roads-public", None)]
    for kind in KINDS:
        content = file_of(city.plan, kind, VISITOR)
        assert b"roads-public" in content or kind in {"xlsx", "ods"}
        no_new_or_changed(city.plan, content, kind)


def test_an_edit_made_in_the_file_wins_where_nobody_changed_the_record_since(city: City) -> None:
    action = city.actions["roads_public"]
    content = edited(file_of(city.plan, "xlsx"), "roads public", "Refaire les trottoirs")
    difference = importing.preview_of(content, "plan.xlsx", city.plan, {}, actor=SYSTEM).difference
    [(_node, _known, [change])] = difference.changed
    assert (change.name, change.state, change.why) == ("title", "document", "unchanged")
    records.update(action, {"weight": 7}, actor=SYSTEM)
    difference = importing.preview_of(content, "plan.xlsx", city.plan, {}, actor=SYSTEM).difference
    states = {c.name: c.state for _n, _k, changes in difference.changed for c in changes}
    assert states == {"title": "conflict", "weight": "conflict"}
    bring_in(city, content, "xlsx", city.plan)
    action.refresh_from_db()
    assert action.title["fr"] == "roads public"


def edited(content: bytes, before: str, after: str) -> bytes:
    """The workbook with one cell changed, as somebody does it in a spreadsheet."""
    book = load_workbook(io.BytesIO(content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == before]
    for cell in cells:
        cell.value = after
    assert cells
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_rows_that_people_add_to_the_file_become_actions(city: City) -> None:
    book = load_workbook(io.BytesIO(file_of(city.plan, "xlsx")))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = sheet.max_row + 1
    sheet.cell(row, heads["Action (fr)"], "Une action ajoutée à la main")
    sheet.cell(row, heads["Statut"], "en cours")
    sheet.cell(row, heads["Échéance"], date(2028, 5, 17))
    buffer = io.BytesIO()
    book.save(buffer)
    bring_in(city, buffer.getvalue(), "xlsx", city.plan)
    made = Action.objects.get(title__fr="Une action ajoutée à la main")
    assert (made.status, str(made.end_on)) == ("under_way", "2028-05-17")
    assert list(made.objectives.all()) == [city.objective]


def test_documents_travel_by_name_and_hash(city: City) -> None:
    action = city.actions["roads_public"]
    stored = files.keep_file(b"%PDF-1.4 a file", "étude.pdf")
    do.add_child(ActionDocument, action, {"file": stored, "label": words("Étude"), "public": True}, actor=SYSTEM)
    found = exporting.plan_document(city.plan, VISITOR, TODAY)["actions"][0]["documents"]
    assert (found[0]["name"], found[0]["sha256"]) == ("étude.pdf", stored.sha256)
    for kind in KINDS:
        no_difference(city.plan, file_of(city.plan, kind), kind)


@pytest.mark.parametrize("start", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_run_by_a_spreadsheet(city: City, start: str) -> None:
    title = f"{start}|' /C calc'!A0"
    records.update(city.actions["roads_public"], {"title": Text(fr=title)}, actor=SYSTEM)
    book = load_workbook(io.BytesIO(file_of(city.plan, "xlsx")))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "n"}
    table = exporting.plan_table(city.plan, SYSTEM, TODAY)
    assert title in {cell for row in table.rows for cell in row}
    assert not [
        cell
        for row in table.rows
        for cell in row
        if writers.safe(cell).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    ]
    assert b"office:formula" not in file_of(city.plan, "ods")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_holds_what_its_reader_may_see(city: City, kind: str) -> None:
    records.update(city.actions["roads_public"], {"extra": {"Budget": "secret budget"}}, actor=SYSTEM)

    def text(client: Client) -> str:
        response = client.get(f"/fr/data/CLIMATE.{kind}")
        assert response.status_code == 200
        if kind == "json":
            return json.dumps(json.loads(response.content))
        reading = read_document(response.content, f"x.{kind}")
        return " ".join(cell for sheet in reading.sheets for row in sheet.rows for cell in row.cells)

    public = text(Client())
    assert "roads public" in public
    for secret in ("roads internal", "secret note", "secret budget"):
        assert secret not in public
    staff = Client()
    city.login("head", staff)
    assert "roads internal" in text(staff)
    assert "secret note" in text(staff)
    assert "secret budget" in text(staff)
    reader = Client()
    city.login("reader", reader)
    assert "roads internal" in text(reader)
    assert "secret note" not in text(reader)


def test_people_s_addresses_and_parts_are_for_the_house_alone(full_city: City) -> None:
    city = full_city
    action = city.actions["roads_public"]
    mail = city.people["mail"]
    do.add_contact(action, mail, ContactRole.OWNER, actor=SYSTEM)
    records.update(action, {"sponsor": mail}, actor=SYSTEM)
    do.change_part(city.objective, {"owner": mail}, actor=SYSTEM)
    public = json.dumps(exporting.plan_document(city.plan, VISITOR, TODAY))
    assert "owner.mail@example.org" not in public
    assert '"sponsor": "Owner-With-Mail"' in public
    assert "contacts" not in public
    assert "owner" not in exporting.plan_document(city.plan, VISITOR, TODAY)["objectives"][0]
    staff = json.dumps(exporting.plan_document(city.plan, city.actor("head"), TODAY))
    assert "owner.mail@example.org" in staff


def test_a_number_of_queries_that_does_not_grow(city: City, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        values = {
            "plan": city.plan,
            "code": f"N-{number}",
            "title": words(f"n {number}"),
            "objectives": [city.objective],
        }
        do.create_action({**values, "lead": city.units["roads"], "partners": [city.units["parks"]]}, actor=SYSTEM)
    with django_assert_max_num_queries(36):
        exporting.plan_document(city.plan, city.actor("coordination"), TODAY)


def test_other_formats_and_plans_are_not_there(city: City, client: Client) -> None:
    assert client.get("/fr/data/CLIMATE.exe").status_code == 404
    assert client.get("/fr/data/NONE.csv").status_code == 404


def test_a_body_s_own_people_cannot_hand_work_to_the_city_by_a_file(city: City) -> None:
    """A lead that the importer may not give work to stays a name; an action that another house leads stays as it is."""
    manager = city.actor("body_manager")
    content = b"Axe;Objectif;Action;Pilote\nA;O;Cuisiner;Roads\n;;Chauffer;Welfare"
    run = importing.start_import(
        content, "plan.csv", actor=manager, plan=city.body_plan, organisation=city.units["welfare"]
    )
    importing.apply_import(run, actor=manager)
    cooked = Action.objects.get(title__fr="Cuisiner")
    assert (cooked.lead, cooked.lead_text) == (None, "Roads")
    assert Action.objects.get(title__fr="Chauffer").lead == city.units["welfare"]


def test_an_objective_of_another_plan_is_tied_again(city: City) -> None:
    other = Objective.objects.get(plan=city.body_plan)
    do.tie_objectives(city.objective, other, actor=SYSTEM)
    for kind in KINDS:
        no_difference(city.plan, file_of(city.plan, kind), kind)
    assert exporting.plan_document(city.plan, VISITOR, TODAY)["objectives"][0]["ties"] == [
        {"kind": "answers", "objective": "WELFARE:O1"}
    ]
