"""The year of the demo city's plan: a review published and frozen, an amendment adopted since, a round that is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any

from senne.core import records
from senne.core.text import Text
from senne.demo.calendar import Calendar, pick, working_day
from senne.demo.city import City
from senne.demo.content import Row, table
from senne.demo.history import teller
from senne.plan.api import Amendment, Contribution, Round, do

PLAN = "CLIMAT"
RECENT = timedelta(days=45)
NIGHT = 22


def plan_rounds(city: City) -> None:
    """Both rounds and both amendments, each deed on its day."""
    content, cal = table("rounds"), city.calendar
    _plan_published(city, content, content["published"])
    _plan_open(city, content, content["open"])
    _plan_adopted(city, content["amendment"])
    draft = content["draft"]
    day = working_day(cal.today - timedelta(days=draft["days_ago"] + 2))
    city.at(cal.moment(day, "draft"), partial(_prepare, city, draft, {}))


def _plan_published(city: City, content: Row, row: Row) -> None:
    cal = city.calendar
    kept: dict[str, Round] = {}
    day = {name: cal.day(row[name]) for name in ("opened", "report_by", "validate_by", "published")}
    period = [cal.day(written) for written in row["period"]]
    values = partial(_values, city, content, row, period, day["report_by"], day["validate_by"])
    if day["published"] >= cal.today:
        return
    city.at(cal.moment(day["opened"], "review").replace(hour=NIGHT), partial(_open, city, kept, values, day["opened"]))
    told = day["report_by"] - timedelta(days=3)
    city.at(cal.moment(told, "reports").replace(hour=NIGHT), partial(_contribute, city, kept, content, told, every=1))
    city.at(
        cal.moment(day["validate_by"], "heads").replace(hour=NIGHT), partial(_judge, city, kept, day["validate_by"])
    )
    city.at(cal.moment(day["published"], "college"), partial(_publish, city, kept, day["published"]))


def _plan_open(city: City, content: Row, row: Row) -> None:
    cal = city.calendar
    kept: dict[str, Round] = {}
    opened = cal.today - timedelta(days=row["opened_days_ago"])
    period = [cal.today - timedelta(days=30 * row["months"]), cal.today]
    deadlines = [working_day(cal.today + timedelta(days=row[name])) for name in ("report_in", "validate_in")]
    values = partial(_values, city, content, row, period, *deadlines)
    city.at(cal.moment(opened, "interim").replace(hour=NIGHT), partial(_open, city, kept, values, opened))
    told, read = (cal.today - timedelta(days=days) for days in (3, 2))
    city.at(cal.moment(told, "owners").replace(hour=NIGHT), partial(_contribute, city, kept, content, told, every=2))
    sent_back = content["answers"]["sent_back"]
    city.at(
        cal.moment(read, "heads").replace(hour=NIGHT), partial(_judge, city, kept, read, every=2, because=sent_back)
    )


def _values(city: City, content: Row, row: Row, period: list[date], report_by: date, validate_by: date) -> Row:
    cal = city.calendar
    return {
        "organisation": city.units["ville"],
        "plans": [city.plans[PLAN]],
        "name": cal.text(row["name"]),
        "instructions": cal.text(row["instructions"]),
        "period_start": period[0],
        "period_end": period[1],
        "report_by": report_by,
        "validate_by": validate_by,
        "questions": {kind: [_question(cal, q) for q in asked] for kind, asked in content["questions"].items()},
    }


def _question(cal: Calendar, row: Row) -> Row:
    asked = {**row, "label": cal.text(row["label"])}
    return asked | {"choices": [cal.text(choice) for choice in row["choices"]]} if "choices" in row else asked


# ---- The deeds ----------------------------------------------------------------------------------------------------


def _open(city: City, kept: dict[str, Round], values: Callable[[], Row], day: date) -> None:
    kept["round"] = do.prepare_round(values(), actor=city.coordination())
    do.open_round(kept["round"], actor=city.coordination(), today=day)


def _asked(round_: Round, states: Iterable[str]) -> list[Contribution]:
    found = Contribution.objects.filter(round=round_, state__in=states, action__isnull=False)
    return list(found.select_related("round", "action__lead", "action__plan", "organisation").order_by("pk"))


def _contribute(city: City, kept: dict[str, Round], content: Row, day: date, *, every: int) -> None:
    """Those whose action moved lately say so in the round (of these, one out of `every`)."""
    texts = content["answers"]["decision"]
    for contribution in _asked(kept["round"], ["not_begun"]):
        action = contribution.action
        assert action is not None
        lately = action.last_reported_on is not None and action.last_reported_on >= day - RECENT
        if not lately or pick(f"tells {action.code}", every):
            continue
        answers = {"decision": texts[pick(action.code, len(texts))], "risk": str(pick(f"risk {action.code}", 3))}
        actor = teller(city, f"{PLAN}:{action.code}", "owner", day)
        do.contribute(contribution, {}, answers, actor=actor, today=day)


def _judge(city: City, kept: dict[str, Round], day: date, *, every: int = 1, because: str = "") -> None:
    """Heads validate (one out of `every`); the first that is left is sent back with a reason, where one is given."""
    for contribution in _asked(kept["round"], ["reported"]):
        assert contribution.action is not None
        actor = teller(city, f"{PLAN}:{contribution.action.code}", "head", day)
        if not pick(contribution.action.code[::-1], every):
            do.validate(contribution, actor=actor)
        elif because:
            do.send_back(contribution, because, actor=actor)
            because = ""


def _publish(city: City, kept: dict[str, Round], day: date) -> None:
    do.publish_round(kept["round"], actor=city.coordination(), today=day, incomplete=True)


# ---- Amendments ---------------------------------------------------------------------------------------------------


def _plan_adopted(city: City, row: Row) -> None:
    cal = city.calendar
    kept: dict[str, Amendment] = {}
    if cal.day(row["adopted"]) >= cal.today:
        return
    for name, deed in (
        ("prepared", partial(_prepare, city, row, kept, submit=True)),
        ("reviewed", partial(_review, city, kept)),
    ):
        city.at(cal.moment(cal.day(row[name]), name), deed)
    adopted = cal.day(row["adopted"])
    city.at(
        cal.moment(adopted, "adopted"), lambda: do.adopt(kept["amendment"], actor=city.coordination(), today=adopted)
    )


def _prepare(city: City, row: Row, kept: dict[str, Amendment], submit: bool = False) -> None:
    cal, actor = city.calendar, city.coordination()
    values: dict[str, Any] = {
        "plan": city.plans[PLAN],
        "name": cal.text(row["name"]),
        "reason": cal.text(row["reason"]),
    }
    if "decision" in row:
        values |= {"decision": cal.text(row["decision"])["fr"], "decided_on": cal.day(row["decided_on"])}
    amendment = kept["amendment"] = do.prepare_amendment(values, actor=actor)
    for change in row["changes"]:
        texts: dict[str, Text] = {name: cal.text(text) for name, text in change["values"].items()}
        do.add_change(amendment, change["kind"], change["record"], change["code"], texts, actor=actor)
    if submit:
        do.submit_amendment(amendment, actor=actor)


def _review(city: City, kept: dict[str, Amendment]) -> None:
    second = city.actor(city.people["climat.coord2"], records.now().date())
    do.review_amendment(kept["amendment"], True, "", actor=second)
