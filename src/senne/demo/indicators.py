"""What the demo city measures: indicators, their figures as they were given, a correction, a change of method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from senne.core.periods import Frequency, Period, parse_period
from senne.core.policy import Actor
from senne.core.text import Text
from senne.demo.actions import Entry
from senne.demo.calendar import Calendar, pick, working_day
from senne.demo.city import City
from senne.demo.content import Row, table
from senne.demo.structure import entered_on
from senne.indicators.api import Figure, Indicator, do
from senne.plan.api import do as plan_do

# The indicators were drawn up some weeks after the plan; figures of years before are brought in then.
AFTER_THE_PLAN = timedelta(days=45)


def plan_indicators(city: City, actions: Sequence[Entry]) -> None:
    """Each indicator on its day, its figures when they were given, what it measures a day later."""
    cal = city.calendar
    added = {entry.key: entry.added for entry in actions}
    for order, row in enumerate(table("indicators")["indicator"], 1):
        day = working_day(entered_on("CLIMAT", cal) + AFTER_THE_PLAN)
        moment = cal.moment(day, row["code"])
        city.at(moment, partial(_make, city, row, order))
        for place, figure in enumerate(row["figures"]):
            given = max(day, _given_on(row, figure, cal))
            at = moment + timedelta(minutes=place + 1) if given == day else cal.moment(given, f"{row['code']} {place}")
            city.at(at, partial(_say, city, row, figure, given))
        for line in row.get("corrected", ()):
            corrected = working_day(cal.day(line[2]))
            city.at(cal.moment(corrected, f"corrected {row['code']}"), partial(_correct, city, row, line, corrected))
        if "new_method" in row:
            changed = working_day(cal.day(row["new_method"][0]))
            city.at(cal.moment(changed, f"method {row['code']}"), partial(_change_method, city, row, changed))
        _plan_ties(city, row, day, added)


def _period(written: str, calendar: Calendar) -> Period:
    """The period, moved with the calendar as all that the city did."""
    found = parse_period(written)
    return Period(calendar.year(found.year), found.number, found.frequency)


def _given_on(row: Row, figure: list[Any], calendar: Calendar) -> date:
    """The day given, or a working day some weeks after the period."""
    more = figure[2] if len(figure) > 2 else {}
    if "given" in more:
        return working_day(calendar.day(more["given"]))
    period = _period(figure[0], calendar)
    wait = 35 + pick(row["code"], 20) if period.frequency is Frequency.YEAR else 12 + pick(figure[0], 10)
    return working_day(period.last_day + timedelta(days=wait))


def _make(city: City, row: Row, order: int) -> None:
    cal = city.calendar
    low, high = row.get("bounds", (None, None))
    base_period, base_value = row.get("baseline", ("", None))
    values: dict[str, Any] = {
        "code": row["code"],
        "order": order,
        "organisation": city.units[row["organisation"]],
        "keeper": city.named(row["keeper"]),
        **{name: cal.text(row[name]) for name in ("name", "unit", "definition", "method", "source")},
        "kind": row["kind"],
        "wanted": row.get("wanted", ""),
        "frequency": row.get("frequency", "year"),
        "due_after": row.get("due_after", 90),
        "decimals": row.get("decimals", 0),
        "visibility": row.get("visibility", "public"),
        "first_period": str(_period(row["first"], cal)),
        "baseline_period": base_period,
        "baseline_value": base_value and Decimal(base_value),
        "lowest": low and Decimal(low),
        "highest": high and Decimal(high),
    }
    made = do.create_indicator(values, actor=_coordination(city, row))
    city.indicators[row["code"]] = made
    for year, value, note in row.get("targets", ()):
        period = parse_period(year) if isinstance(year, str) else Period(cal.horizon(year) or year)
        do.set_target(made, period, Decimal(value), actor=_coordination(city, row), note=cal.text(note))


def _coordination(city: City, row: Row) -> Actor:
    return city.coordination("CPAS" if row["organisation"] == "cpas" else "CLIMAT")


def _figure(city: City, row: Row, written: str, value: str, more: dict[str, Any]) -> Figure:
    return Figure(
        Indicator.objects.select_related("organisation").get(pk=city.indicators[row["code"]].pk),
        _period(written, city.calendar),
        Decimal(value),
        Decimal(more["plusminus"]) if "plusminus" in more else None,
        more.get("provisional", False),
        city.calendar.text(more["note"]) if "note" in more else Text(),
    )


def _say(city: City, row: Row, figure: list[Any], day: date) -> None:
    more = figure[2] if len(figure) > 2 else {}
    actor = city.actor(city.named(row["keeper"]), day)
    do.say_figure(_figure(city, row, figure[0], figure[1], more), actor=actor, today=day)


def _correct(city: City, row: Row, line: list[str], day: date) -> None:
    actor = city.actor(city.named(row["keeper"]), day)
    do.say_figure(_figure(city, row, line[0], line[1], {}), actor=actor, today=day, reason=line[3])


def _change_method(city: City, row: Row, day: date) -> None:
    _day, method, why = row["new_method"]
    indicator = Indicator.objects.select_related("organisation").get(pk=city.indicators[row["code"]].pk)
    values = {"method": city.calendar.text(method)}
    do.change_indicator(indicator, values, actor=_coordination(city, row), reason=why, new_method=True, today=day)


def _plan_ties(city: City, row: Row, day: date, added: Mapping[str, date]) -> None:
    """What it measures, once both are there: by the coordination of the plan."""
    cal = city.calendar
    for kind in ("objectives", "actions"):
        for key in row.get(kind, ()):
            later = working_day(max(day, added.get(key, day)) + timedelta(days=1))
            moment = cal.moment(later, f"{row['code']} {key}")
            city.at(moment, partial(_tie, city, row, kind, key))


def _tie(city: City, row: Row, kind: str, key: str) -> None:
    record = city.objectives[key] if kind == "objectives" else city.at_hand(key)
    actor = city.coordination(key.split(":")[0])
    plan_do.tie_indicator(record, city.indicators[row["code"]], actor=actor)
