"""From an action's row and its trail to what its owners reported, day by day. Pure: no Django, no clock.

The row says when the action began, when each step was done and when it was finished; the trail (content/history) says
what was told meanwhile. Both become reports; what fell on the same working day is one report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from senne.demo.calendar import Calendar, working_day

PHASES = ("idea", "study", "decided", "roll_out", "in_use")
Row = Mapping[str, Any]


@dataclass
class Report:
    """What was said on a working day: new values, steps that were done (place → day), who said it."""

    day: date
    values: dict[str, Any] = field(default_factory=dict)
    steps: dict[int, date] = field(default_factory=dict)
    by: str = "owner"


@dataclass(frozen=True)
class Course:
    """How an action stood when it was added, and the reports since, in order."""

    status: str
    phase: str
    steps: dict[int, date]
    reports: list[Report]


def course_of(row: Row, trail: Row, calendar: Calendar, added: date, until: date | None = None) -> Course:
    """The course of an action that was added on `added` and merged or replaced on `until`."""
    days: dict[date, Report] = {}

    def on(day: date) -> Report:
        return days.setdefault(working_day(day), Report(working_day(day)))

    for place, step in enumerate(row.get("steps", ())):
        if len(step) > 4 and step[4]:
            on(calendar.day(step[4])).steps[place] = calendar.day(step[4])
    begun = row.get("started") or row.get("start")
    if begun:
        on(calendar.some_day(begun, row["id"])).values["status"] = "under_way"
    if "finished" in row:
        on(calendar.day(row["finished"])).values["status"] = "done"
    for entry in trail.get("reports", ()):
        _say(on(calendar.day(entry[0])), entry, calendar)
    _grow(row, [days[day] for day in sorted(days)])
    return _course(row, [days[day] for day in sorted(days) if until is None or day < until], added)


def _say(report: Report, entry: Sequence[Any], calendar: Calendar) -> None:
    """[day, French, Dutch, English, {status, phase, reason, by}] as a report."""
    more = dict(entry[4]) if len(entry) > 4 else {}
    report.by = more.pop("by", report.by)
    if "reason" in more:
        report.values["status_reason"] = calendar.text(more.pop("reason"))
    report.values |= more
    report.values["news"] = calendar.text(list(entry[1:4]))


def _grow(row: Row, reports: list[Report]) -> None:
    """Phases ripen: decided at most before the start, a step back at the start, the row's own with the first step done.

    A finished action is in use. What the trail says of phases stands.
    """
    final = PHASES.index(row.get("phase", "idea"))
    begun = next((report.day for report in reports if report.values.get("status") == "under_way"), date.max)
    for place, report in enumerate(reports):
        if report.values.get("status") == "done":
            grown = PHASES.index("in_use")
        elif report.day < begun:
            grown = min(final, PHASES.index("decided"))
        elif any(earlier.steps for earlier in reports[: place + 1]) or not any(r.steps for r in reports[place:]):
            grown = final
        else:
            grown = min(final, max(PHASES.index("study"), final - 1))
        report.values.setdefault("phase", PHASES[grown])


def _course(row: Row, reports: list[Report], added: date) -> Course:
    """What came before the action was added is how it stood then; what repeats itself is left out."""
    before = [report for report in reports if report.day <= added]
    state: dict[str, Any] = {"status": "to_start", "phase": _first_phase(row, reports, added)}
    steps: dict[int, date] = {}
    for report in before:
        state |= report.values
        steps |= report.steps
    told, phase = [], PHASES.index(state["phase"])
    status = state["status"]
    for report in reports[len(before) :]:
        values = dict(report.values)
        grown = PHASES.index(values.pop("phase", PHASES[phase]))
        if grown > phase:
            values["phase"], phase = PHASES[grown], grown
        if values.get("status") == status:
            del values["status"]
        status = values.get("status", status)
        told.append(Report(report.day, values, report.steps, report.by))
    return Course(state["status"], state["phase"], steps, told)


def _first_phase(row: Row, reports: list[Report], added: date) -> str:
    """Two steps back of the row's phase at most; where nothing is to be reported, the phase itself."""
    final = PHASES.index(row.get("phase", "idea"))
    ahead = [report for report in reports if report.day > added]
    return PHASES[final] if not ahead else PHASES[min(2, max(0, final - 2))]


def added_on(row: Row, calendar: Calendar, sittings: Sequence[date]) -> date:
    """The sitting at which the action entered its plan: the last one three weeks before it begins, or the first of all."""
    if "added" in row:
        return calendar.day(row["added"])
    if "start" not in row:
        return sittings[len(sittings) // 2]
    start = calendar.day(row["start"]) - timedelta(days=21)
    return max((day for day in sittings if day <= start), default=sittings[0])
