"""Figures over time as a native chart of a deck: a line for the figures, a broken one for the trajectory."""

from __future__ import annotations

from math import ceil, floor
from typing import Any

from pptx.chart.data import XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt

from senne.reports.blocks import Curve, Spot
from senne.reports.brand import TONES, Brand
from senne.reports.writers import masters

TRAJECTORY = "#4A5952"
MOST_YEARS = 6


def add_curve(slide: Any, block: Curve, place: tuple[Any, Any, Any, Any], brand: Brand) -> None:
    """The chart at its place (left, top, width, height), with its words for those who cannot see it."""
    data = XyChartData()
    for name, spots in ((block.names.figures, block.figures), (block.names.path, _aims(block))):
        if spots:
            series = data.add_series(name)
            for spot in spots:
                series.add_data_point(spot.at, float(spot.value))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *place, data)
    frame.name = block.caption
    masters.describe(frame, block.told)
    chart = frame.chart
    chart.font.size, chart.font.color.rgb = Pt(12), _rgb(brand.ink)
    chart.has_legend, chart.has_title = True, True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    title = chart.chart_title.text_frame
    title.text = f"{block.caption} ({block.unit})" if block.unit else block.caption
    title.paragraphs[0].runs[0].font.size, title.paragraphs[0].runs[0].font.bold = Pt(14), True
    chart.chart_title.include_in_layout = False
    _axes(chart, block)
    _look(chart, block)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())


def _aims(block: Curve) -> tuple[Spot, ...]:
    return block.path or block.targets


def _axes(chart: Any, block: Curve) -> None:
    """Whole years below, a few thin lines behind."""
    years = [spot.at for spot in (*block.figures, *_aims(block))]
    first, last = floor(min(years)), max(ceil(max(years)), floor(min(years)) + 1)
    below, beside = chart.category_axis, chart.value_axis
    below.minimum_scale, below.maximum_scale = first, last
    below.major_unit = max(1, ceil((last - first) / MOST_YEARS))
    below.tick_labels.number_format, below.tick_labels.number_format_is_linked = "0", False
    below.has_major_gridlines = False
    beside.has_major_gridlines = True
    beside.major_gridlines.format.line.color.rgb = _rgb("#D3DDD7")
    beside.tick_labels.number_format, beside.tick_labels.number_format_is_linked = "#,##0.##", False
    if all(float(spot.value) % 1 == 0 for spot in (*block.figures, *_aims(block))):
        beside.tick_labels.number_format = "#,##0"
    beside.format.line.fill.background()


def _look(chart: Any, block: Curve) -> None:
    """Figures as a full line with round marks, the trajectory as a broken one with squares; the last of each is named."""
    looks = {
        block.names.figures: (TONES["calm"], XL_MARKER_STYLE.CIRCLE, MSO_LINE.SOLID, block.figures),
        block.names.path: (TRAJECTORY, XL_MARKER_STYLE.SQUARE, MSO_LINE.DASH, _aims(block)),
    }
    for series in chart.plots[0].series:
        colour, mark, dash, spots = looks[series.name]
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = _rgb(colour), Pt(2.25)
        series.format.line.dash_style = dash
        series.marker.style, series.marker.size = mark, 7
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = _rgb(colour)
        series.marker.format.line.color.rgb = _rgb(colour)
        label = series.points[len(spots) - 1].data_label
        label.text_frame.text = spots[-1].shown
        label.text_frame.paragraphs[0].runs[0].font.bold = True
        below = series.name == block.names.figures and block.is_under
        label.position = XL_LABEL_POSITION.BELOW if below else XL_LABEL_POSITION.ABOVE
