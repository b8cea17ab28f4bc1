"""The words of indicators, each with its choices."""

from __future__ import annotations

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from senne.core import periods
from senne.core.periods import Period
from senne.indicators.rules import series


class Kind(models.TextChoices):
    """What an indicator tells of: what surrounds the plan, what is done, what it brings about."""

    CONTEXT = "context", _("Context")
    OUTPUT = "output", _("Output")
    OUTCOME = "outcome", _("Outcome")
    IMPACT = "impact", _("Impact")


class Frequency(models.TextChoices):
    """How often a figure is asked for."""

    YEAR = periods.Frequency.YEAR.value, _("Every year")
    QUARTER = periods.Frequency.QUARTER.value, _("Every quarter")
    MONTH = periods.Frequency.MONTH.value, _("Every month")


class Wanted(models.TextChoices):
    """Which way is good."""

    UP = series.UP, _("Upwards")
    DOWN = series.DOWN, _("Downwards")


class State(models.TextChoices):
    """Where the figures stand against the trajectory (see rules/series.py)."""

    REACHED = series.REACHED, _("Target reached")
    ON_TRACK = series.ON_TRACK, _("On the trajectory")
    WATCH = series.WATCH, _("Slower than the trajectory")
    OFF_TRACK = series.OFF_TRACK, _("Off the trajectory")
    NO_TARGET = series.NO_TARGET, _("No target")
    NO_FIGURE = series.NO_FIGURE, _("No figure yet")


def period_words(period: Period) -> str:
    """'2026', '3rd quarter of 2026', 'September 2026', in the reader's language."""
    if period.frequency is periods.Frequency.YEAR:
        return str(period.year)
    if period.frequency is periods.Frequency.MONTH:
        return date_format(period.first_day, "YEAR_MONTH_FORMAT")
    names = {
        1: gettext("1st quarter of %(year)s"),
        2: gettext("2nd quarter of %(year)s"),
        3: gettext("3rd quarter of %(year)s"),
        4: gettext("4th quarter of %(year)s"),
    }
    return names[period.number] % {"year": period.year}
