"""The indicators room's face: what other rooms may use. Nothing else of this room is imported from outside."""

from senne.indicators import actions as do
from senne.indicators import queries, words
from senne.indicators.actions import Figure
from senne.indicators.models import Indicator, Measurement, PeriodField, TargetPoint
from senne.indicators.queries import Standing
from senne.indicators.rules import chart, series
from senne.indicators.shown import figure_shown, number_shown

__all__ = [
    "Figure",
    "Indicator",
    "Measurement",
    "PeriodField",
    "Standing",
    "TargetPoint",
    "chart",
    "do",
    "figure_shown",
    "number_shown",
    "queries",
    "series",
    "words",
]
