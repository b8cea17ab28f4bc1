"""The demo city's calendar moves by whole years, and a trail becomes reports on working days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from senne.core.periods import Precision
from senne.demo.calendar import Calendar, working_day
from senne.demo.timeline import Report, added_on, course_of

HOME = Calendar(date(2026, 11, 24))


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (date(2026, 5, 31), -1),
        (date(2026, 6, 1), 0),
        (date(2027, 5, 31), 0),
        (date(2027, 6, 1), 1),
        (date(2028, 12, 31), 2),
    ],
)
def test_content_is_shown_in_the_year_from_june_to_may(today: date, years: int) -> None:
    assert Calendar(today).years == years


def test_dates_keep_their_season_and_their_precision() -> None:
    later = Calendar(date(2028, 7, 1))
    assert later.partial("2026-09").isoformat() == "2028-09"
    assert later.partial("2026").precision is Precision.YEAR
    assert later.day("2024-02-29") == date(2026, 2, 28)


def test_years_in_braces_move_and_base_years_stay() -> None:
    text = Calendar(date(2027, 8, 1)).text(["Bilan {2024} contre 2019", "-", "{2024} balance against 2019"])
    assert text == {"fr": "Bilan 2025 contre 2019", "en": "2025 balance against 2019"}


def test_horizons_from_2030_on_stay_where_they_are() -> None:
    later = Calendar(date(2028, 12, 31))
    assert [later.horizon(year) for year in (2027, 2029, 2030, 2040, None)] == [2029, 2030, 2030, 2040, None]


def test_everything_is_reported_on_a_working_day_in_office_hours() -> None:
    assert working_day(date(2026, 11, 21)) == working_day(date(2026, 11, 22)) == date(2026, 11, 23)
    assert working_day(date(2026, 11, 20)) == date(2026, 11, 20)
    hours = {HOME.moment(date(2026, 11, 20), str(seed)).hour for seed in range(200)}
    assert min(hours) == 8
    assert max(hours) == 17


def _course(
    row: dict[str, Any], *reports: list[Any], added: date = date(2024, 1, 10), until: date | None = None
) -> Any:
    return course_of({"id": "X-1", **row}, {"reports": list(reports)}, HOME, added, until)


STEPS = [["a", "a", "a", "2024-06", "2024-06-12"], ["b", "b", "b", "2025-06", "2025-06-11"]]


def test_steps_done_and_news_of_the_same_day_are_one_report() -> None:
    row = {"start": "2024-03-04", "finished": "2025-06-11", "phase": "roll_out", "steps": STEPS}
    course = _course(row, ["2025-06-11", "fini", "klaar", "done"])
    assert (course.status, course.phase, course.steps) == ("to_start", "study", {})
    assert course.reports == [
        Report(date(2024, 3, 4), {"status": "under_way", "phase": "decided"}),
        Report(date(2024, 6, 12), {"phase": "roll_out"}, {0: date(2024, 6, 12)}),
        Report(
            date(2025, 6, 11),
            {"status": "done", "news": {"fr": "fini", "nl": "klaar", "en": "done"}, "phase": "in_use"},
            {1: date(2025, 6, 11)},
        ),
    ]


def test_what_was_so_before_the_action_was_added_is_how_it_stood_then() -> None:
    course = _course({"start": "2024-03-04", "phase": "in_use", "steps": STEPS}, added=date(2024, 9, 2))
    assert (course.status, course.phase) == ("under_way", "in_use")
    assert course.steps == {0: date(2024, 6, 12)}
    assert [report.day for report in course.reports] == [date(2025, 6, 11)]


def test_nothing_is_reported_of_an_action_that_was_merged() -> None:
    course = _course({"start": "2024-03-04", "phase": "roll_out", "steps": STEPS}, until=date(2025, 1, 1))
    assert [report.day for report in course.reports] == [date(2024, 3, 4), date(2024, 6, 12)]


def test_a_suspended_action_is_taken_up_again() -> None:
    course = _course(
        {"start": "2024-03-04", "phase": "study"},
        ["2025-01-07", "arrêt", "stop", "stop", {"status": "suspended", "reason": ["pluie", "regen", "rain"]}],
        ["2025-04-01", "reprise", "hervat", "again", {"status": "under_way", "by": "head"}],
    )
    assert [report.values.get("status") for report in course.reports] == ["under_way", "suspended", "under_way"]
    assert course.reports[1].values["status_reason"] == {"fr": "pluie", "nl": "regen", "en": "rain"}
    assert course.reports[2].by == "head"


def test_an_action_enters_the_plan_at_the_last_sitting_before_it_begins() -> None:
    sittings = [date(2022, 12, 12), date(2024, 2, 15), date(2025, 2, 20)]
    assert added_on({"start": "2022-01"}, HOME, sittings) == date(2022, 12, 12)
    assert added_on({"start": "2024-06"}, HOME, sittings) == date(2024, 2, 15)
    assert added_on({"start": "2024-06", "added": "2025-12-04"}, HOME, sittings) == date(2025, 12, 4)
