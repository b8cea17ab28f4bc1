"""Rows into files. Whatever a cell begins with, no program will run it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from senne.plan.api import exporting

Rows = exporting.Rows
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_767


def safe(text: str) -> str:
    """A text that a spreadsheet does not take for a formula: an apostrophe in front of the signs that start one."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def write_csv(rows: Rows) -> bytes:
    """UTF-8 with its mark, semicolons, as spreadsheets of this country expect."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(rows.header)
    writer.writerows([[safe(cell) for cell in row] for row in rows.rows])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def write_xlsx(rows: Rows) -> bytes:
    """A workbook whose cells are all text, with a frozen header."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Plan"
    for number, row in enumerate([rows.header, *rows.rows], 1):
        for column, text in enumerate(row, 1):
            if text:
                cell = sheet.cell(number, column)
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL]
                cell.data_type = "s"
    sheet.freeze_panes = "A2"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def write_ods(rows: Rows) -> bytes:
    """An OpenDocument spreadsheet whose cells are all text."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="Plan")
    for row in [rows.header, *rows.rows]:
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string") if text else TableCell()
            for part in text.split("\n") if text else ():
                cell.addElement(P(text=ILLEGAL_CHARACTERS_RE.sub("", part)))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    buffer = io.BytesIO()
    document.write(buffer)
    return buffer.getvalue()


FORMATS: dict[str, tuple[str, Callable[[Rows], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", write_ods),
    "csv": ("text/csv; charset=utf-8", write_csv),
}
