"""Tables into files. Whatever a cell begins with, no program will run it; however long it is, none of it is cut."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from senne.plan.api import exporting

Out = exporting.Out
LONGEST_CELL = 32_000
_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n]")
# What XML cannot hold, and what reads like its escape, is escaped as office programs do: _x000B_ for a vertical tab.
_UNWRITABLE = re.compile("[\u0000-\u0008\u000b\u000c\r\u000e-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def safe(text: str) -> str:
    """A text that a spreadsheet does not take for a formula: an apostrophe in front of the signs that start one.

    A text that begins with apostrophes before such a sign gets one more, so that taking one away gives the text back.
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def write_csv(table: Out) -> bytes:
    """UTF-8 with its mark, semicolons, as spreadsheets of this country expect."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(table.header)
    writer.writerows([[cell if is_number(cell) else safe(cell) for cell in row] for row in table.rows])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def written(text: str) -> str:
    """The text with what XML cannot hold escaped."""
    return _UNWRITABLE.sub(lambda match: f"_x{ord(match.group()):04X}_", text)


def is_number(text: str) -> bool:
    """May the cell hold it as a number, so that sums work, and give the same text back?"""
    if not isinstance(text, exporting.Number) or not re.fullmatch(r"-?\d{1,15}(\.\d+)?", text):
        return False
    return len(text.replace(".", "").lstrip("-0")) <= 15


def pieces(text: str, limit: int = LONGEST_CELL) -> list[str]:
    """The text in pieces that fit into cells, as a spreadsheet counts (letters outside the first plane are two)."""
    if len(text) * 7 <= limit or (len(text) <= limit and text.isascii() and text.isprintable() and "_x" not in text):
        return [text]
    found, start, size = [], 0, 0
    for position, char in enumerate(text):
        weight = 7 if _UNWRITABLE.match(text, position) else 2 if ord(char) > 0xFFFF else 1
        if size + weight > limit:
            found.append(text[start:position])
            start, size = position, 0
        size += weight
    return [*found, text[start:]]


def spread(table: Out) -> Out:
    """The table with a column 'Name +1' beside each that holds a text too long for one cell."""
    counts = [max((len(pieces(row[c])) for row in table.rows), default=1) for c in range(len(table.header))]
    if max(counts, default=1) == 1:
        return table
    header = [
        name if n == 0 else f"{name} +{n}"
        for name, count in zip(table.header, counts, strict=True)
        for n in range(count)
    ]
    rows = []
    for row in table.rows:
        cells: list[str] = []
        for text, count in zip(row, counts, strict=True):
            parts = pieces(text)
            cells += [*parts, *[""] * (count - len(parts))]
        rows.append(cells)
    return Out(table.name, header, rows, table.human)


def write_xlsx(tables: Sequence[Out]) -> bytes:
    """A workbook: headers that stay in sight, filters, columns as wide as their texts need; no cell is a formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in map(spread, tables):
        sheet: Worksheet = book.create_sheet(table.name[:31])
        for number, row in enumerate([table.header, *table.rows], 1):
            for column, text in enumerate(row, 1):
                if not text:
                    continue
                cell = sheet.cell(number, column)
                if number > 1 and is_number(text):
                    cell.value = float(text) if "." in text else int(text)
                else:
                    cell.value = written(text)
                    cell.data_type = "s"
                    cell.alignment = _TOP
        _dress(sheet, table)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


_TOP = Alignment(vertical="top", wrap_text=True)
_HEAD = PatternFill("solid", fgColor="FFE0F1E8")
_LATER = PatternFill("solid", fgColor="FFEDEDED")


def _dress(sheet: Worksheet, table: Out) -> None:
    """Make the sheet readable: what is for people in green, what is for machines in grey."""
    sheet.freeze_panes = "A2"
    if table.rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.header))}{len(table.rows) + 1}"
    for position, name in enumerate(table.header, 1):
        cell = sheet.cell(1, position)
        cell.font = Font(bold=True)
        cell.fill = _HEAD if position <= table.human else _LATER
        texts = [row[position - 1] for row in table.rows[:200]]
        longest = max((len(text) for text in texts), default=0)
        sheet.column_dimensions[get_column_letter(position)].width = min(60, max(len(name) + 2, 10, longest // 3))


# ---- OpenDocument -------------------------------------------------------------------------------------------------

_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("manifest", "manifest"),
    )
)
_MANIFEST = (
    f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest {_NAMESPACES} manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def write_ods(tables: Sequence[Out]) -> bytes:
    """An OpenDocument spreadsheet; the same sheets."""
    parts = [
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES} office:version="1.2">',
        "<office:body><office:spreadsheet>",
    ]
    for table in map(spread, tables):
        parts.append(f"<table:table table:name={_quoted(table.name)}>")
        for number, row in enumerate([table.header, *table.rows]):
            parts.append("<table:table-row>")
            parts += [_ods_cell(text, number > 0) for text in row]
            parts.append("</table:table-row>")
        parts.append("</table:table>")
    parts.append("</office:spreadsheet></office:body></office:document-content>")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("mimetype", _ODS_TYPE),
            ("content.xml", "".join(parts)),
            ("META-INF/manifest.xml", _MANIFEST),
        ):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def _quoted(text: str) -> str:
    return '"' + escape(written(text), {'"': "&quot;"}) + '"'


def _ods_cell(text: str, body: bool) -> str:
    if not text:
        return "<table:table-cell/>"
    if body and is_number(text):
        return f'<table:table-cell office:value-type="float" office:value="{text}"><text:p>{text}</text:p></table:table-cell>'
    lines = "".join(f"<text:p>{_ods_text(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _ods_text(line: str) -> str:
    """A line of text: OpenDocument folds white space, so spaces beyond the first, and tabs, are elements."""
    line = escape(written(line))
    line = re.sub(r"^ +| {2,}| +$", lambda match: f'<text:s text:c="{len(match.group())}"/>', line)
    return line.replace("\t", "<text:tab/>")


XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: dict[str, str] = {"xlsx": XLSX_TYPE, "ods": _ODS_TYPE, "csv": "text/csv; charset=utf-8"}
