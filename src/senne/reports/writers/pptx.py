"""A deck as a presentation: native charts and tables that can be reworked, notes for who speaks, the city's own master."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Pt

from senne.reports.blocks import Bars, Block, Curve, Deck, Figures, Heading, Items, Paragraph, Table
from senne.reports.brand import TONES, Brand
from senne.reports.brand_checks import title_of
from senne.reports.outline.wording import clip
from senne.reports.writers import masters
from senne.reports.writers.lines import add_curve
from senne.reports.writers.slides import BULLET, Piece, lay_out

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
POINT = 12_700
MARGIN, FOOT, GAP = 40.0, 26.0, 10.0
LONGEST_TITLE = 90
QUIET, PALE = "#4A5952", "#F1F5F3"


def write_pptx(deck: Deck, brand: Brand, progress: Callable[[float], None] = lambda share: None) -> bytes:
    """The presentation's bytes. A base presentation of the city keeps its masters and size."""
    presentation = Presentation(str(brand.pptx)) if brand.pptx else masters.ours(brand)
    masters.without_slides(presentation)
    properties = presentation.core_properties
    properties.title, properties.subject = f"{deck.title} – {deck.subtitle}"[:255], deck.source[:255]
    properties.language, properties.author = deck.language, (brand.name or "Senne")[:255]
    writer = _Writer(presentation, deck, brand)
    writer.cover()
    for number, slide in enumerate(deck.slides):
        writer.slides(slide.title, slide.blocks, slide.notes)
        progress((number + 1) / len(deck.slides))
    masters.speak(presentation, deck.language)
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())


class _Writer:
    """Puts slides one after the other; knows the size of the paper and the city's colours."""

    def __init__(self, presentation: Any, deck: Deck, brand: Brand) -> None:
        self.presentation, self.deck, self.brand = presentation, deck, brand
        self.wide, self.high = presentation.slide_width / POINT, presentation.slide_height / POINT
        self.first, self.layout = masters.layouts(presentation)
        title = title_of(self.layout)
        self.top = (title.top + title.height) / POINT + GAP
        if self.top > self.high * 0.6:  # a master whose title stands low: begin above it
            self.top = MARGIN

    def cover(self) -> None:
        slide = self.presentation.slides.add_slide(self.first)
        slide.shapes.title.text = clip(self.deck.title, 2 * LONGEST_TITLE)
        if not self.brand.pptx:
            slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(40 if len(self.deck.title) < 60 else 28)
        for shape in slide.placeholders:
            if shape.placeholder_format.idx == 1:
                shape.text = clip(self.deck.subtitle, 2 * LONGEST_TITLE)
        masters.drop_empty(slide)
        if self.brand.bitmap and not self.brand.pptx:
            picture = slide.shapes.add_picture(io.BytesIO(self.brand.bitmap), Pt(MARGIN), Pt(MARGIN), height=Pt(60))
            masters.describe(picture, self.brand.name or "Logo")
        self._foot(slide)
        if self.deck.notes:
            slide.notes_slide.notes_text_frame.text = self.deck.notes

    def slides(self, title: str, blocks: tuple[Block, ...], notes: str) -> None:
        """The slide, or as many as its content takes."""
        pages = lay_out(blocks, self.wide - 2 * MARGIN, self.high - FOOT - GAP - self.top) or [[]]
        for number, pieces in enumerate(pages, 1):
            slide = self.presentation.slides.add_slide(self.layout)
            part = f" ({number}/{len(pages)})" if len(pages) > 1 else ""
            slide.shapes.title.text = clip(title, LONGEST_TITLE - len(part)) + part
            masters.drop_empty(slide)
            for piece in pieces:
                self._piece(slide, piece)
            if notes and number == 1:
                slide.notes_slide.notes_text_frame.text = notes
            self._foot(slide)

    def _foot(self, slide: Any) -> None:
        number = str(len(self.presentation.slides))
        top, wide = self.high - FOOT, self.wide - 2 * MARGIN
        for text, left, width, side in (
            (self.deck.source, MARGIN, wide - 60, PP_ALIGN.LEFT),
            (number, MARGIN + wide - 60, 60, PP_ALIGN.RIGHT),
        ):
            frame = self._box(slide, left, top, width, FOOT - 6)
            frame.paragraphs[0].alignment = side
            self._run(frame.paragraphs[0], text, 9, colour=QUIET)

    def _box(self, slide: Any, left: float, top: float, width: float, height: float) -> Any:
        """A text box's frame, without inner margins."""
        frame = slide.shapes.add_textbox(Pt(left), Pt(top), Pt(width), Pt(height)).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return frame

    def _run(self, paragraph: Any, text: str, size: float, bold: bool = False, colour: str = "") -> None:
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = _rgb(colour or self.brand.ink)

    def _piece(self, slide: Any, piece: Piece) -> None:
        top, wide = self.top + piece.top, self.wide - 2 * MARGIN
        block = piece.blocks[0]
        if isinstance(block, Bars | Curve):
            each = (wide - GAP * (len(piece.blocks) - 1)) / len(piece.blocks)
            for number, chart in enumerate(piece.blocks):
                place = (Pt(MARGIN + number * (each + GAP)), Pt(top), Pt(each), Pt(piece.height))
                if isinstance(chart, Bars):
                    self._bars(slide, chart, place)
                elif isinstance(chart, Curve):
                    add_curve(slide, chart, place, self.brand)
        elif isinstance(block, Table):
            self._table(slide, block, piece, top, wide)
        elif isinstance(block, Figures):
            self._figures(slide, block, top, wide, piece.height)
        elif isinstance(block, Items):
            self._items(slide, block, piece, top, wide)
        elif isinstance(block, Paragraph | Heading):
            quiet = isinstance(block, Paragraph) and block.quiet
            frame = self._box(slide, MARGIN, top, wide, piece.height)
            self._run(frame.paragraphs[0], block.text, piece.size, isinstance(block, Heading), QUIET if quiet else "")

    def _items(self, slide: Any, block: Items, piece: Piece, top: float, wide: float) -> None:
        frame = self._box(slide, MARGIN, top, wide, piece.height)
        for number, text in enumerate(block.texts):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            masters.bullet(paragraph, BULLET)
            self._run(paragraph, text, piece.size)
            paragraph.space_after = Pt(8)

    def _figures(self, slide: Any, block: Figures, top: float, wide: float, height: float) -> None:
        """Each figure on a card of its own."""
        each = (wide - GAP * (len(block.pairs) - 1)) / len(block.pairs)
        for number, (figure, label) in enumerate(block.pairs):
            card = slide.shapes.add_textbox(Pt(MARGIN + number * (each + GAP)), Pt(top), Pt(each), Pt(height))
            card.fill.solid()
            card.fill.fore_color.rgb = _rgb(PALE)
            frame = card.text_frame
            frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
            frame.margin_left = Pt(12)
            self._run(frame.paragraphs[0], figure, 30, bold=True, colour=self.brand.colour)
            self._run(frame.add_paragraph(), label, 14)

    def _bars(self, slide: Any, block: Bars, place: tuple[Any, Any, Any, Any]) -> None:
        data = CategoryChartData()
        data.categories = [bar.label for bar in block.bars]
        data.add_series(block.caption, [bar.value for bar in block.bars])
        frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
        frame.name = block.caption
        masters.describe(frame, f"{block.caption}: " + ", ".join(f"{bar.label} {bar.shown}" for bar in block.bars))
        chart = frame.chart
        chart.has_legend, chart.has_title = False, True
        chart.font.size, chart.font.color.rgb = Pt(13), _rgb(self.brand.ink)
        chart.chart_title.include_in_layout = False
        title = chart.chart_title.text_frame
        title.text = block.caption
        title.paragraphs[0].runs[0].font.size, title.paragraphs[0].runs[0].font.bold = Pt(14), True
        chart.category_axis.reverse_order = True
        chart.category_axis.format.line.fill.background()
        chart.category_axis.has_major_gridlines = False
        chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
        chart.value_axis.minimum_scale = 0
        if block.whole:
            chart.value_axis.maximum_scale = block.whole
        self._labels(chart.plots[0], block)

    def _labels(self, plot: Any, block: Bars) -> None:
        """Each bar in its tone, with its figure beside it."""
        plot.gap_width = 45
        plot.has_data_labels = True
        plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
        for number, bar in enumerate(block.bars):
            point = plot.series[0].points[number]
            point.format.fill.solid()
            point.format.fill.fore_color.rgb = _rgb(TONES[bar.tone])
            frame = point.data_label.text_frame
            frame.text = bar.shown
            point.data_label.position = XL_LABEL_POSITION.OUTSIDE_END

    def _table(self, slide: Any, block: Table, piece: Piece, top: float, wide: float) -> None:
        rows = (block.header, *block.rows) if block.has_header else block.rows
        heights = piece.rows if block.has_header else piece.rows[1:]
        place = (Pt(MARGIN), Pt(top), Pt(wide), Pt(sum(heights)))
        shape = slide.shapes.add_table(len(rows), len(block.header), *place)
        shape.name = block.caption
        masters.describe(shape, block.caption)
        table = shape.table
        table.first_row, table.horz_banding = block.has_header, False
        for column, width in enumerate(piece.widths):
            table.columns[column].width = Emu(int(width * POINT))
        for number, row in enumerate(rows):
            table.rows[number].height = Emu(int(heights[number] * POINT))
            head = number == 0 and block.has_header
            bold = head or (block.totals and number == len(rows) - 1)
            for column, text in enumerate(row):
                self._cell(table.cell(number, column), text, piece.size, head, bold, column in block.numeric)

    def _cell(self, cell: Any, text: str, size: int, head: bool, bold: bool, right: bool) -> None:
        cell.fill.solid()
        cell.fill.fore_color.rgb = _rgb(self.brand.colour if head else PALE)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        cell.margin_top = cell.margin_bottom = Pt(3)
        cell.margin_left = cell.margin_right = Pt(6)
        paragraph = cell.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        self._run(paragraph, text, size, bold, "#FFFFFF" if head else "")
