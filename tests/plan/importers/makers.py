"""Plan documents written by real programs' libraries, for tests: one table, or several, in every format that is read."""

from __future__ import annotations

import csv
import html
import io
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import docx
from odf import table as odf_table
from odf.opendocument import OpenDocumentSpreadsheet
from odf.text import P
from openpyxl import Workbook
from playwright.sync_api import sync_playwright
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as PdfTable

Area = tuple[int, int, int, int]


@dataclass(frozen=True)
class Made:
    """A table: rows of cells, and merged areas as (top, left, bottom, right) from 0. `over` stands above it."""

    rows: Sequence[Sequence[Any]]
    merged: Sequence[Area] = ()
    over: Sequence[str] = ()
    name: str = "Sheet1"

    def width(self) -> int:
        return max(len(row) for row in self.rows)


def covered(made: Made) -> set[tuple[int, int]]:
    """Places that a merged area covers, but for its top left."""
    return {
        (row, column)
        for top, left, bottom, right in made.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def xlsx(*tables: Made) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for made in tables:
        sheet = book.create_sheet(made.name)
        for text in made.over:
            sheet.append([text])
        start = len(made.over) + 1
        for number, row in enumerate(made.rows, start):
            for column, value in enumerate(row, 1):
                if value not in (None, ""):
                    sheet.cell(number, column, value)
                    if isinstance(value, str):
                        sheet.cell(number, column).data_type = "s"
        for top, left, bottom, right in made.merged:
            sheet.merge_cells(None, top + start, left + 1, bottom + start, right + 1)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods(*tables: Made) -> bytes:
    document = OpenDocumentSpreadsheet()
    for made in tables:
        sheet = odf_table.Table(name=made.name)
        for text in made.over:
            sheet.addElement(_ods_row([text], {}, set(), 0))
        spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in made.merged}
        hidden = covered(made)
        for number, row in enumerate(made.rows):
            sheet.addElement(_ods_row(row, spans, hidden, number))
        document.spreadsheet.addElement(sheet)
    buffer = io.BytesIO()
    document.write(buffer)
    return buffer.getvalue()


def _ods_row(row: Sequence[Any], spans: dict[Any, Any], hidden: set[tuple[int, int]], number: int) -> Any:
    line = odf_table.TableRow()
    for column, value in enumerate(row):
        if (number, column) in hidden:
            line.addElement(odf_table.CoveredTableCell())
            continue
        options: dict[str, Any] = {}
        if (number, column) in spans:
            options["numberrowsspanned"], options["numbercolumnsspanned"] = spans[number, column]
        cell = odf_table.TableCell(valuetype="string", **options) if value else odf_table.TableCell(**options)
        for part in str(value).split("\n") if value not in (None, "") else ():
            cell.addElement(P(text=part))
        line.addElement(cell)
    return line


def word(*tables: Made, headings: Sequence[tuple[str, int]] = ()) -> bytes:
    """`headings` stand over the tables, one each; the rest of `over` are paragraphs."""
    document = docx.Document()
    for number, made in enumerate(tables):
        if number < len(headings):
            document.add_heading(*headings[number])
        for text in made.over:
            document.add_paragraph(text)
        table = document.add_table(rows=len(made.rows), cols=made.width())
        for top, left, bottom, right in made.merged:
            table.cell(top, left).merge(table.cell(bottom, right))
        hidden = covered(made)
        for row, cells in enumerate(made.rows):
            for column, value in enumerate(cells):
                if value not in (None, "") and (row, column) not in hidden:
                    table.cell(row, column).text = str(value)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf(*tables: Made, repeat: int = 1, widths: Sequence[float] = (), cut_rows: int = 0) -> bytes:
    """Ruled tables that run over the pages, with the header repeated and page numbers."""
    style = getSampleStyleSheet()["BodyText"]
    style.fontSize = 8
    parts: list[Any] = []
    for made in tables:
        parts += [Paragraph(html.escape(text), getSampleStyleSheet()["Title"]) for text in made.over]
        hidden = covered(made)
        cells = [
            [
                Paragraph(html.escape(str(value)).replace("\n", "<br/>"), style)
                if value not in (None, "") and (row, column) not in hidden
                else ""
                for column, value in enumerate([*line, *[""] * (made.width() - len(line))])
            ]
            for row, line in enumerate(made.rows)
        ]
        spans = [("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in made.merged]
        table = PdfTable(cells, colWidths=widths or None, repeatRows=repeat, splitInRow=cut_rows)
        table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP"), *spans])
        parts += [table, Spacer(1, 20)]
    buffer = io.BytesIO()
    document = SimpleDocTemplate(buffer, pagesize=landscape(A4), leftMargin=30, rightMargin=30)
    document.build(parts, onFirstPage=_page_number, onLaterPages=_page_number)
    return buffer.getvalue()


def _page_number(canvas: Any, document: Any) -> None:
    canvas.drawString(400, 20, f"Page {document.page}")


def printed(text: str) -> bytes:
    """A web page printed to PDF by Chromium: what most PDFs of plans look like inside."""
    path = os.environ.get("SENNE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "Printing needs Chromium (on Debian: apt-get install chromium), or SENNE_CHROMIUM."
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        sheet = chromium.new_page()
        sheet.set_content(text)
        content = sheet.pdf(format="A4")
        chromium.close()
    return content


def page(*tables: Made, headings: Sequence[tuple[str, int]] = ()) -> bytes:
    """A web page, as Word saves it: classes, paragraphs in cells."""
    parts = ["<html><head><meta charset=utf-8><title></title></head><body lang=FR>"]
    for number, made in enumerate(tables):
        if number < len(headings):
            text, level = headings[number]
            parts.append(f"<h{level}>{html.escape(text)}</h{level}>")
        parts += [f"<p class=MsoNormal>{html.escape(text)}</p>" for text in made.over]
        spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in made.merged}
        hidden = covered(made)
        parts.append("<table class=MsoTableGrid border=1>")
        for row, cells in enumerate(made.rows):
            parts.append("<tr>")
            for column, value in enumerate(cells):
                if (row, column) in hidden:
                    continue
                rows, columns = spans.get((row, column), (1, 1))
                span = f" rowspan={rows} colspan={columns}" if rows > 1 or columns > 1 else ""
                text = "<br>".join(html.escape(part) for part in str("" if value is None else value).split("\n"))
                parts.append(f"<td{span} valign=top><p class=MsoNormal><span lang=FR>{text}<o:p></o:p></span></p></td>")
            parts.append("</tr>")
        parts.append("</table>")
    return "".join([*parts, "</body></html>"]).encode()


def delimited(*tables: Made, mark: str = ";", encoding: str = "utf-8") -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=mark)
    for made in tables:
        writer.writerows([[text] for text in made.over])
        hidden = covered(made)
        for row, cells in enumerate(made.rows):
            writer.writerow(["" if (row, column) in hidden else value for column, value in enumerate(cells)])
    return buffer.getvalue().encode(encoding)


MAKERS: dict[str, Callable[..., bytes]] = {
    "xlsx": xlsx,
    "ods": ods,
    "docx": word,
    "pdf": pdf,
    "html": page,
    "csv": delimited,
    "txt": lambda *tables: delimited(*tables, mark="\t"),
}
