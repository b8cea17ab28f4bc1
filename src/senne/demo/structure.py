"""The demo city's plans with their themes, axes and objectives, and how the plans are tied together."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from itertools import count
from typing import Any

from senne.demo.calendar import Calendar
from senne.demo.city import City
from senne.demo.content import Row, ThemeFile, table, themes
from senne.demo.reading_in import read_in
from senne.plan.api import Axis, Objective, Theme, do

AFTERWARDS = timedelta(minutes=5)


def plan_calendar(row: Row, calendar: Calendar) -> Calendar:
    """The plans of others do not move with the city's years: their dates are facts."""
    return Calendar(date(2026, 6, 1)) if row.get("fixed") else calendar


def entered_on(code: str, calendar: Calendar) -> date:
    """The day on which a plan came into the city's records: its adoption, or the day given."""
    row = next(row for row in table("plans")["plan"] if row["code"] == code)
    if "entered_on" in row:
        return calendar.day(row["entered_on"])
    return plan_calendar(row, calendar).day(row["adopted_on"])


def plan_structure(city: City) -> None:
    """Each plan on the day on which it was adopted or entered; its ties once the other plan is there."""
    files = list(themes())
    for row in table("plans")["plan"]:
        moment = city.calendar.moment(entered_on(row["code"], city.calendar), row["code"])
        moment = moment.replace(hour=8, minute=15)
        city.at(moment, partial(_plan, city, row))
        parts = partial(_parts, city, [file for file in files if file.plan == row["code"]])
        city.at(moment + AFTERWARDS, partial(read_in, city, row["code"]) if row.get("document") else parts)
    for file in files:
        for objective in file.objectives:
            for other in objective.get("answers", ()):
                _tie(city, f"{file.plan}:{objective['code']}", other)


def _plan(city: City, row: Row) -> None:
    cal = plan_calendar(row, city.calendar)
    values: dict[str, Any] = {
        "code": row["code"],
        "name": cal.text(row["name"]),
        "description": cal.text(row["description"]),
        "kind": row["kind"],
        "is_main": row.get("main", False),
        "visibility": "public",
        "organisation": city.units[row["organisation"]],
        "adopted_on": cal.day(row["adopted_on"]) if "adopted_on" in row else None,
        "start_year": cal.year(row["years"][0]),
        "end_year": cal.horizon(row["years"][1]),
    }
    city.plans[row["code"]] = do.create_plan(values, actor=city.coordination(row["code"]))


def _parts(city: City, files: list[ThemeFile]) -> None:
    axes: dict[str, Axis] = {}
    orders = count(1)
    for order, file in enumerate(files, 1):
        plan, actor = city.plans[file.plan], city.coordination(file.plan)
        cal = city.calendar
        values: dict[str, Any] = {"plan": plan, "code": file.code, "order": order}
        values |= {"name": cal.text(file.name), "description": cal.text(file.vision)}
        theme = do.create_part(Theme, values, actor=actor)
        for row in file.objectives:
            if row["axis"] not in axes:
                values = {"plan": plan, "theme": theme, "code": row["axis"], "name": cal.text(row["axis_name"])}
                axes[row["axis"]] = do.create_part(Axis, {**values, "order": next(orders)}, actor=actor)
            values = _objective(city, row) | {"plan": plan, "axis": axes[row["axis"]], "order": next(orders)}
            city.objectives[f"{file.plan}:{row['code']}"] = do.create_part(Objective, values, actor=actor)


def _objective(city: City, row: Row) -> dict[str, Any]:
    cal = city.calendar
    values: dict[str, Any] = {
        "code": row["code"],
        "statement": cal.text(row["text"]),
        "description": cal.text(row.get("description", "")),
        "horizon": cal.horizon(row.get("horizon")),
        "lead": city.units[row["lead"]] if "lead" in row else None,
        "owner": city.named(row.get("owner", "")),
        "weight": row.get("weight", 1),
    }
    if "target" in row:
        quantity, unit, base, base_year, goal, goal_year = row["target"]
        values |= {"target_quantity": cal.text(quantity), "target_unit": unit, "target_value": goal}
        values |= {"target_year": cal.horizon(goal_year), "baseline_value": base, "baseline_year": base_year}
    return values


def _tie(city: City, own: str, other: str) -> None:
    """Made by the coordination of the plan that answers, a few weeks after both plans are there."""
    cal = city.calendar
    day = max(entered_on(code.split(":")[0], cal) for code in (own, other)) + timedelta(days=28)
    actor = partial(city.coordination, own.split(":")[0])
    city.at(
        cal.moment(day, own + other),
        lambda: do.tie_objectives(city.objectives[own], city.objectives[other], actor=actor()),
    )
