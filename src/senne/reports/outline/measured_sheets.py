"""Indicators and their figures as sheets of the workbook: every value as exact as it is kept, with what explains it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from senne.core.periods import PartialDate, parse_period
from senne.indicators.api import words as indicator_words
from senne.plan.api import figures
from senne.plan.api import picture as pictures
from senne.reports.blocks import Cell, Share, Sheet
from senne.reports.outline import measuring, wording

Picture = pictures.Picture
Indicator = pictures.IndicatorPicture
Figure = pictures.FigurePicture
Row = tuple[Cell | Share, ...]


def indicator_sheet(now: Picture, language: str) -> Sheet:
    """A row for each indicator: what it is, who measures it how, where it stands."""
    header = (
        _("Code"), _("Indicator"), _("What it measures"), _("Kind"), _("Unit"), _("Wanted direction"), _("How often"),
        _("Who measures"), _("Source"), _("How it is measured"), _("Version of the method"), _("Period of the baseline"),
        _("Baseline"), _("Latest period"), _("Latest figure"), _("Expected by then"), _("Period of the target"),
        _("Target"), _("Share of the way"), _("Against the trajectory"), _("Objectives"), _("Actions"), _("Visibility"),
    )  # fmt: skip
    return Sheet(_("Indicators"), header, tuple(_indicator(indicator, now, language) for indicator in now.indicators))


def _indicator(i: Indicator, now: Picture, language: str) -> Row:
    return (
        i.code, pictures.shown(i.name, language), pictures.shown(i.definition, language),
        str(indicator_words.Kind(i.kind).label), pictures.shown(i.unit, language),
        str(indicator_words.Wanted(i.wanted).label) if i.wanted else None,
        str(indicator_words.Frequency(i.frequency).label), now.organisation_name(i.lead, language) if i.lead else None,
        pictures.shown(i.source, language), pictures.shown(i.method, language), i.method_version, *_pair(i.baseline),
        *_pair(i.latest), Decimal(i.expected) if i.expected else None, *_pair(measuring.next_target(i)), Share(i.share),
        figures.state(i), ", ".join(i.objectives), ", ".join(i.actions), wording.word("visibility", i.visibility),
    )  # fmt: skip


def _pair(figure: Figure | None) -> tuple[Cell, Cell]:
    return (_period(figure.period), Decimal(figure.value)) if figure else (None, None)


def _period(text: str) -> Cell:
    """A year as a number, a quarter or month as it is written: '2026-Q3', '2026-09'."""
    return int(text) if text.isdecimal() else text


def figure_sheet(now: Picture, language: str) -> Sheet:
    """A row for each figure, then the baseline and targets: the period, the day on which it ends, the value."""
    header = (
        _("Indicator"), _("What it is"), _("Period"), _("End of the period"), _("Value"), _("Uncertainty (±)"), _("Unit"),
        _("Provisional"), _("Version of the method"), _("Source"), _("Remark"),
    )  # fmt: skip
    return Sheet(_("Figures"), header, tuple(row for i in now.indicators for row in _figures(i, language)))


def _figures(i: Indicator, language: str) -> Iterator[Row]:
    unit, source = pictures.shown(i.unit, language), pictures.shown(i.source, language)
    aims = [*([(_("baseline"), i.baseline)] if i.baseline else []), *((_("target"), target) for target in i.targets)]
    found = [*((_("figure"), True, figure) for figure in i.figures), *((word, False, aim) for word, aim in aims)]
    for word, measured, figure in found:
        yield (
            i.code, word, _period(figure.period), PartialDate(parse_period(figure.period).last_day), Decimal(figure.value),
            Decimal(figure.uncertainty) if figure.uncertainty else None, unit, _("yes") if figure.provisional else "",
            figure.method_version if measured else None, source if measured else None,
            pictures.shown(figure.note, language),
        )  # fmt: skip


def counts(now: Picture) -> Iterator[Row]:
    """Rows of the summary: how many indicators, and by where they stand."""
    states = [indicator.state for indicator in now.indicators]
    yield _("Indicators"), len(states)
    for state in indicator_words.State:
        yield wording.said(_("Indicators"), str(state.label)), states.count(state.value)
