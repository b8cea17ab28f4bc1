"""A plan in Senne's own form through each kind of file and back, without any store: not a character changes."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from senne.opendata import writers
from senne.plan.columns import COLUMNS, LANGUAGES, MARK, PLAN_FIELDS
from senne.plan.importers.base import read_document
from senne.plan.reading import exchange
from senne.plan.reading.draft import KINDS, PARENT, Draft
from senne.plan.reading.exchange_tables import LISTS_OF, Document, header_columns, name_of, single_table, workbook
from tests.opendata.documents import documents


def written(document: Document, kind: str, language: str = "fr") -> bytes:
    if kind == "json":
        return json.dumps({"schema": MARK, **document}, ensure_ascii=False).encode()
    if kind == "csv":
        return writers.write_csv(single_table(document))
    return {"xlsx": writers.write_xlsx, "ods": writers.write_ods}[kind](workbook(document, language))


def read(content: bytes, kind: str) -> Draft:
    reading = read_document(content, f"plan.{kind}")
    if reading.document is not None:
        return exchange.read_document(reading.document, "plan")
    assert exchange.is_exchange(reading.sheets)
    return exchange.read_exchange(reading.sheets, "plan")


def as_document(draft: Draft, with_plan: bool) -> Document:
    """The draft in the form that it came from."""
    found: Document = {LISTS_OF[kind]: [] for kind in KINDS}
    for node in draft.root.walk():
        if node.kind == "plan":
            continue
        for child in node.children:
            child.fields[node.kind] = node.code
        fields = {"code": node.code, **node.fields, **({"extra": node.extra} if node.extra else {})}
        found[LISTS_OF[node.kind]].append({name: value for name, value in fields.items() if name != "plan"})
    if with_plan:
        found["plan"] = {"code": draft.root.code, **draft.root.fields}
    return found


def in_order(document: Document) -> dict[str, Any]:
    """Records by code: a tree gives them in another order than they were drawn in."""
    return {
        name: sorted(items, key=lambda item: item["code"]) if isinstance(items, list) else items
        for name, items in document.items()
    }


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv", "json"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document=documents())
def test_every_field_and_every_character_survives(kind: str, document: Document) -> None:
    before = deepcopy(document)
    draft = read(written(document, kind, LANGUAGES[len(str(document)) % 3]), kind)
    found = as_document(draft, with_plan=kind != "csv")
    if kind == "csv":
        del before["plan"]
    assert in_order(found) == in_order(before)
    assert draft.oddities == []


def test_a_text_longer_than_a_cell_is_spread_and_joined_again() -> None:
    long = "Végétaliser 🌳 " * 3000 + "\x0b" * 5000
    document = {
        "themes": [{"code": "T", "name": {"fr": "T"}, "description": {"fr": long}, "weight": 1}],
        "axes": [],
        "objectives": [],
        "actions": [],
    }
    for kind in ("xlsx", "ods"):
        content = written(document, kind)
        reading = read_document(content, f"x.{kind}")
        assert max(len(cell) for sheet in reading.sheets for row in sheet.rows for cell in row.cells) <= 32_767
        assert "Vision (fr) +1" in reading.sheets[0].rows[0].cells
        assert read(content, kind).of("theme")[0].fields["description"] == {"fr": long}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_header_names_one_column_whatever_the_language(language: str) -> None:
    """A French file read in a Dutch office means the same: no two columns share a name across languages."""
    names: dict[str, set[str]] = {}
    for reader in LANGUAGES:
        for column, code in header_columns(language):
            names.setdefault(name_of(column, code, reader), set()).add(f"{column.key} {code}")
    assert {name for name, found in names.items() if len(found) > 1} == set()


def test_every_field_of_the_form_has_a_column() -> None:
    assert {column.level for column in COLUMNS} == {*KINDS, "row"}
    assert set(PARENT) == set(KINDS)
    assert {column.level for column in PLAN_FIELDS} == {"plan"}
