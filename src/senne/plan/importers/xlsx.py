"""Excel workbooks: cached values of formulas; a merged cell is read once, at its top left."""

from __future__ import annotations

import io
from zipfile import BadZipFile

from openpyxl import load_workbook

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
from senne.plan.importers.cells import table_rows


def read(content: bytes) -> Reading:
    """One sheet per worksheet that is visible."""
    check_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), data_only=True)
    except (BadZipFile, KeyError, ValueError, TypeError, OSError) as error:
        raise ImportProblem("broken_file", format="XLSX", found=str(error)[:200]) from None
    sheets = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        grid = [list(row) for row in sheet.iter_rows(values_only=True)]
        sheets.append(Sheet(sheet.title, tuple(Row(n, cells) for n, cells in table_rows(grid))))
    return Reading(tuple(sheets))


register(Importer("xlsx", ("xlsx", "xlsm"), lambda content: has_member(content, "xl/workbook.xml"), read, rank=10))
