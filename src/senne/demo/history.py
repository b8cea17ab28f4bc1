"""What became of the demo city's actions since they were added: reports, ends put off, judgements, fates, accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from senne.core import records
from senne.core.policy import Actor
from senne.demo.actions import Entry, budget_line
from senne.demo.calendar import working_day
from senne.demo.city import City
from senne.demo.content import trails
from senne.demo.timeline import Report
from senne.plan.api import BudgetLine, do, words


def plan_history(city: City, found: list[Entry]) -> None:
    """Everything that happened to the actions, each deed by whoever did it."""
    cal = city.calendar
    for entry in found:
        for report in entry.course.reports:
            city.at(cal.moment(report.day, entry.key), partial(_report, city, entry, report))
        trail = trails().get(entry.row["id"], {})
        for line in trail.get("moved", ()):
            day = working_day(cal.day(line[0]))
            city.at(cal.moment(day, entry.key), partial(_put_off, city, entry, line))
        for line in trail.get("judged", ()):
            day = working_day(cal.day(line[0]))
            city.at(cal.moment(day, f"judged {entry.key}"), partial(_judge, city, entry, line))
        _plan_fate(city, entry)
        for kind in ("precedes", "blocks", "related"):
            for other in entry.row.get(kind, ()):
                _plan_relation(city, entry, kind, next(e for e in found if e.key == f"{entry.plan}:{other}"))
    _plan_accounts(city, found)


def teller(city: City, key: str, by: str, day: date) -> Actor:
    """Who speaks of an action: its owner of that day, its head, a contributor of it, or the coordination."""
    if by == "coordination":
        return city.coordination(key.split(":")[0])
    role = {"head": "approver"}.get(by, by)
    if (key, role) not in city.contacts:
        contact = city.actions[key].contacts.filter(role=role).order_by("id").first()
        assert contact is not None, f"{key} has no {role}"
        city.contacts[key, role] = next(p for p in city.people.values() if p.pk == contact.person_id)
    return city.actor(city.contacts[key, role], day)


def _report(city: City, entry: Entry, report: Report) -> None:
    """The report itself, then the steps that were done, each on its own day."""
    action = city.at_hand(entry.key)
    actor = teller(city, entry.key, report.by, report.day)
    do.report(action, report.values, actor=actor, today=report.day)
    if not report.steps:
        return
    for step in city.at_hand(entry.key).steps.all():
        if step.order in report.steps:
            do.tick_step(step, report.steps[step.order], actor=actor)


def _put_off(city: City, entry: Entry, line: Sequence[str]) -> None:
    """[day, new end, why]"""
    cal = city.calendar
    end = cal.partial(line[1])
    values = {"end_on": end.day, "end_precision": end.precision.value}
    actor = teller(city, entry.key, "owner", cal.day(line[0]))
    do.change_action(city.actions[entry.key], values, actor=actor, reason=line[2])


def _judge(city: City, entry: Entry, line: Sequence[str]) -> None:
    """[day, health, until, why in three languages], by the head."""
    cal = city.calendar
    day = cal.day(line[0])
    actor = teller(city, entry.key, "head", day)
    reason = cal.text(list(line[3:6]))
    do.override_health(city.actions[entry.key], line[1], cal.day(line[2]), reason, actor=actor, today=day)


def _plan_fate(city: City, entry: Entry) -> None:
    """[day, the action that goes on, why]"""
    for name, deed in (("merged", do.merge_action), ("superseded", do.supersede_action)):
        if name in entry.row:
            day, other, reason = entry.row[name]
            moment = city.calendar.moment(working_day(city.calendar.day(day)), entry.key)
            city.at(moment, partial(_close, city, deed, entry, f"{entry.plan}:{other}", reason))


def _close(city: City, deed: Any, entry: Entry, other: str, reason: str) -> None:
    deed(city.actions[entry.key], city.actions[other], actor=city.coordination(entry.plan), reason=reason)


def _plan_relation(city: City, entry: Entry, kind: str, other: Entry) -> None:
    day = working_day(max(entry.added, other.added) + timedelta(days=1))
    city.at(city.calendar.moment(day, f"{entry.key} {kind} {other.key}"), partial(_relate, city, entry, kind, other))


def _relate(city: City, entry: Entry, kind: str, other: Entry) -> None:
    actions = city.actions[entry.key], city.actions[other.key]
    do.relate(*actions, words.RelationKind(kind), actor=city.coordination(entry.plan))


def _plan_accounts(city: City, found: list[Entry]) -> None:
    """What was spent in a year is entered in bulk when its accounts are closed, in the following February."""
    by_year: dict[int, list[tuple[Entry, Sequence[Any]]]] = defaultdict(list)
    for entry in found:
        for line in entry.row.get("budget", ()):
            if line[1] == "actual":
                by_year[line[2]].append((entry, line))
    cal = city.calendar
    for year, lines in sorted(by_year.items()):
        closing = working_day(cal.day(f"{year + 1}-02-18"))
        day = max(closing, *(working_day(entry.added + timedelta(days=1)) for entry, _line in lines))
        city.at(cal.moment(day, f"accounts {year}"), partial(_enter_accounts, city, lines))


def _enter_accounts(city: City, lines: list[tuple[Entry, Sequence[Any]]]) -> None:
    made: list[BudgetLine] = [budget_line(city, city.actions[entry.key], line) for entry, line in lines]
    actor = city.actor(city.people["climat.coord2"], city.calendar.today)
    records.bulk_create(made, actor=actor, roots={place: line.action for place, line in enumerate(made)})
