"""Tables of web pages, with cells that span rows and columns."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from senne.plan.importers.base import Importer, ImportProblem, Reading, Row, Sheet, register
from senne.plan.importers.cells import table_rows
from senne.plan.importers.text import decode

_LOOKS = re.compile(rb"<\s*(!doctype html|html|table|body)\b", re.IGNORECASE)


def _grid(table: Tag) -> list[list[str]]:
    grid: list[list[str]] = []
    hanging: dict[tuple[int, int], str] = {}
    for line, row in enumerate(table.find_all("tr")):
        cells: list[str] = []
        for cell in row.find_all(["td", "th"]):
            while (line, len(cells)) in hanging:
                cells.append(hanging[line, len(cells)])
            text = cell.get_text(" ")
            width = min(int(str(cell.get("colspan") or 1)) if str(cell.get("colspan") or 1).isdigit() else 1, 100)
            height = min(int(str(cell.get("rowspan") or 1)) if str(cell.get("rowspan") or 1).isdigit() else 1, 5000)
            for extra in range(width):
                for below in range(1, height):
                    hanging[line + below, len(cells)] = ""
                cells.append(text if extra == 0 else "")
        while (line, len(cells)) in hanging:
            cells.append(hanging[line, len(cells)])
        grid.append(cells)
    return grid


def read(content: bytes) -> Reading:
    """One sheet per table that holds no other table; a cell that spans rows is read once, above."""
    text, notes = decode(content)
    soup = BeautifulSoup(text, "lxml")
    sheets = []
    title = soup.find(["h1", "h2", "caption"]) or soup.title
    for number, table in enumerate((t for t in soup.find_all("table") if not t.find("table")), 1):
        rows = [Row(n, cells) for n, cells in table_rows(_grid(table))]
        if number == 1 and title is not None and title.get_text(strip=True):
            rows.insert(0, Row(0, (title.get_text(" ", strip=True),)))
        sheets.append(Sheet(f"table {number}", tuple(rows)))
    if not sheets:
        raise ImportProblem("no_table", format="HTML")
    return Reading(tuple(sheets), tuple(notes))


register(Importer("html", ("html", "htm", "xls"), lambda content: bool(_LOOKS.search(content[:4096])), read, rank=20))
