"""On whatever day the demo city is shown, from June 2026 to the end of 2028, nothing in it contradicts itself.

Pure: what was done by that day follows from the content; no record is needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from senne.demo.actions import Entry, entries
from senne.demo.calendar import Calendar
from senne.demo.city import City
from senne.demo.content import table, themes, trails
from senne.demo.timeline import PHASES
from tests.demo.conftest import EARLY, LATE

# Through the year for which the content is written, then now and again in those to which it moves.
DAYS = [EARLY + timedelta(days=n) for n in (*range(0, 365, 14), *range(379, 940, 73))] + [LATE]
CLOSING = {"suspended", "abandoned"}
NEXT = {
    "to_start": {"under_way", "abandoned"},
    "under_way": {"done", "suspended", "abandoned"},
    "suspended": {"under_way", "abandoned"},
}


@dataclass
class Standing:
    """How an action stands on a day."""

    entry: Entry
    status: str
    phase: str
    steps: dict[int, date]
    reports: list[date] = field(default_factory=list)
    news: int = 0


@cache
def standings(day: date) -> list[Standing]:
    """Every action that has been added by that day, after the reports that had come in."""
    return list(_standings(day))


def _standings(day: date) -> Iterator[Standing]:
    for entry in entries(City(Calendar(day))):
        if entry.added >= day:
            continue
        state = Standing(entry, entry.course.status, entry.course.phase, dict(entry.course.steps))
        for report in entry.course.reports:
            if report.day >= day:
                break
            _take(state, report.values)
            state.steps |= report.steps
            state.reports.append(report.day)
        yield state


def _take(state: Standing, values: dict[str, Any]) -> None:
    where = state.entry.key
    if "status" in values:
        assert values["status"] in NEXT[state.status], (where, state.status, values["status"])
        state.status = values["status"]
        assert state.status not in CLOSING or values.get("status_reason"), where
    if "phase" in values:
        assert PHASES.index(values["phase"]) > PHASES.index(state.phase), where
        state.phase = values["phase"]
    state.news += "news" in values


def _ends(entry: Entry, day: date) -> list[date]:
    """The action's end, and each date to which it had been put off by that day."""
    calendar = Calendar(day)
    if "end" not in entry.row:
        return []
    moved = [line for line in trails().get(entry.row["id"], {}).get("moved", ()) if calendar.day(line[0]) < day]
    return [calendar.partial(entry.row["end"]).last_day, *(calendar.partial(line[1]).last_day for line in moved)]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_nothing_contradicts_itself(day: date) -> None:
    calendar = Calendar(day)
    for state in standings(day):
        row, where = state.entry.row, state.entry.key
        begun = calendar.day(row["start"]) if "start" in row else date.min
        if state.status == "done":
            assert len(state.steps) == len(row.get("steps", ())), where
            assert state.phase == "in_use", where
        if state.status == "to_start":
            assert not state.steps, where
            assert PHASES.index(state.phase) <= PHASES.index("decided"), where
        for place, done in state.steps.items():
            assert begun <= done < day, (where, place)
        ends = _ends(state.entry, day)
        assert ends == sorted(ends), where
        assert not ends or ends[0] >= begun, where
        for step in row.get("steps", ()):
            due = calendar.partial(step[3]) if len(step) > 3 and step[3] else None
            assert due is None or due.last_day >= begun, (where, step[0])
            assert due is None or not ends or due.last_day <= ends[-1], (where, step[0])


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_city_is_alive(day: date) -> None:
    """Reports month after month, and the last of them a few days ago; most actions have something to tell."""
    found = standings(day)
    reports = sorted(moment for state in found for moment in state.reports)
    lately = [moment for moment in reports if moment >= day - timedelta(days=548)]
    assert len(lately) >= 150
    assert len({(moment.year, moment.month) for moment in lately}) >= 18
    assert (day - reports[-1]).days <= 8
    assert sum(bool(state.news) for state in found) >= 60
    statuses = [state.status for state in found]
    assert {"to_start", "under_way", "done", "suspended", "abandoned"} == set(statuses)
    assert statuses.count("under_way") >= 60


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_same_three_objectives_are_not_monitored(day: date) -> None:
    """One has no owner, one no action, one no news within the year; each of the others has all three."""
    news: dict[str, list[date]] = defaultdict(list)
    for state in standings(day):
        if "merged" not in state.entry.row and "superseded" not in state.entry.row and state.status != "abandoned":
            news[f"{state.entry.plan}:{state.entry.objective}"] += state.reports[-1:]
    missing = {}
    for theme in themes():
        for row in theme.objectives if theme.plan == "CLIMAT" else ():
            latest = max(news[f"CLIMAT:{row['code']}"], default=date.min)
            reasons = {
                "owner": "owner" not in row,
                "action": not row.get("action"),
                "news": latest < day - timedelta(365),
            }
            missing[row["code"]] = {reason for reason, lacks in reasons.items() if lacks}
    assert {code: lacks for code, lacks in missing.items() if lacks} == {
        "EC2.2": {"owner"},
        "EM2.2": {"action", "news"},
        "DR1.2": {"news"},
    }


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_what_was_spent_is_of_years_that_are_over(day: date) -> None:
    calendar = Calendar(day)
    for entry in entries(City(calendar)):
        years = [line[2] for line in entry.row.get("budget", ()) if line[1] == "actual"]
        assert all(calendar.year(year) < day.year for year in years), entry.key


def test_those_who_left_said_nothing_afterwards() -> None:
    calendar = Calendar(EARLY)
    left = {row["person"]: calendar.day(row["on"]) for row in table("people")["left"]}
    assert all(calendar.day(table("people")["joined"][row["to"]]) <= left[row["person"]]
               for row in table("people")["left"] if row["to"] in table("people")["joined"])  # fmt: skip
    for entry in entries(City(calendar)):
        keys = {entry.row.get("approver", ""), *entry.row.get("contributors", ())}
        assert not keys & set(left), entry.key
