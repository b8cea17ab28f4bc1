"""Charts of indicators: their figures over time beside their trajectory, and the same in words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from senne.core.periods import parse_period
from senne.indicators.api import chart, series
from senne.indicators.api import words as indicator_words
from senne.plan.api import figures
from senne.plan.api import picture as pictures
from senne.reports.blocks import Curve, Names, Spot
from senne.reports.outline import wording

Indicator = pictures.IndicatorPicture
Figure = pictures.FigurePicture


def key_ones(now: pictures.Picture) -> list[Indicator]:
    """Those that measure an objective of the plan and can be drawn."""
    return [indicator for indicator in now.indicators if indicator.objectives and can_be_drawn(indicator)]


def can_be_drawn(indicator: Indicator) -> bool:
    """Whether there is a figure, and another one or a target to see it by."""
    return bool(indicator.figures) and len(indicator.figures) + len(indicator.targets) > 1


def curve(indicator: Indicator, language: str) -> Curve:
    """Its figures over time beside its trajectory."""
    known = series.Series(
        tuple(_point(figure) for figure in indicator.figures),
        tuple(_point(target) for target in indicator.targets),
        _point(indicator.baseline) if indicator.baseline else None,
        indicator.wanted,
    )
    unit = pictures.shown(indicator.unit, language)
    return Curve(
        pictures.shown(indicator.name, language),
        _told(indicator, language),
        unit,
        Names(_("figures"), _("trajectory"), _("target"), _("other method")),
        tuple(_spot(indicator, point) for point in known.figures),
        tuple(_spot(indicator, point) for point in known.trajectory()),
        tuple(_spot(indicator, point) for point in known.targets),
        tuple(chart.method_breaks([(parse_period(f.period), f.method_version) for f in indicator.figures])),
    )


def method_changes(indicator: Indicator) -> list[Figure]:
    """The last figures before another method measured."""
    pairs = zip(indicator.figures, indicator.figures[1:], strict=False)
    return [one for one, other in pairs if one.method_version != other.method_version]


def _point(figure: Figure) -> series.Point:
    return series.Point(parse_period(figure.period), Decimal(figure.value))


def _spot(indicator: Indicator, point: series.Point) -> Spot:
    shown = figures.rounded(str(point.value), indicator.decimals)
    return Spot(point.period, point.value, indicator_words.period_words(point.period), shown)


def _told(indicator: Indicator, language: str) -> str:
    """The chart in words: each figure, the targets, where it stands."""
    unit = pictures.shown(indicator.unit, language)

    def row(found: Iterable[Figure]) -> str:
        return ", ".join(
            f"{figures.period(figure.period)} {figures.rounded(figure.value, indicator.decimals)}" for figure in found
        )

    parts = [wording.said(f"{pictures.shown(indicator.name, language)} ({unit})", row(indicator.figures))]
    if indicator.targets:
        parts.append(wording.said(_("Targets"), row(indicator.targets)))
    if changes := method_changes(indicator):
        periods = ", ".join(figures.period(figure.period) for figure in changes)
        parts.append(wording.said(_("The method changed after"), periods))
    parts.append(figures.state(indicator))
    return ". ".join(parts) + "."
