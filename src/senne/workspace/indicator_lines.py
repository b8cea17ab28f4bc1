"""A series pasted from a spreadsheet: one period and figure per line; what does not fit is shown and kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from senne.core.numbers import decimal_of
from senne.core.periods import parse_period
from senne.core.text import Text, reader_language
from senne.indicators.api import Figure, Indicator, do

MOST_LINES = 1000
_SPLIT = re.compile(r"\t|;")


@dataclass(frozen=True)
class Refused:
    """A line that was not kept: its number in what was pasted, what stood there, and why."""

    number: int
    line: str
    why: str


def read_lines(text: str, indicator: Indicator) -> tuple[list[tuple[int, str, Figure]], list[Refused]]:
    """(line number, line, figure) of those that can be read, and the others: 'period ; figure ; ± ; remark' by tab or ;"""
    found, refused, seen = [], [], set()
    for number, line in enumerate(text.splitlines()[:MOST_LINES], 1):
        if not line.strip():
            continue
        figure, why = _read(line, indicator)
        if figure is not None and str(figure.period) in seen:
            why = _("This period stands there twice.")
        if figure is None or why:
            refused.append(Refused(number, line, why))
            continue
        seen.add(str(figure.period))
        found.append((number, line, figure))
    if len(text.splitlines()) > MOST_LINES:
        refused.append(Refused(MOST_LINES + 1, "", _("At most %(n)s lines at once.") % {"n": MOST_LINES}))
    return found, refused


def _read(line: str, indicator: Indicator) -> tuple[Figure | None, str]:
    cells = [cell.strip() for cell in _SPLIT.split(line)] + ["", "", ""]
    try:
        period = parse_period(cells[0])
    except ValueError:
        return None, _("“%(text)s” is not a period.") % {"text": cells[0][:40]}
    value = decimal_of(cells[1])
    if value is None:
        return None, _("“%(text)s” is not a number.") % {"text": cells[1][:40]}
    uncertainty = decimal_of(cells[2]) if cells[2] else None
    if cells[2] and (uncertainty is None or uncertainty < 0):
        return None, _("“%(text)s” is not an uncertainty.") % {"text": cells[2][:40]}
    note = Text({reader_language(): cells[3]}) if cells[3] else Text()
    figure = Figure(indicator, period, value, uncertainty, note=note)
    return figure, do.fault_in(figure)
