"""Who is to act on a duty, and when they are reminded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senne.core.duties.rules import Absence, Reminder, place_in_chain, reminder_on, responsible

DUE = date(2026, 11, 25)
LONG_AGO = DUE - timedelta(days=100)


def after(days: int) -> date:
    return DUE + timedelta(days=days)


@pytest.mark.parametrize(("days", "place"), [(-30, 0), (0, 0), (13, 0), (14, 1), (28, 2), (42, 3), (400, 3)])
def test_a_duty_passes_on_each_fortnight(days: int, place: int) -> None:
    assert place_in_chain(4, DUE, after(days)) == place


def test_the_earlier_ones_are_still_told() -> None:
    assert responsible([1, 2, 3], DUE, after(0), []) == [1]
    assert responsible([1, 2, 3], DUE, after(15), []) == [2, 1]
    assert responsible([], DUE, after(15), []) == []


def test_a_deputy_acts_for_who_is_away() -> None:
    away = Absence(1, after(-3), after(3), 9)
    assert responsible([1, 2], DUE, after(0), [away]) == [9]
    assert responsible([1, 2], DUE, after(4), [away]) == [1]


def test_without_a_deputy_the_next_in_the_chain_acts() -> None:
    away = Absence(1, after(-3), after(3), None)
    assert responsible([1, 2], DUE, after(0), [away]) == [2]
    assert responsible([1], DUE, after(0), [away]) == [1]


def test_a_deputy_who_is_away_too_is_no_deputy() -> None:
    both = [Absence(1, after(-3), after(3), 9), Absence(9, after(-3), after(3), 1)]
    assert responsible([1, 2], DUE, after(0), both) == [2]


@pytest.mark.parametrize(
    ("days", "reminder"),
    [
        (-8, None),
        (-7, Reminder("due_soon", 7)),
        (-3, Reminder("due_soon", 7)),
        (-1, Reminder("due_soon", 1)),
        (0, Reminder("due", 0)),
        (1, Reminder("late", 1)),
        (7, Reminder("late", 1)),
        (8, Reminder("late", 2)),
        (15, Reminder("late", 3)),
    ],
)
def test_reminders_have_their_days(days: int, reminder: Reminder | None) -> None:
    assert reminder_on(DUE, after(days), LONG_AGO) == reminder


def test_nobody_is_told_of_a_day_before_the_duty_began() -> None:
    assert reminder_on(DUE, after(-3), after(-3)) is None
    assert reminder_on(DUE, after(-1), after(-3)) == Reminder("due_soon", 1)


@given(st.integers(0, 400), st.integers(1, 30))
def test_a_machine_that_slept_says_one_thing(start: int, asleep: int) -> None:
    """Whatever the days on which it is asked, a reminder's number never goes back."""
    first, second = reminder_on(DUE, after(start), LONG_AGO), reminder_on(DUE, after(start + asleep), LONG_AGO)
    assert first is not None
    assert second is not None
    assert second.kind == "late"
    if first.kind == "late":
        assert second.number >= first.number
