"""An indicator's chart as SVG: the geometry of the indicators room, with marks as paths, words on the axes, and all that
the eye sees said in words. No script, and few elements: a page of a hundred figures stays light."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senne.indicators.api import Measurement, Standing, chart, figure_shown, number_shown
from senne.site.figures import period

# A letter of the axes takes about so many units of the drawing, on the phone, where letters are drawn larger.
LETTER = 11
SMALL = chart.Frame(width=160, height=48, left=4, right=8, top=6, bottom=6)


@dataclass(frozen=True)
class Label:
    """A word of an axis, and where along it."""

    at: float
    text: str


@dataclass(frozen=True)
class Curve:
    """The drawing: marks as `d` of SVG paths, and its name and content in words for whoever does not see it."""

    chart: chart.Chart
    figures: str
    provisional: str
    targets: str
    rows: tuple[Label, ...]
    years: tuple[Label, ...]
    name: str
    said: str


def curve_of(standing: Standing) -> Curve | None:
    """The chart with its axes; None where there is nothing to draw."""
    breaks = _breaks(standing.measurements)
    first = chart.chart_of(standing.series)
    if first is None:
        return None
    longest = max(len(label.text) for label in _rows(first))
    frame = chart.Frame(width=640, height=280, left=14 + LETTER * longest, right=24, top=14, bottom=36)
    return _drawn(standing, chart.chart_of(standing.series, frame, breaks))


def small_curve(standing: Standing) -> Curve | None:
    """The chart without axes, beside figures that say the same; None where there is no line to draw."""
    if len(standing.measurements) < 2:
        return None
    return _drawn(standing, chart.chart_of(standing.series, SMALL))


def _drawn(standing: Standing, drawing: chart.Chart | None) -> Curve | None:
    if drawing is None:
        return None
    radius = 5.0 if drawing.frame.width > SMALL.width else 3.0
    pairs = list(zip(drawing.figures, standing.measurements, strict=True))
    final = [mark for mark, measurement in pairs if not measurement.provisional]
    provisional = [mark for mark, measurement in pairs if measurement.provisional]
    return Curve(
        drawing,
        _circles(final, radius),
        _circles(provisional, radius),
        _diamonds(drawing.targets, radius + 1.5),
        _rows(drawing),
        tuple(Label(year.at, str(year.value)) for year in drawing.years),
        _("%(name)s, in %(unit)s") % {"name": standing.indicator.name, "unit": standing.indicator.unit},
        _said(standing),
    )


def _rows(drawing: chart.Chart) -> tuple[Label, ...]:
    """The numbers of the axis: as fine as the step between two of them, not as the figures."""
    exponents = [row.value.normalize().as_tuple().exponent for row in drawing.rows]
    places = max((-exponent for exponent in exponents if isinstance(exponent, int)), default=0)
    return tuple(Label(row.at, number_shown(row.value, max(0, places))) for row in drawing.rows)


def _circles(marks: Iterable[chart.Mark], radius: float) -> str:
    r, d = f"{radius:g}", f"{2 * radius:g}"
    return "".join(f"M{mark.x - radius:g} {mark.y:g}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0" for mark in marks)


def _diamonds(marks: Iterable[chart.Mark], half: float) -> str:
    r = f"{half:g}"
    return "".join(f"M{mark.x:g} {mark.y - half:g}l{r} {r}-{r} {r}-{r}-{r}z" for mark in marks)


def _breaks(figures: Iterable[Measurement]) -> list[date]:
    return chart.method_breaks([(found.when, found.method_version) for found in figures])


def _said(standing: Standing) -> str:
    """What the chart shows, in a few sentences; the table beside it has every figure."""
    indicator, figures = standing.indicator, standing.measurements
    parts = []
    if figures:
        text = ngettext("%(n)s figure", "%(n)s figures", len(figures))
        told = [f"{period(figure)}: {figure_shown(figure.value, indicator)}" for figure in _ends(figures)]
        parts.append(f"{text % {'n': len(figures)}}; {'; '.join(told)}.")
    for target in standing.targets:
        values = {"period": period(target), "value": figure_shown(target.value, indicator)}
        parts.append(_("Target (%(period)s): %(value)s.") % values)
    breaks = len(_breaks(figures))
    if breaks:
        text = ngettext(
            "The method changed once: figures on both sides do not compare.",
            "The method changed %(n)s times: figures before and after do not compare.",
            breaks,
        )
        parts.append(text % {"n": breaks})
    return " ".join(parts)


def _ends(figures: list[Measurement]) -> list[Measurement]:
    """The first figure, the lowest, the highest and the latest, each once, in the order of time."""
    chosen = {
        figures[0].pk,
        figures[-1].pk,
        min(figures, key=lambda figure: figure.value).pk,
        max(figures, key=lambda figure: figure.value).pk,
    }
    return [figure for figure in figures if figure.pk in chosen]
