"""The demo city, loaded through the same doors as everything else, deed by deed, in the order in which it came about."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date, datetime

from django.db import transaction

from senne.core import records
from senne.core.actors import SYSTEM
from senne.demo.actions import entries, plan_actions
from senne.demo.around import plan_documents, plan_messages
from senne.demo.calendar import Calendar
from senne.demo.city import City
from senne.demo.content import table
from senne.demo.editorial import plan_editorial
from senne.demo.history import plan_history
from senne.demo.indicators import plan_indicators
from senne.demo.people import FOUNDED, plan_people
from senne.demo.rounds import plan_rounds
from senne.demo.structure import plan_structure
from senne.demo.talk import plan_talk
from senne.plan.api import Characteristic, Tag

CHARACTERISTICS = (
    ("mitigation", "Atténuation", "Mitigatie", "Mitigation"),
    ("adaptation", "Adaptation", "Adaptatie", "Adaptation"),
    ("citizen", "Dimension citoyenne", "Burgerdimensie", "Citizen dimension"),
)


def _words(city: City) -> None:
    """The plan's own legend, and the tags."""
    for order, (code, *name) in enumerate(CHARACTERISTICS):
        values = {"code": code, "name": city.calendar.text(name), "order": order}
        city.characteristics[code] = records.create(Characteristic, values, actor=SYSTEM)
    for slug, *name in table("tags")["rows"]:
        city.tags[slug] = records.create(Tag, {"slug": slug, "name": city.calendar.text(name)}, actor=SYSTEM)


def build(today: date) -> City:
    """The city of that day, with everything that is to be done for it to stand."""
    city = City(Calendar(today))
    plan_people(city)
    city.at(city.calendar.moment(city.calendar.day(FOUNDED), "words").replace(hour=18), lambda: _words(city))
    plan_structure(city)
    found = entries(city)
    plan_actions(city, found)
    plan_history(city, found)
    plan_indicators(city, found)
    plan_documents(city)
    plan_messages(city)
    plan_rounds(city)
    plan_talk(city)
    plan_editorial(city)
    return city


@transaction.atomic
def load_demo(today: date, now: datetime | None = None) -> dict[str, int]:
    """Load the city as it stands on `today` and say how much of everything there is. No deed is later than `now`.

    One transaction: a city that is half there helps nobody.
    """
    city = build(today)
    with ExitStack() as stack:
        stack.enter_context(records.in_one_go())
        for deed in sorted(city.deeds):
            with records.happened(min(deed.moment, now) if now else deed.moment):
                deed.act()
    return {"organisations": len(city.units), "people": len(city.people), "plans": len(city.plans),
            "objectives": len(city.objectives), "actions": len(city.actions), "indicators": len(city.indicators)}  # fmt: skip
