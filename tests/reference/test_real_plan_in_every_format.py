"""The same real chapter, put into real files of every format by this test: each gives the same plan."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from senne.plan import importing
from senne.plan.reading.anomalies import find_anomalies
from senne.plan.reading.draft import Draft
from tests.plan.importers.makers import MAKERS, Made, printed

NAME = "plan_climat_transformer_administration_fr.txt"
AXES = {"TA1": 10, "TA2": 3, "TA3": 5, "TA4": 6, "TA5": 2}


@pytest.fixture(scope="module")
def tables(shared_dir: Path) -> tuple[str, list[list[str]], list[list[str]]]:
    """(title, rows of the table, rows of the legend), as the shared file has them."""
    text = re.sub(r"</?p>", "", (shared_dir / "plan" / NAME).read_text())
    rows = [[cell.strip() for cell in line.split("\t")] for line in text.splitlines() if line.strip()]
    start = next(number for number, row in enumerate(rows) if row[0].startswith("Légende"))
    return rows[0][0], [[*row, *[""] * (4 - len(row))] for row in rows[1:start]], rows[start:]


@pytest.fixture(scope="module")
def expected(shared_dir: Path) -> list[tuple[str, str, str]]:
    _reading, draft = importing.read_plan_document((shared_dir / "plan" / NAME).read_bytes(), NAME)
    return shape(draft)


def shape(draft: Draft) -> list[tuple[str, str, str]]:
    return [(node.kind, node.code, node.label) for node in draft.root.walk()]


def merged(rows: list[list[str]]) -> list[tuple[int, int, int, int]]:
    """The areas that an author would merge: an axis over its objectives, an objective over its actions."""
    areas = []
    for column in (0, 1):
        starts = [n for n, row in enumerate(rows) if n and (row[column] or (column and row[0]))]
        ends = [*starts[1:], len(rows)]
        areas += [(a, column, b - 1, column) for a, b in zip(starts, ends, strict=True) if b - a > 1]
    return areas


@pytest.mark.parametrize("merging", [False, True])
@pytest.mark.parametrize("kind", ["xlsx", "ods", "docx", "html", "csv", "txt"])
def test_each_format_gives_the_same_plan(
    kind: str,
    merging: bool,
    tables: tuple[str, list[list[str]], list[list[str]]],
    expected: list[tuple[str, str, str]],
) -> None:
    title, rows, legend = tables
    content = MAKERS[kind](Made(rows, merged(rows) if merging else (), (title,)), Made(legend, name="Légende"))
    _reading, draft = importing.read_plan_document(content, f"plan.{kind}")
    check(draft, title, expected)


def check(draft: Draft, title: str, expected: list[tuple[str, str, str]]) -> None:
    assert draft.title == title
    assert {axis.code: len(list(axis.walk("action"))) for axis in draft.of("axis")} == AXES
    assert len(draft.legend) == 5
    assert shape(draft) == expected
    found = {anomaly.code for anomaly in find_anomalies(draft)}
    assert {"objective_without_action", "same_objective", "two_things", "no_characteristic"} <= found


def test_a_pdf_gives_the_same_plan(
    tables: tuple[str, list[list[str]], list[list[str]]], expected: list[tuple[str, str, str]]
) -> None:
    title, rows, legend = tables
    content = MAKERS["pdf"](Made(rows, over=(title,)), Made(legend))
    _reading, draft = importing.read_plan_document(content, "plan.pdf")
    check(draft, title, expected)


def test_a_pdf_printed_by_a_browser_with_merged_cells_over_its_pages(
    tables: tuple[str, list[list[str]], list[list[str]]],
) -> None:
    """What a city's PDF looks like inside: merged cells that go over pages, headers again, rows cut at page ends."""
    title, rows, legend = tables
    spans = {(top, column): bottom - top + 1 for top, column, bottom, _right in merged(rows)}
    covered = {(row, column) for top, column, bottom, _r in merged(rows) for row in range(top + 1, bottom + 1)}
    lines = [
        "<tr>"
        + "".join(
            f"<td rowspan={spans.get((number, column), 1)}>{html.escape(cell)}</td>"
            for column, cell in enumerate(row)
            if (number, column) not in covered
        )
        + "</tr>"
        for number, row in enumerate(rows)
    ]
    notes = "".join(f"<tr><td>{row[0]}</td><td>{row[1] if len(row) > 1 else ''}</td></tr>" for row in legend)
    style = "<style>table{border-collapse:collapse}td{border:1px solid;vertical-align:top;font-size:11pt}</style>"
    page = (
        f"{style}<h1>{title}</h1><table><thead>{lines[0]}</thead>{''.join(lines[1:])}</table><br><table>{notes}</table>"
    )
    _reading, draft = importing.read_plan_document(printed(page), "plan.pdf")
    assert draft.title == title
    assert {axis.code: len(list(axis.walk("action"))) for axis in draft.of("axis")} == AXES
    words = re.findall(r"\w+", " ".join(cell for row in rows[1:] for cell in row))
    kept = " ".join(str(node.fields) + node.code for node in draft.root.walk())
    assert [word for word in words if word not in kept] == []
