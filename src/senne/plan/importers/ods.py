"""OpenDocument spreadsheets."""

from __future__ import annotations

import io
from typing import Any

from odf import teletype
from odf.opendocument import load
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from senne.plan.importers.base import (
    Importer,
    ImportProblem,
    Reading,
    Row,
    Sheet,
    check_archive,
    has_member,
    register,
)
from senne.plan.importers.cells import clean, table_rows

WIDEST = 200
_CELLS = {TableCell().qname, CoveredTableCell().qname}


def _text(cell: Any) -> str:
    kind = cell.getAttribute("valuetype")
    if kind == "date":
        return str(cell.getAttribute("datevalue") or "")[:10]
    return clean("\n".join(teletype.extractText(paragraph) for paragraph in cell.getElementsByType(P)))


def _cells(row: Any) -> list[str]:
    found: list[str] = []
    for cell in row.childNodes:
        if cell.qname not in _CELLS:
            continue
        times = int(cell.getAttribute("numbercolumnsrepeated") or 1)
        found += [_text(cell)] * min(times, WIDEST)
    return found[:WIDEST]


def read(content: bytes) -> Reading:
    """One sheet per table; repeated empty rows count but take no place."""
    check_archive(content)
    try:
        document = load(io.BytesIO(content))
    except Exception as error:  # odfpy raises whatever its XML parser raises
        raise ImportProblem("broken_file", format="ODS", found=str(error)[:200]) from None
    sheets = []
    for table in document.spreadsheet.getElementsByType(Table):
        rows: list[Row] = []
        number = 1
        for row in table.getElementsByType(TableRow):
            times = int(row.getAttribute("numberrowsrepeated") or 1)
            kept = table_rows([_cells(row)])
            if kept:
                rows += [Row(number + extra, kept[0][1]) for extra in range(min(times, 1000))]
            number += times
        sheets.append(Sheet(str(table.getAttribute("name")), tuple(rows)))
    return Reading(tuple(sheets))


register(
    Importer(
        "ods",
        ("ods",),
        lambda content: has_member(content, "content.xml") and b"opendocument.spreadsheet" in content[:200],
        read,
        rank=11,
    )
)
