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

from senne.reports.blocks import Bars, Block, Curve, Figures, Heading, Items, NewPage, Paragraph, Report, Table
from senne.reports.brand import TONES, Brand
from senne.reports.writers.measure import LETTER, shares

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BLOCKS_IN_A_BAR = 20
MOST_FIGURES = 12
TABLE_SIZE = 8.5
TWIP = 635
QUIET, LINE = "4A5952", "B9C6BF"
REGIONS = {"fr": "fr-BE", "nl": "nl-BE", "en": "en-GB"}


def write_docx(report: Report, brand: Brand, progress: Callable[[float], None] = lambda share: None) -> bytes:
    """The document's bytes. A base document of the city keeps its styles, margins, headers and footers."""
    document = _citys_paper(brand) if brand.docx else _our_paper(brand)
    _about(document, report, brand)
    _cover(document, report, brand)
    for number, block in enumerate(report.blocks):
        _write(document, block, brand)
        if number % 20 == 0:
            progress(number / max(1, len(report.blocks)))
    if not report.contents:
        _quiet(document.add_paragraph(report.source), 8)
    buffer = io.BytesIO()
    document.save(buffer)
    progress(1.0)
    return buffer.getvalue()


def _citys_paper(brand: Brand) -> Any:
    """The city's base, emptied of its text."""
    document = docx.Document(str(brand.docx))
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    return document


def _our_paper(brand: Brand) -> Any:
    """A4 with two-centimetre margins, a plain face, headings in the city's colour, page numbers."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10.5)
    for name, size in (("Title", 28), ("Heading 1", 17), ("Heading 2", 13), ("Heading 3", 11)):
        font = document.styles[name].font
        font.name, font.size, font.bold, font.color.rgb = "Calibri", Pt(size), True, _rgb(brand.colour)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(footer, "PAGE", "1")
    return document


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())


def _about(document: Any, report: Report, brand: Brand) -> None:
    properties = document.core_properties
    properties.title, properties.subject = f"{report.title} – {report.subtitle}"[:255], report.subtitle[:255]
    properties.language, properties.author = report.language, (brand.name or "Senne")[:255]
    properties.comments = report.source[:255]
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), REGIONS[report.language])
    document.styles["Normal"].element.get_or_add_rPr().append(language)


def _cover(document: Any, report: Report, brand: Brand) -> None:
    if brand.bitmap and not brand.docx:
        picture = document.add_picture(io.BytesIO(brand.bitmap), height=Cm(1.8))
        picture._inline.docPr.set("descr", brand.name or "Logo")
    document.add_paragraph(report.title, style="Title")
    document.add_paragraph().add_run(report.subtitle).font.size = Pt(14)
    if report.contents:
        _quiet(document.add_paragraph(report.source), 9)
        _contents(document, report.chapters)
        document.add_page_break()


def _contents(document: Any, chapters: tuple[str, ...]) -> None:
    """A table of contents that the word processor brings up to date; until then it names the chapters."""
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    document.settings.element.append(update)
    first = document.add_paragraph()
    _field_part(first, "begin")
    _field_part(first, "instr", 'TOC \\o "1-2" \\h \\z \\u')
    _field_part(first, "separate")
    last = first
    for number, chapter in enumerate(chapters):
        last = first if number == 0 else document.add_paragraph()
        last.add_run(chapter)
    _field_part(last, "end")


def _field(paragraph: Any, instruction: str, shown: str) -> None:
    _field_part(paragraph, "begin")
    _field_part(paragraph, "instr", instruction)
    _field_part(paragraph, "separate")
    paragraph.add_run(shown)
    _field_part(paragraph, "end")


def _field_part(paragraph: Any, kind: str, text: str = "") -> None:
    run = paragraph.add_run()
    if kind == "instr":
        element = OxmlElement("w:instrText")
        element.set(qn("xml:space"), "preserve")
        element.text = text
    else:
        element = OxmlElement("w:fldChar")
        element.set(qn("w:fldCharType"), kind)
    run._r.append(element)


def _write(document: Any, block: Block, brand: Brand) -> None:
    if isinstance(block, Heading):
        document.add_paragraph(block.text, style=f"Heading {block.level}")
    elif isinstance(block, Paragraph):
        paragraph = document.add_paragraph(block.text)
        if block.quiet:
            _quiet(paragraph, 9.5)
    elif isinstance(block, Items):
        if block.intro:
            _caption(document, block.intro)
        for text in block.texts:
            document.add_paragraph(text, style="List Bullet")
    elif isinstance(block, Figures):
        _figures(document, block, brand)
    elif isinstance(block, Bars):
        _bars(document, block)
    elif isinstance(block, Curve):
        _curve(document, block)
    elif isinstance(block, Table):
        _table(document, block, brand)
    elif isinstance(block, NewPage):
        document.add_page_break()


def _quiet(paragraph: Any, size: float) -> None:
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(size), _rgb(QUIET)


def _figures(document: Any, block: Figures, brand: Brand) -> None:
    """The figures as a line of text each would be dull, and a table for the eye alone a lie: a table of two rows."""
    table = document.add_table(rows=2, cols=len(block.pairs))
    for column, (figure, label) in enumerate(block.pairs):
        run = table.cell(0, column).paragraphs[0].add_run(figure)
        run.bold, run.font.size, run.font.color.rgb = True, Pt(18), _rgb(brand.colour)
        table.cell(0, column).paragraphs[0].paragraph_format.space_after = Pt(0)
        _put(table.cell(1, column), label)
    _after(document)


def _bars(document: Any, block: Bars) -> None:
    _caption(document, block.caption)
    table = document.add_table(rows=0, cols=3)
    for bar, width in zip(block.bars, block.widths(), strict=True):
        cells = table.add_row().cells
        _put(cells[0], bar.label)
        run = cells[1].paragraphs[0].add_run("█" * max(round(width * BLOCKS_IN_A_BAR / 100), 1 if bar.value > 0 else 0))
        run.font.color.rgb, run.font.size = _rgb(TONES[bar.tone]), Pt(7)
        cells[1].paragraphs[0].paragraph_format.space_after = Pt(0)
        _put(cells[2], bar.shown, right=True)
    _widths(document, table, [0.4, 0.4, 0.2])
    _after(document)


def _curve(document: Any, block: Curve) -> None:
    """Bars of the latest figures and the targets; where that is not all, everything as a line of text below."""
    _bars(document, block.as_bars(MOST_FIGURES))
    if len(block.figures) > MOST_FIGURES:
        _quiet(document.add_paragraph(block.told), TABLE_SIZE)


def _table(document: Any, block: Table, brand: Brand) -> None:
    _caption(document, block.caption)
    table = document.add_table(rows=0, cols=len(block.header))
    table.style = "Table Grid"
    _lines(table)
    if block.has_header:
        head = table.add_row()
        for cell, text in zip(head.cells, block.header, strict=True):
            _put(cell, text, bold=True)
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        head._tr.get_or_add_trPr().append(repeat)
    for number, row in enumerate(block.rows):
        cells = _whole_row(table).cells
        total = block.totals and number == len(block.rows) - 1
        for column, text in enumerate(row):
            _put(cells[column], text, right=column in block.numeric, bold=total)
    _widths(document, table, shares(block, _width(document).pt / (TABLE_SIZE * LETTER)))
    _after(document)


def _whole_row(table: Any) -> Any:
    """A row that no page break cuts in two."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return row


def _lines(table: Any) -> None:
    """Thin lines between rows, none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "single" if side in {"top", "bottom", "insideH"} else "nil")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), LINE)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _put(cell: Any, text: str, bold: bool = False, right: bool = False) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.font.size, run.bold = Pt(TABLE_SIZE), bold
    cell.paragraphs[0].paragraph_format.space_after = Pt(1)
    if right:
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _width(document: Any) -> Any:
    """The width of the text."""
    section = document.sections[0]
    return Pt((section.page_width - section.left_margin - section.right_margin) / Pt(1))


def _widths(document: Any, table: Any, parts: list[float]) -> None:
    """Columns in these proportions of the text's width."""
    table.autofit = False
    for column, share in zip(table.columns, parts, strict=True):
        width = int(_width(document) * share) // TWIP * TWIP  # as Word keeps it: rounded up, they would be too wide
        column.width = width
        for cell in column.cells:
            cell.width = width


def _caption(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = True
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(2)


def _after(document: Any) -> None:
    """Room after a table."""
    document.add_paragraph().paragraph_format.space_after = Pt(2)
