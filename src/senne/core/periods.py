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


class Frequency(StrEnum):
    """How often something is measured."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


_IN_A_YEAR = {Frequency.YEAR: 1, Frequency.QUARTER: 4, Frequency.MONTH: 12}
# Beyond these a year is a slip of the pen, and a series without end.
FIRST_YEAR, LAST_YEAR = 1800, 2300
_PERIOD = re.compile(r"^(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$")


@dataclass(frozen=True, order=True)
class Period:
    """A year, or a quarter or month of it: `number` counts from 1 within the year."""

    year: int
    number: int = 1
    frequency: Frequency = Frequency.YEAR

    def __str__(self) -> str:
        """'2026', '2026-Q3' or '2026-09': as it is stored and stands in addresses."""
        if self.frequency is Frequency.YEAR:
            return f"{self.year:04}"
        if self.frequency is Frequency.QUARTER:
            return f"{self.year:04}-Q{self.number}"
        return f"{self.year:04}-{self.number:02}"

    @property
    def _months(self) -> int:
        return 12 // _IN_A_YEAR[self.frequency]

    @property
    def first_day(self) -> date:
        return date(self.year, (self.number - 1) * self._months + 1, 1)

    @property
    def last_day(self) -> date:
        month = self.number * self._months
        return date(self.year, month, monthrange(self.year, month)[1])

    def next(self) -> Period:
        """The period that follows."""
        if self.number < _IN_A_YEAR[self.frequency]:
            return Period(self.year, self.number + 1, self.frequency)
        return Period(self.year + 1, 1, self.frequency)


def parse_period(text: str) -> Period:
    """The period written '2026', '2026-Q3' or '2026-09'. Raises ValueError for anything else."""
    match = _PERIOD.match(text.strip().upper())
    if not match:
        raise ValueError(f"not a year, quarter or month: {text!r}")
    year, quarter, month = match.groups()
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise ValueError(f"not a year from {FIRST_YEAR} to {LAST_YEAR}: {text!r}")
    if quarter:
        return Period(int(year), int(quarter), Frequency.QUARTER)
    if month:
        return Period(int(year), int(month), Frequency.MONTH)
    return Period(int(year))


def period_of(day: date, frequency: Frequency) -> Period:
    """The period of that frequency in which the day lies."""
    return Period(day.year, (day.month - 1) * _IN_A_YEAR[frequency] // 12 + 1, frequency)
