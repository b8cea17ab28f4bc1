"""What has been made of the demo city so far, by the names that its content uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from senne.core.actors import SYSTEM, actor_of_person
from senne.core.models import Organisation, Person
from senne.core.policy import Actor
from senne.demo.calendar import Calendar
from senne.indicators.api import Indicator
from senne.plan.api import Action, Characteristic, Objective, Plan, Tag


@dataclass(frozen=True, order=True)
class Deed:
    """Something that was done at a moment. Deeds of the same moment keep their order."""

    moment: datetime
    place: int
    act: Callable[[], object] = field(compare=False)


@dataclass
class City:
    """Records by code ('PLAN:CODE' for objectives and actions), and the deeds still to be done."""

    calendar: Calendar
    units: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    characteristics: dict[str, Characteristic] = field(default_factory=dict)
    tags: dict[str, Tag] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    objectives: dict[str, Objective] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    contacts: dict[tuple[str, str], Person] = field(default_factory=dict)
    _actors: dict[tuple[str, bool], Actor] = field(default_factory=dict)

    def at(self, moment: datetime, act: Callable[[], object], by_now: bool = False) -> None:
        """Something to be done at that moment, if its day has passed (or, `by_now`, has come)."""
        if moment.date() < self.calendar.today or (by_now and moment.date() == self.calendar.today):
            self.deeds.append(Deed(moment, len(self.deeds), act))

    def at_hand(self, key: str) -> Action:
        """The action with its plan and lead, which each deed asks for, so that they are not read a thousand times."""
        action = self.actions[key]
        action.plan = self.plans[key.split(":")[0]]
        action.lead = next(unit for unit in self.units.values() if unit.pk == action.lead_id)
        return action

    def person(self, unit: str, part: str) -> Person | None:
        """'owner1' of a unit, else its head, else the same of what it is part of."""
        place: Organisation | None = self.units[unit]
        while place is not None:
            for key in (f"{place.code}.{part}", f"{place.code}.head"):
                if key in self.people:
                    return self.people[key]
            place = place.parent
        return None

    def named(self, key: str) -> Person | None:
        """The person of a key such as 'mobilite.owner1'; None for an empty one."""
        return self.people[key] if key else None

    def coordination(self, plan: str = "CLIMAT") -> Actor:
        """Who looks after that plan: the climate coordination, or the welfare centre for its own."""
        return self.actor(self.people["cpas.head" if plan == "CPAS" else "climat.coord1"], self.calendar.today)

    def actor(self, person: Person | None, day: date) -> Actor:
        """The person with the rights held on that day (they change only when somebody leaves)."""
        if person is None:
            return SYSTEM
        gone = person.left_on is not None and person.left_on < day
        key = (person.name, gone)
        if key not in self._actors:
            self._actors[key] = actor_of_person(person, day)
        return self._actors[key]
