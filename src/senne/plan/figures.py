"""Figures of indicators in words, as pictures hold them: with the reader's separators, rounded here and nowhere before."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from senne.core.periods import parse_period
from senne.core.templatetags.senne import number
from senne.core.text import reader_language
from senne.indicators.api import words
from senne.plan.rules import picture as pictures
from senne.plan.rules.comparison import by_period

NO_BREAK = "\u00a0"
NONE = "–"
Indicator = pictures.IndicatorPicture
Figure = pictures.FigurePicture


def rounded(value: str, decimals: int) -> str:
    """A decimal string as it is shown: `decimals` of them at most."""
    found = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) if value else None
    return NONE if found is None else number(found + 0)  # + 0: no '-0'


def value(indicator: Indicator, text: str) -> str:
    """'190 arbres'; a dash for nothing."""
    unit = pictures.shown(indicator.unit, reader_language())
    shown = rounded(text, indicator.decimals)
    return f"{shown}{NO_BREAK}{unit}" if text and unit else shown


def figure(indicator: Indicator, found: Figure | None) -> str:
    """'190 ± 5 arbres (provisoire)'; a dash where there is none."""
    if found is None:
        return NONE
    told = value(indicator, found.value)
    if found.uncertainty:
        about = f"{rounded(found.value, indicator.decimals)}{NO_BREAK}±{NO_BREAK}"
        told = about + value(indicator, found.uncertainty)
    return _("%(figure)s (provisional)") % {"figure": told} if found.provisional else told


def period(text: str) -> str:
    """'2026', '3rd quarter of 2026', 'September 2026'."""
    return words.period_words(parse_period(text)) if text else NONE


def dated(indicator: Indicator, found: Figure | None) -> str:
    """'190 arbres (2024)'; a dash where there is none."""
    return f"{figure(indicator, found)} ({period(found.period)})" if found else NONE


def state(indicator: Indicator) -> str:
    """'On the trajectory'."""
    return str(words.State(indicator.state).label)


def both(before: Iterable[Figure], after: Iterable[Figure]) -> list[tuple[str, Figure | None, Figure | None]]:
    """The periods whose figure is not the same, in the order of time, with both figures."""
    old, new = by_period(before), by_period(after)
    return [(key, old.get(key), new.get(key)) for key in sorted({*old, *new}) if old.get(key) != new.get(key)]


def lines(indicator: Indicator, before: Iterable[Figure], after: Iterable[Figure], now: bool) -> str:
    """A line for each period that differs, as it stood before, or (`now`) after: '2025: 190 arbres'."""
    return "\n".join(
        _("%(period)s: %(figure)s") % {"period": period(key), "figure": _whole(indicator, new if now else old)}
        for key, old, new in both(before, after)
    )


def _whole(indicator: Indicator, found: Figure | None) -> str:
    """The figure with its remark, which may be all that changed."""
    if found is None or not found.note:
        return figure(indicator, found)
    return f"{figure(indicator, found)} · {pictures.shown(found.note, reader_language())}"
