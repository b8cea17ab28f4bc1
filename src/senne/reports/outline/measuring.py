"""Blocks about indicators: how many are on their trajectory, tables of figures and of their sources, charts, what moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senne.core.periods import parse_period
from senne.indicators.api import series
from senne.plan.api import figures
from senne.plan.api import picture as pictures
from senne.reports.blocks import Figures, Table
from senne.reports.outline import wording

Indicator = pictures.IndicatorPicture
Figure = pictures.FigurePicture
METHOD = 300  # letters of a method that a table bears; the workbook has it whole
FINE = frozenset({series.REACHED, series.ON_TRACK})
# The most worrying first: what a page that has no room for all shows.
URGENT = (
    series.OFF_TRACK, series.WATCH, series.NO_FIGURE, series.ON_TRACK, series.REACHED, series.NO_TARGET
)  # fmt: skip


def urgent_first(found: Iterable[Indicator]) -> list[Indicator]:
    """Off the trajectory, slower, without a figure, then the others; each in the order of the plan."""
    return sorted(found, key=lambda indicator: URGENT.index(indicator.state))


def of_action(now: pictures.Picture, code: str) -> list[Indicator]:
    return [indicator for indicator in now.indicators if code in indicator.actions]


def of_objective(now: pictures.Picture, code: str) -> list[Indicator]:
    return [indicator for indicator in now.indicators if code in indicator.objectives]


# ---- Counts -------------------------------------------------------------------------------------------------------


def standing(found: Sequence[Indicator]) -> Figures:
    """How many are on their trajectory, slower, off it, and how many cannot be judged."""
    states = [indicator.state for indicator in found]
    fine = sum(state in FINE for state in states)
    slower, off = states.count(series.WATCH), states.count(series.OFF_TRACK)
    rest = len(states) - fine - slower - off
    pairs = [
        (fine, ngettext("on its trajectory", "on their trajectory", fine)),
        (slower, ngettext("slower", "slower", slower)),
        (off, _("off trajectory")),
    ]
    if rest:
        pairs.append((rest, _("without a target or a figure")))
    return Figures(tuple((wording.count(n), label) for n, label in pairs))


def standing_line(found: Sequence[Indicator]) -> str:
    """'12 on their trajectory · 3 slower · 1 off trajectory'."""
    return " · ".join(f"{n} {label}" for n, label in standing(found).pairs if n != "0")


# ---- Tables -------------------------------------------------------------------------------------------------------


def whole_table(found: Sequence[Indicator], language: str) -> Table:
    """Indicators as rows: unit, baseline, latest figure, what the trajectory asked for, target, state."""
    header = (
        _("Indicator"), _("Unit"), _("Baseline"), _("Latest figure"), _("Expected by then"), _("Target"),
        _("Against the trajectory"),
    )  # fmt: skip
    rows = tuple(
        (
            pictures.shown(indicator.name, language),
            pictures.shown(indicator.unit, language),
            _in_time(indicator, indicator.baseline),
            _in_time(indicator, indicator.latest),
            figures.rounded(indicator.expected, indicator.decimals),
            _in_time(indicator, next_target(indicator)),
            figures.state(indicator),
        )
        for indicator in found
    )
    return Table(_("The indicators of the plan"), header, rows, frozenset({2, 3, 4, 5}), frozenset({0, 1, 6}))


def short_table(found: Sequence[Indicator], language: str, most_letters: int = 10_000) -> Table:
    """The same with less: latest figure, what was expected by then, target, state."""
    header = (
        _("Indicator"), _("Latest figure"), _("Expected by then"), _("Target"), _("Against the trajectory")
    )  # fmt: skip
    rows = tuple(
        (
            wording.clip(pictures.shown(indicator.name, language), most_letters),
            figures.dated(indicator, indicator.latest),
            figures.rounded(indicator.expected, indicator.decimals),
            _in_time(indicator, next_target(indicator)),
            figures.state(indicator),
        )
        for indicator in found
    )
    return Table(_("Indicators"), header, rows, frozenset({2, 3}), frozenset({0, 1, 4}), spare=frozenset({2, 3}))


def sources_table(found: Sequence[Indicator], now: pictures.Picture, language: str) -> Table:
    """What explains a figure: who measures, from which source, by which method and which version of it."""
    header = (_("Indicator"), _("Who measures"), _("Source"), _("How it is measured"), _("Version of the method"))
    rows = tuple(
        (
            pictures.shown(indicator.name, language),
            now.organisation_name(indicator.lead, language),
            pictures.shown(indicator.source, language) or wording.NONE,
            wording.clip(pictures.shown(indicator.method, language), METHOD) or wording.NONE,
            str(indicator.method_version),
        )
        for indicator in found
    )
    caption = _("Where the figures of the indicators come from")
    return Table(caption, header, rows, wide=frozenset({0, 1, 2, 3}))


def rule() -> str:
    """How an indicator is judged (indicators/rules/series.py)."""
    return _(
        "An indicator is on its trajectory where the change reached since the baseline is 95 %, or more, of what the "
        "trajectory asked for by then, slower from 60 %, else off it. Without a baseline, its first figure stands in for it."
    )


def _in_time(indicator: Indicator, figure: Figure | None) -> str:
    """'190 (2024)', without the unit."""
    if figure is None:
        return wording.NONE
    told = figures.rounded(figure.value, indicator.decimals)
    if figure.uncertainty:
        told += f"{wording.NO_BREAK}±{wording.NO_BREAK}{figures.rounded(figure.uncertainty, indicator.decimals)}"
    if figure.provisional:
        told = _("%(figure)s (provisional)") % {"figure": told}
    return f"{told} ({figures.period(figure.period)})"


def next_target(indicator: Indicator) -> Figure | None:
    """The target that comes next after the latest figure, or the last one where all have passed."""
    if not indicator.targets:
        return None
    latest = _day(indicator.latest) if indicator.latest else date.min
    return next((target for target in indicator.targets if _day(target) >= latest), indicator.targets[-1])


def _day(figure: Figure) -> date:
    return parse_period(figure.period).last_day


def line(indicator: Indicator, language: str) -> str:
    """'Trees planted: 190 arbres (2024), 200 arbres expected. Slower than the trajectory.'"""
    told = wording.said(pictures.shown(indicator.name, language), stands(indicator))
    return told if indicator.state == series.NO_FIGURE else f"{told}. {figures.state(indicator)}."


def stands(indicator: Indicator) -> str:
    """'150 arbres (2024), 200 arbres expected'; 'no figure yet'."""
    if indicator.latest is None:
        return _("no figure yet")
    latest = figures.dated(indicator, indicator.latest)
    if not indicator.expected:
        return latest
    expected = figures.value(indicator, indicator.expected)
    return _("%(figure)s, %(expected)s expected") % {"figure": latest, "expected": expected}


# ---- What moved ---------------------------------------------------------------------------------------------------


def moved(key: str, before: Indicator | None, after: Indicator) -> str:
    """'190 arbres (2024) → 212 arbres (2025)'; where a figure or target is another: '2024: 190 → 185 arbres'."""
    if before is None:
        return figures.dated(after, after.latest) if after.latest else ""
    if key == "measured":
        return wording.both(figures.dated(before, before.latest), figures.dated(after, after.latest))
    if key == "corrected":
        there = {figure.period for figure in before.figures} & {figure.period for figure in after.figures}
        return _changes(before, after, *([f for f in one.figures if f.period in there] for one in (before, after)))
    if key == "retargeted":
        return _changes(before, after, before.targets, after.targets) or wording.both(
            figures.dated(before, before.baseline), figures.dated(after, after.baseline)
        )
    return stands(after)


def _changes(before: Indicator, after: Indicator, old: Sequence[Figure], new: Sequence[Figure]) -> str:
    """'2024: 190 → 185 arbres; 2030: – → 400 arbres', of the values that are not the same."""
    told = []
    for period, one, other in figures.both(old, new):
        was, now = one.value if one else "", other.value if other else ""
        if was != now:
            both = wording.both(figures.rounded(was, before.decimals), figures.value(after, now))
            told.append(wording.said(figures.period(period), both))
    return "; ".join(told)
