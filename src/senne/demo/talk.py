"""What colleagues of the demo city say to each other about actions, and ask of each other."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from senne.core.policy import Actor
from senne.core.talk import asking, saying
from senne.core.talk.models import Comment, Request
from senne.demo.city import City
from senne.demo.content import Row, table


def plan_talk(city: City) -> None:
    """Threads of comments, and requests: one waits for its answer."""
    for thread in table("talk")["thread"]:
        said: list[Comment] = []
        for place, (days_ago, who, text) in enumerate(thread["comment"]):
            _on(city, days_ago, place, partial(_say, city, thread, said, who, text, days_ago))
        for days_ago, who, which in thread.get("settled", ()):
            _on(city, days_ago, len(thread["comment"]), partial(_settle, city, said, who, which, days_ago))
    for row in table("talk")["request"]:
        made: list[Request] = []
        _on(city, row["days_ago"], 0, partial(_ask, city, row, made))
        if "answered" in row:
            _on(city, row["answered"][0], 1, partial(_answer, city, row, made))


def _on(city: City, days_ago: int, place: int, act: partial[None]) -> None:
    """On the last working day by then; what was said later in a thread is told at a later hour."""
    moment = city.calendar.moment(_day(city, days_ago), str(act.args[1:2])).replace(hour=9 + place)
    city.at(moment, act)


def _day(city: City, days_ago: int) -> date:
    day = city.calendar.today - timedelta(days=days_ago)
    return day - timedelta(days=max(0, day.weekday() - 4))


def _who(city: City, key: str, days_ago: int) -> Actor:
    return city.actor(city.people[key], _day(city, days_ago))


def _key(row: Row) -> str:
    return f"{row.get('plan', 'CLIMAT')}:{row['action']}"


def _say(city: City, thread: Row, said: list[Comment], who: str, text: str, days_ago: int) -> None:
    actor, today = _who(city, who, days_ago), _day(city, days_ago)
    said.append(saying.say(city.at_hand(_key(thread)), text, actor=actor, today=today).comment)


def _settle(city: City, said: list[Comment], who: str, which: int, days_ago: int) -> None:
    saying.settle(said[which], True, actor=_who(city, who, days_ago))


def _ask(city: City, row: Row, made: list[Request]) -> None:
    today = _day(city, row["days_ago"])
    due = city.calendar.today + timedelta(days=row["due_in"] - (row["days_ago"] if "answered" in row else 0))
    actor, asked = _who(city, row["by"], row["days_ago"]), city.people[row["asked"]]
    record, sentence = city.at_hand(_key(row)), row["sentence"]
    made.append(asking.ask(record, "answer", asked, due_on=due, sentence=sentence, actor=actor, today=today))


def _answer(city: City, row: Row, made: list[Request]) -> None:
    days_ago, text = row["answered"]
    asking.answer(made[0], text, actor=_who(city, row["asked"], days_ago), today=_day(city, days_ago))
