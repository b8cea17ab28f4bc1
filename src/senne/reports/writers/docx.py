"""A report as a text document to rework: real headings, real tables with a repeated head, the city's own styles."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from senne.reports.blocks import Bars, Block, Figures, Heading, Items, NewPage, Paragraph, Report, Table
from senne.reports.brand import TONES, Brand
from senne.reports.writers.pdf import widths

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BLOCKS_IN_A_BAR = 20
TABLE_TEXT = Pt(9)


def write_docx(report: Report, brand: Brand, progress: Callable[[float], None] = lambda share: None) -> bytes:
    """The document's bytes. A base document of the city keeps its styles, margins and headers."""
    document = docx.Document(str(brand.docx)) if brand.docx else _our_paper()
    _about(document, report)
    _cover(document, report, brand)
    for number, block in enumerate(report.blocks):
        _write(document, block, brand)
        if number % 50 == 0:
            progress(number / max(1, len(report.blocks)))
    source = document.add_paragraph().add_run(report.source)
    source.font.size = Pt(8)
    buffer = io.BytesIO()
    document.save(buffer)
    progress(1.0)
    return buffer.getvalue()


def _our_paper() -> Any:
    """A4 with two-centimetre margins and a plain face; a table of contents that fills itself in when opened."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10.5)
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    document.settings.element.append(update)
    return document


def _about(document: Any, report: Report) -> None:
    document.core_properties.title = f"{report.title} – {report.subtitle}"
    document.core_properties.language = report.language
    document.core_properties.author = "Senne"
    document.core_properties.comments = report.source
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"fr": "fr-BE", "nl": "nl-BE", "en": "en-GB"}[report.language])
    document.styles["Normal"].element.get_or_add_rPr().append(language)


def _cover(document: Any, report: Report, brand: Brand) -> None:
    if brand.logo_bitmap:
        document.add_picture(str(brand.logo_bitmap), width=Cm(4))
    title = document.add_heading(report.title, level=0)
    _colour(title, brand.colour)
    document.add_paragraph(report.subtitle)
    if report.contents:
        _contents(document)
        document.add_page_break()


def _contents(document: Any) -> None:
    """A table of contents that the word processor fills in when the document is opened or printed."""
    run = document.add_paragraph().add_run()
    for kind, text in (("begin", ""), ("instr", 'TOC \\o "1-2" \\h \\z \\u'), ("separate", ""), ("end", "")):
        if kind == "instr":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            if kind == "begin":
                element.set(qn("w:dirty"), "true")
        run._r.append(element)


def _colour(paragraph: Any, colour: str) -> None:
    for run in paragraph.runs:
        run.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())


def _write(document: Any, block: Block, brand: Brand) -> None:
    if isinstance(block, Heading):
        _colour(document.add_heading(block.text, level=block.level), brand.colour)
    elif isinstance(block, Paragraph):
        paragraph = document.add_paragraph(block.text)
        if block.quiet:
            _colour(paragraph, "#4A5952")
    elif isinstance(block, Items):
        for text in block.texts:
            document.add_paragraph(text, style="List Bullet")
    elif isinstance(block, Figures):
        _figures(document, block)
    elif isinstance(block, Bars):
        _bars(document, block)
    elif isinstance(block, Table):
        _table(document, block)
    elif isinstance(block, NewPage):
        document.add_page_break()


def _figures(document: Any, block: Figures) -> None:
    table = document.add_table(rows=2, cols=len(block.pairs))
    for column, (figure, label) in enumerate(block.pairs):
        run = table.cell(0, column).paragraphs[0].add_run(figure)
        run.bold, run.font.size = True, Pt(18)
        _put(table.cell(1, column), label)
    document.add_paragraph()


def _bars(document: Any, block: Bars) -> None:
    _caption(document, block.caption)
    table = document.add_table(rows=0, cols=3)
    for bar, width in zip(block.bars, widths(block), strict=True):
        cells = table.add_row().cells
        _put(cells[0], bar.label)
        run = cells[1].paragraphs[0].add_run("█" * max(round(width * BLOCKS_IN_A_BAR / 100), 1 if bar.value else 0))
        run.font.color.rgb = RGBColor.from_string(TONES[bar.tone].lstrip("#"))
        run.font.size = Pt(8)
        _put(cells[2], bar.shown, right=True)
    _widths(document, table, (5, 7, 2))
    document.add_paragraph()


def _table(document: Any, block: Table) -> None:
    _caption(document, block.caption)
    table = document.add_table(rows=0, cols=len(block.header))
    table.style = "Table Grid"
    if any(block.header):
        head = table.add_row()
        for cell, text in zip(head.cells, block.header, strict=True):
            _put(cell, text, bold=True)
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        head._tr.get_or_add_trPr().append(repeat)
    for row in block.rows:
        cells = table.add_row().cells
        for column, text in enumerate(row):
            _put(cells[column], text, right=column in block.numeric)
    _widths(document, table, tuple(4 if column in block.wide else 2 for column in range(len(block.header))))
    document.add_paragraph()


def _put(cell: Any, text: str, bold: bool = False, right: bool = False) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.font.size, run.bold = TABLE_TEXT, bold
    cell.paragraphs[0].paragraph_format.space_after = Pt(1)
    if right:
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _widths(document: Any, table: Any, shares: tuple[int, ...]) -> None:
    """Columns in these proportions of the text's width."""
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        width = int(room * share / sum(shares))
        column.width = width
        for cell in column.cells:
            cell.width = width


def _caption(document: Any, text: str) -> None:
    document.add_paragraph().add_run(text).bold = True
