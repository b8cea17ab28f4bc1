"""A series against its trajectory. The word follows Eurostat's thresholds (95 % and 60 % of the change asked for)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senne.core.periods import Frequency, Period, parse_period, period_of
from senne.indicators.rules.series import Asked, Point, Series, assess, expected_at


def point(year: int, value: str | int) -> Point:
    return Point(Period(year), Decimal(value))


def series(*figures: Point, wanted: str = "", base: Point | None = None, goals: tuple[Point, ...] = ()) -> Series:
    return Series(figures, goals, base, wanted)


# Emissions of 100 in 2020 are to be 40 in 2030: 6 less each year, 70 at the end of 2025.
GOAL = (point(2030, 40),)


@pytest.mark.parametrize(
    ("value", "state", "share"),
    [
        (70, "on_track", Fraction(1)),
        ("71.5", "on_track", Fraction(95, 100)),
        (72, "watch", Fraction(28, 30)),
        (82, "watch", Fraction(60, 100)),
        (83, "off_track", Fraction(17, 30)),
        (110, "off_track", Fraction(-1, 3)),
        (40, "reached", Fraction(2)),
        (12, "reached", Fraction(88, 30)),
    ],
)
def test_a_falling_series_is_judged_by_the_change_that_its_line_asks_for(
    value: str | int, state: str, share: Fraction
) -> None:
    # By days the line asks for a hair less than thirty by the end of 2025 (1,826 of 3,652 days): just so.
    found = assess(series(point(2025, value), base=point(2020, 100), goals=GOAL))
    assert found.state == state
    assert found.expected == Decimal(70)
    assert found.share == share


def test_a_rising_series_is_judged_the_same_way() -> None:
    goals = (point(2030, 200),)
    assert assess(series(point(2020, 100), point(2025, 148), goals=goals)).state == "on_track"
    assert assess(series(point(2020, 100), point(2025, 120), goals=goals)).state == "off_track"
    assert assess(series(point(2020, 100), point(2025, 201), goals=goals)).state == "reached"


def test_without_a_baseline_the_first_figure_stands_in_for_it_and_says_so() -> None:
    found = assess(series(point(2020, 100), point(2025, 70), goals=GOAL))
    assert found.from_first
    assert found.expected == Decimal(70)
    assert not assess(series(point(2025, 70), base=point(2020, 100), goals=GOAL)).from_first


def test_a_step_on_the_way_bends_the_line() -> None:
    goals = (point(2025, 90), point(2030, 40))
    corners = series(base=point(2020, 100), goals=goals).trajectory()
    assert expected_at(corners, date(2025, 12, 31)) == Decimal(90)
    assert expected_at(corners, date(2030, 12, 31)) == Decimal(40)
    assert expected_at(corners, date(2035, 1, 1)) == Decimal(40)
    assert expected_at(corners, date(2019, 12, 31)) is None
    between = expected_at(corners, date(2028, 12, 31))
    assert between is not None
    assert Decimal(59) < between < Decimal(61)


def test_what_there_is_no_ground_to_judge_is_not_judged() -> None:
    assert assess(series()).state == "no_figure"
    assert assess(series(point(2025, 1))).state == "no_target"
    assert assess(series(goals=GOAL)).state == "no_figure"
    assert assess(series(point(2020, 90), base=point(2020, 100), goals=GOAL)).state == "no_figure"
    assert assess(series(point(2020, 90), goals=GOAL)).state == "no_figure"


@pytest.mark.parametrize(
    ("wanted", "value", "state"),
    [("up", 101, "on_track"), ("up", 96, "watch"), ("up", 94, "off_track"), ("down", 99, "on_track"),
     ("down", 104, "watch"), ("down", 106, "off_track"), ("", 104, "on_track"), ("", 106, "off_track")],
)  # fmt: skip
def test_a_value_to_be_kept_may_stray_to_the_good_side(wanted: str, value: int, state: str) -> None:
    kept = series(point(2025, value), base=point(2020, 100), goals=(point(2030, 100),), wanted=wanted)
    assert assess(kept).state == state


@given(st.integers(-10_000, 10_000), st.integers(-10_000, 10_000), st.integers(2021, 2039))
def test_a_series_that_keeps_to_its_line_is_on_track(first: int, last: int, year: int) -> None:
    base, goals = point(2020, first), (point(2040, last),)
    corners = series(base=base, goals=goals).trajectory()
    on_line = expected_at(corners, date(year, 12, 31))
    assert on_line is not None
    found = assess(series(Point(Period(year), on_line), base=base, goals=goals))
    assert found.state in {"on_track", "reached"}


# ---- Periods and what is missing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2026", date(2026, 1, 1), date(2026, 12, 31)), ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
     ("2024-02", date(2024, 2, 1), date(2024, 2, 29))],
)  # fmt: skip
def test_a_period_knows_its_days(text: str, first: date, last: date) -> None:
    period = parse_period(text)
    assert (period.first_day, period.last_day, str(period)) == (first, last, text)
    assert period_of(first, period.frequency) == period_of(last, period.frequency) == period


@pytest.mark.parametrize(
    "text", ["", "26", "2026-13", "2026-Q5", "2026-1", "0000", "1026", "9999", "2026-09-01", "deux mille"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        parse_period(text)


def test_figures_are_missing_once_their_period_is_over() -> None:
    asked = Asked(Period(2023), None, 90, frozenset({"2024"}))
    assert [str(period) for period in asked.missing(date(2025, 12, 31))] == ["2023"]
    assert [str(period) for period in asked.missing(date(2026, 1, 1))] == ["2023", "2025"]
    assert asked.due_on(Period(2025)) == date(2026, 3, 31)
    ended = Asked(Period(2023), Period(2024), 90, frozenset())
    assert [str(period) for period in ended.missing(date(2030, 1, 1))] == ["2023", "2024"]


def test_quarters_and_months_follow_each_other() -> None:
    asked = Asked(Period(2025, 4, Frequency.QUARTER))
    assert [str(period) for period in asked.missing(date(2026, 7, 1))] == ["2025-Q4", "2026-Q1", "2026-Q2"]
    asked = Asked(Period(2025, 11, Frequency.MONTH))
    assert [str(period) for period in asked.missing(date(2026, 2, 1))] == ["2025-11", "2025-12", "2026-01"]
