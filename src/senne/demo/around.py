"""Documents of the demo city's actions; messages of its citizens, and what became of them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from senne.core import answers, feedback, records, retention
from senne.core.actors import SYSTEM
from senne.core.models import Feedback
from senne.core.policy import VISITOR
from senne.demo.calendar import working_day
from senne.demo.city import City
from senne.demo.content import Row, table
from senne.demo.history import teller
from senne.plan.api import do

PLAN = "CLIMAT"


def plan_documents(city: City) -> None:
    """Small files as departments keep them, put on their actions by the owners."""
    for row in table("documents")["document"]:
        day = working_day(city.calendar.day(row["on"]))
        city.at(city.calendar.moment(day, row["name"]), partial(_document, city, row, day))


def _document(city: City, row: Row, day: date) -> None:
    key = f"{PLAN}:{row['action']}"
    do.add_document(
        city.actions[key],
        city.calendar.text(row["text"])["fr"].encode(),
        row["name"],
        label=city.calendar.text(row["label"]),
        public=row.get("public", True),
        actor=teller(city, key, "owner", day),
    )


# ---- Messages -----------------------------------------------------------------------------------------------------


def plan_messages(city: City) -> None:
    """What citizens wrote in the last weeks, and what the coordination did with it."""
    for row in table("feedback")["message"]:
        kept: dict[str, Feedback] = {}
        _on(city, row["days_ago"], row["message"], partial(_message, city, row, kept))
        for days_ago, state, *answer in row.get("handled", ()):
            _on(city, days_ago, state + row["message"], partial(_handle, city, kept, state, *answer, days_ago=days_ago))
            if state == Feedback.State.ANSWERED and "question" in row:
                _on(city, days_ago, state + row["message"], partial(_publish, city, row, kept, days_ago))
            if state in feedback.CLOSED and days_ago:
                _on(city, days_ago - 1, "", partial(_erase, city, days_ago - 1))


def _on(city: City, days_ago: int, seed: str, act: Any) -> None:
    moment = city.calendar.moment(city.calendar.today - timedelta(days=days_ago), seed)
    city.at(moment if seed else moment.replace(hour=2, minute=30), act, by_now=True)


def _message(city: City, row: Row, kept: dict[str, Feedback]) -> None:
    values: dict[str, Any] = {name: row.get(name, "") for name in ("language", "name", "email", "message")}
    values |= {"organisation": city.units["ville"], "may_publish": row.get("may_publish", False)}
    if code := row.get("action"):
        action = city.actions[f"{PLAN}:{code}"]
        path = f"/{row['language']}/plans/{PLAN}/actions/{code}/"
        values |= {"kind": "plan.action", "record_id": action.pk, "record_label": action.title, "record_path": path}
        values["organisation"] = action.lead
    kept["message"] = records.create(Feedback, values, actor=VISITOR)


def _handle(city: City, kept: dict[str, Feedback], state: str, answer: str = "", *, days_ago: int) -> None:
    day = city.calendar.today - timedelta(days=days_ago)
    feedback.answer_feedback(kept["message"], {"state": state, "answer": answer}, actor=city.coordination(), today=day)


def _publish(city: City, row: Row, kept: dict[str, Feedback], days_ago: int) -> None:
    words = {"question": city.calendar.text(row["question"]), "answer": city.calendar.text(row["reply"])}
    day = city.calendar.today - timedelta(days=days_ago)
    answers.publish_answer(kept["message"], words, actor=city.coordination(), today=day)


def _erase(city: City, days_ago: int) -> None:
    """What the worker does every night: personal data of messages closed before that day is gone."""
    retention.erase_feedback(city.calendar.today - timedelta(days=days_ago), actor=SYSTEM)
