"""A workbook with real numbers and dates. Whatever a text begins with, no program will run it."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from openpyxl import Workbook as Book
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from senne.core.periods import PartialDate, Precision
from senne.reports.blocks import Cell, Share, Sheet, Workbook
from senne.reports.brand import Brand

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
NARROWEST, WIDEST = 9, 60
MARKS = ("=", "+", "-", "@", "\t", "\r")
DATES = {Precision.DAY: "dd/mm/yyyy", Precision.MONTH: "mm/yyyy", Precision.YEAR: "yyyy"}
TOP = Alignment(vertical="top", wrap_text=True)


def write_xlsx(book: Workbook, brand: Brand, progress: Callable[[float], None] = lambda share: None) -> bytes:
    """The workbook's bytes: each sheet with a filter and a frozen head, which paper repeats."""
    file = Book(write_only=True)
    properties = file.properties
    properties.title, properties.creator = book.title[:255], (brand.name or "Senne")[:255]
    properties.description, properties.language = book.source[:255], book.language
    for number, sheet in enumerate(book.sheets, 1):
        _sheet(file, sheet, brand)
        progress(number / len(book.sheets) * 0.9)
    buffer = io.BytesIO()
    file.save(buffer)
    progress(1.0)
    return buffer.getvalue()


def _sheet(file: Book, sheet: Sheet, brand: Brand) -> None:
    page: Any = file.create_sheet(sheet.name[:31])
    page.freeze_panes = "A2"
    for column in range(len(sheet.header)):
        texts = [sheet.header[column], *(str(row[column] or "") for row in sheet.rows[:200])]
        width = min(WIDEST, max(NARROWEST, max(map(len, texts)) + 2))
        page.column_dimensions[get_column_letter(column + 1)].width = width
    page.append([_head(page, text, brand) for text in sheet.header])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.header))}{len(sheet.rows) + 1}"
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _head(page: Any, text: str, brand: Brand) -> Any:
    cell = WriteOnlyCell(page, text)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=brand.colour.lstrip("#").upper())
    cell.alignment = TOP
    return cell


def _cell(page: Any, value: Cell | Share) -> Any:
    """A number, a share, a date as exact as it is known, or a text that stays one even after it was edited."""
    if value is None or value == "":
        return None
    if isinstance(value, Share):
        return None if value.permille is None else _made(page, Decimal(value.permille) / 1000, "0%")
    if isinstance(value, PartialDate):
        return _made(page, value.last_day, DATES[value.precision])
    if isinstance(value, Decimal):
        return _made(page, value, _digits(value))
    if isinstance(value, int):
        return _made(page, value, "0")
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
    cell = _made(page, text, "@" if text.startswith(MARKS) else "General")
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(MARKS)
    cell.alignment = TOP
    return cell


def _digits(value: Decimal) -> str:
    """The format that shows a number as exact as it is."""
    exponent = value.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return f"#,##0.{'#' * max(2, places)}" if places else "#,##0"


def _made(page: Any, value: Any, shown: str) -> Any:
    cell = WriteOnlyCell(page, value)
    cell.number_format = shown
    return cell
