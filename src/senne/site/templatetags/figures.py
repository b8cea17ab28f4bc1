"""Figures of indicators on any room's pages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from senne.indicators.api import Indicator, Measurement, Standing, TargetPoint
from senne.site import curves, figures

register = template.Library()


@register.filter
def of_unit(value: Decimal, indicator: Indicator) -> str:
    """A figure with the reader's separators and its unit."""
    return figures.with_unit(value, indicator)


@register.filter
def written_as(value: Decimal, indicator: Indicator) -> str:
    """A figure with the reader's separators."""
    return figures.written(value, indicator.decimals)


@register.filter
def period_of(found: Measurement | TargetPoint) -> str:
    """The period of a figure or a target, in words."""
    return figures.period(found)


@register.filter
def baseline_words(indicator: Indicator) -> str:
    """The baseline with its period, or ''."""
    return figures.baseline_words(indicator)


@register.filter
def latest_words(standing: Standing) -> str:
    """The latest figure with its unit and period, or that there is none yet."""
    return figures.latest_words(standing)


@register.filter
def target_words(standing: Standing) -> str:
    """The next target, or ''."""
    return figures.target_words(standing)


@register.inclusion_tag("site/parts/small_curve.html")
def small_curve(standing: Standing) -> dict[str, Any]:
    """The chart without axes, for the eye only; nothing where there is no line to draw."""
    return {"curve": curves.small_curve(standing)}
