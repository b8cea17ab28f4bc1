"""A month as weeks: Monday first, what is due on a day, what is due without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from senne.core.periods import PartialDate, parse_partial
from senne.workspace.listing import weeks

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Due:
    when: PartialDate


def due(text: str) -> Due:
    return Due(parse_partial(text))


def test_weeks_begin_on_monday_and_are_whole() -> None:
    month = weeks.lay_out([], date(2026, 11, 1))
    assert month.weeks[0][0].day == date(2026, 10, 26)
    assert month.weeks[-1][-1].day == date(2026, 12, 6)
    assert {len(week) for week in month.weeks} == {7}
    assert sum(day.inside for week in month.weeks for day in week) == 30


def test_a_day_has_its_own_and_a_month_or_year_stands_apart_where_it_ends() -> None:
    items = [due(text) for text in ("2026-12-24", "2026-12", "2026", "2026-11", "2027", "2025-12-24")]
    month = weeks.lay_out(items, date(2026, 12, 1))
    days = {day.day: day.items for week in month.weeks for day in week if day.items}
    assert days == {date(2026, 12, 24): [due("2026-12-24")]}
    assert month.no_day == [due("2026-12"), due("2026")]
    assert month.count == 3


@pytest.mark.parametrize(
    ("text", "month"),
    [("2027-02", date(2027, 2, 1)), ("", date(2026, 11, 1)), ("2026-13", date(2026, 11, 1)), ("0001-01", date(2026, 11, 1)),
     ("9999-12", date(2026, 11, 1)), ("２０２７-02", date(2026, 11, 1))],
)  # fmt: skip
def test_the_month_of_the_address(text: str, month: date) -> None:
    assert weeks.month_from(text, TODAY) == month


def test_months_follow_each_other_over_the_year() -> None:
    assert weeks.next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert weeks.next_month(date(2026, 1, 31)) == date(2026, 2, 1)
    assert weeks.month_before(date(2026, 1, 1)) == date(2025, 12, 1)
