"""Dates as plans give them: to the day, the month or the year. Pure: no Django, no clock."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date known to the day, month or year; `day` is the first day of the period it names."""

    day: date
    precision: Precision = Precision.DAY

    @property
    def last_day(self) -> date:
        """The last day of the period: a step due in '2026' is late only from 1 January 2027."""
        if self.precision is Precision.YEAR:
            return date(self.day.year, 12, 31)
        if self.precision is Precision.MONTH:
            return date(self.day.year, self.day.month, monthrange(self.day.year, self.day.month)[1])
        return self.day

    def isoformat(self) -> str:
        """'2026', '2026-09' or '2026-09-15' (ISO 8601 reduced precision)."""
        length = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[self.precision]
        return self.day.isoformat()[:length]


_ISO = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")


def parse_partial(text: str) -> PartialDate:
    """The partial date written in ISO 8601 reduced form. Raises ValueError for anything else or a day that is not."""
    match = _ISO.match(text.strip())
    if not match:
        raise ValueError(f"not a year, month or day in ISO form: {text!r}")
    year, month, day = match.groups()
    if day:
        return PartialDate(date(int(year), int(month), int(day)), Precision.DAY)
    if month:
        return PartialDate(date(int(year), int(month), 1), Precision.MONTH)
    return PartialDate(date(int(year), 1, 1), Precision.YEAR)


def partial(day: date | None, precision: str) -> PartialDate | None:
    """The partial date stored in two columns, or None where the date is empty."""
    if day is None:
        return None
    kind = Precision(precision or Precision.DAY)
    if kind is Precision.YEAR:
        day = date(day.year, 1, 1)
    elif kind is Precision.MONTH:
        day = date(day.year, day.month, 1)
    return PartialDate(day, kind)
