"""A month as weeks, and what falls on which day. Pure: no Django, no clock."""

from __future__ import annotations

import re
from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic, Protocol, TypeVar

from senne.core.periods import PartialDate


class Dated(Protocol):
    """Something with a date as exact as it is known."""

    @property
    def when(self) -> PartialDate: ...


T = TypeVar("T", bound=Dated)
MONDAY_FIRST = Calendar(0)
EARLIEST, LATEST = 1990, 2200
FOLD = 4


def month_from(text: str, today: date) -> date:
    """The first day of the month written '2026-11'; today's month for anything else."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
    if match and 1 <= int(match[2]) <= 12 and EARLIEST <= int(match[1]) <= LATEST:
        return date(int(match[1]), int(match[2]), 1)
    return today.replace(day=1)


def next_month(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(month: date) -> date:
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


@dataclass(frozen=True)
class Day(Generic[T]):
    """A square of the calendar; `inside`: of the month itself, not of its neighbours."""

    day: date
    inside: bool
    items: list[T] = field(default_factory=list)

    @property
    def first(self) -> list[T]:
        """What a square has room for."""
        return self.items[:FOLD]

    @property
    def rest(self) -> list[T]:
        return self.items[FOLD:]


@dataclass(frozen=True)
class Month(Generic[T]):
    """The weeks of a month, Monday first, and apart what is due in its course without a day."""

    first: date
    weeks: list[list[Day[T]]]
    no_day: list[T]

    @property
    def count(self) -> int:
        return len(self.no_day) + sum(len(day.items) for week in self.weeks for day in week)


def lay_out(items: Iterable[T], month: date) -> Month[T]:
    """What is due in the month: on its day, or apart where only the month or year is known and ends with this month."""
    by_day: dict[date, list[T]] = defaultdict(list)
    no_day: list[T] = []
    for item in items:
        last = item.when.last_day
        if (last.year, last.month) != (month.year, month.month):
            continue
        if item.when.day == last:
            by_day[last].append(item)
        else:
            no_day.append(item)
    weeks = [
        [Day(day, day.month == month.month, by_day.get(day, [])) for day in week]
        for week in MONDAY_FIRST.monthdatescalendar(month.year, month.month)
    ]
    return Month(month, weeks, no_day)
