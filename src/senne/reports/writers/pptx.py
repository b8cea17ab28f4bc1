"""A deck as a presentation: native charts and tables that can be reworked, notes for who speaks, the city's own master."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Pt

from senne.reports.blocks import Bars, Block, Deck, Figures, Heading, Items, Paragraph, Slide, Table
from senne.reports.brand import TONES, Brand

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
WIDTH, HEIGHT = Emu(12192000), Emu(6858000)
MARGIN = Emu(500000)
TOP = Emu(1350000)
FOOT = Emu(400000)


def write_pptx(deck: Deck, brand: Brand, progress: Callable[[float], None] = lambda share: None) -> bytes:
    """The presentation's bytes. A base presentation of the city keeps its masters and size."""
    presentation = Presentation(str(brand.pptx)) if brand.pptx else Presentation()
    if not brand.pptx:
        presentation.slide_width, presentation.slide_height = WIDTH, HEIGHT
    presentation.core_properties.title = f"{deck.title} – {deck.subtitle}"
    presentation.core_properties.language = deck.language
    presentation.core_properties.author = "Senne"
    writer = _Writer(presentation, deck, brand)
    writer.cover()
    for number, slide in enumerate(deck.slides):
        writer.slide(slide)
        progress((number + 1) / len(deck.slides))
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())


class _Writer:
    """Puts slides one after the other; knows the size of the paper and the city's colours."""

    def __init__(self, presentation: Any, deck: Deck, brand: Brand) -> None:
        self.presentation, self.deck, self.brand = presentation, deck, brand
        self.wide, self.high = presentation.slide_width, presentation.slide_height
        self.title_only = presentation.slide_layouts[5 if len(presentation.slide_layouts) > 5 else 0]

    def cover(self) -> None:
        slide = self.presentation.slides.add_slide(self.presentation.slide_layouts[0])
        slide.shapes.title.text = self.deck.title
        if not self.brand.pptx:
            self._place(slide.shapes.title, self.high // 4, Emu(1600000))
            band = slide.shapes.add_shape(1, 0, 0, self.wide, Emu(260000))
            band.fill.solid()
            band.fill.fore_color.rgb = _rgb(self.brand.colour)
            band.line.fill.background()
        self._dress(slide.shapes.title, 40)
        for shape in slide.placeholders:
            if shape.placeholder_format.idx == 1:
                shape.text = self.deck.subtitle
                for paragraph in shape.text_frame.paragraphs:
                    paragraph.alignment = PP_ALIGN.LEFT
                if not self.brand.pptx:
                    self._place(shape, self.high // 2, Emu(900000))
        if self.brand.logo_bitmap:
            slide.shapes.add_picture(str(self.brand.logo_bitmap), MARGIN, MARGIN, height=Emu(700000))
        self._foot(slide)

    def _place(self, shape: Any, top: int, height: int) -> None:
        shape.left, shape.top, shape.width, shape.height = MARGIN, top, self.wide - 2 * MARGIN, height

    def _dress(self, shape: Any, size: int) -> None:
        for paragraph in shape.text_frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT
            for run in paragraph.runs:
                run.font.size, run.font.bold = Pt(size), True
                run.font.color.rgb = _rgb(self.brand.colour)

    def slide(self, content: Slide) -> None:
        slide = self.presentation.slides.add_slide(self.title_only)
        title = slide.shapes.title
        title.text = content.title
        if not self.brand.pptx:
            self._place(title, Emu(250000), Emu(950000))
        self._dress(title, 28)
        shares = [_share(block) for block in content.blocks]
        room = self.high - TOP - FOOT - Emu(100000)
        top = TOP
        for block, share in zip(content.blocks, shares, strict=True):
            height = int(room * share / sum(shares))
            self._block(slide, block, top, height)
            top += height
        if content.notes:
            slide.notes_slide.notes_text_frame.text = content.notes
        self._foot(slide)

    def _foot(self, slide: Any) -> None:
        box = slide.shapes.add_textbox(MARGIN, self.high - FOOT, self.wide - 2 * MARGIN, FOOT)
        number = len(self.presentation.slides)
        box.text_frame.text = f"{self.deck.source}  ·  {number}"
        box.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        run = box.text_frame.paragraphs[0].runs[0]
        run.font.size, run.font.color.rgb = Pt(9), _rgb("#4A5952")

    def _block(self, slide: Any, block: Block, top: int, height: int) -> None:
        wide = self.wide - 2 * MARGIN
        if isinstance(block, Bars):
            self._bars(slide, block, top, wide, height)
        elif isinstance(block, Table):
            self._table(slide, block, top, wide, height)
        elif isinstance(block, Figures):
            self._figures(slide, block, top, wide, height)
        elif isinstance(block, Paragraph | Heading | Items):
            self._text(slide, block, top, wide, height)

    def _text(self, slide: Any, block: Paragraph | Heading | Items, top: int, wide: int, height: int) -> None:
        frame = slide.shapes.add_textbox(MARGIN, top, wide, height).text_frame
        frame.word_wrap = True
        texts = block.texts if isinstance(block, Items) else (block.text,)
        size = 18 if sum(map(len, texts)) < 900 and len(texts) <= 9 else 13
        for number, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = f"• {text}" if isinstance(block, Items) else text
            run.font.size = Pt(size)
            paragraph.space_after = Pt(6)

    def _figures(self, slide: Any, block: Figures, top: int, wide: int, height: int) -> None:
        each = wide // len(block.pairs)
        for number, (figure, label) in enumerate(block.pairs):
            frame = slide.shapes.add_textbox(MARGIN + number * each, top, each, height).text_frame
            frame.word_wrap = True
            run = frame.paragraphs[0].add_run()
            run.text = figure
            run.font.size, run.font.bold, run.font.color.rgb = Pt(36), True, _rgb(self.brand.colour)
            below = frame.add_paragraph().add_run()
            below.text = label
            below.font.size = Pt(16)

    def _bars(self, slide: Any, block: Bars, top: int, wide: int, height: int) -> None:
        data = CategoryChartData()
        data.categories = [bar.label for bar in block.bars]
        data.add_series(block.caption, [bar.value for bar in block.bars])
        frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, MARGIN, top, wide, height, data)
        frame.name = f"{block.caption}: " + ", ".join(f"{bar.label} {bar.shown}" for bar in block.bars)
        chart = frame.chart
        chart.has_legend = False
        chart.has_title = True
        chart.chart_title.text_frame.text = block.caption
        chart.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(14)
        chart.category_axis.reverse_order = True
        chart.category_axis.tick_labels.font.size = Pt(12)
        chart.category_axis.format.line.fill.background()
        chart.value_axis.visible = False
        chart.value_axis.has_major_gridlines = False
        chart.value_axis.minimum_scale = 0
        self._labels(chart.plots[0], block)

    def _labels(self, plot: Any, block: Bars) -> None:
        plot.gap_width = 40
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.font.size = Pt(12)
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        labels.number_format_is_linked = False
        labels.number_format = '0" %"' if any(bar.shown.endswith("%") for bar in block.bars) else "0"
        for number, bar in enumerate(block.bars):
            fill = plot.series[0].points[number].format.fill
            fill.solid()
            fill.fore_color.rgb = _rgb(TONES[bar.tone])

    def _table(self, slide: Any, block: Table, top: int, wide: int, height: int) -> None:
        rows = len(block.rows) + 1
        each = min(Emu(620000), height // rows)
        shape = slide.shapes.add_table(rows, len(block.header), MARGIN, top, wide, each * rows)
        shape.name = block.caption
        table = shape.table
        shares = [4 if column in block.wide else 1 for column in range(len(block.header))]
        for column, share in enumerate(shares):
            table.columns[column].width = int(wide * share / sum(shares))
        size = Pt(14 if each >= Emu(480000) else 12)
        for number, row in enumerate((block.header, *block.rows)):
            for column, text in enumerate(row):
                cell = table.cell(number, column)
                cell.text = text
                self._cell(cell, size, head=number == 0, right=column in block.numeric)

    def _cell(self, cell: Any, size: Any, head: bool, right: bool) -> None:
        cell.fill.solid()
        cell.fill.fore_color.rgb = _rgb(self.brand.colour if head else "#F4F7F5")
        for paragraph in cell.text_frame.paragraphs:
            paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
            for run in paragraph.runs:
                run.font.size = size
                run.font.color.rgb = _rgb("#FFFFFF" if head else self.brand.ink)


def _share(block: Block) -> int:
    """How much of a slide's height a block wants beside others."""
    if isinstance(block, Figures):
        return 2
    if isinstance(block, Bars):
        return 2 + len(block.bars) // 2
    if isinstance(block, Paragraph):
        return 2
    return 6
