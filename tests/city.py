"""A small city for tests: a department, two bodies, one plan, people in every role. Made through the real doors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from senne.core import organisations, people
from senne.core.actors import SYSTEM, actor_of_person
from senne.core.models import Organisation, Person, User
from senne.core.periods import Period
from senne.core.policy import Actor, Role
from senne.core.security import SECOND_FACTOR
from senne.core.text import Text
from senne.indicators import api as indicators
from senne.indicators.api import Indicator
from senne.plan.api import Action, ActionContact, Axis, Objective, Plan, Step, Theme, do

TODAY = date(2026, 11, 24)
PASSWORD = "a long enough password"


def words(text: str) -> Text:
    return Text(fr=text, nl=f"{text} (nl)", en=f"{text} (en)")


@dataclass
class City:
    """What was made, by name."""

    units: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    plan: Plan = None  # type: ignore[assignment]
    body_plan: Plan = None  # type: ignore[assignment]
    objective: Objective = None  # type: ignore[assignment]
    actions: dict[str, Action] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        return actor_of_person(self.people[name], TODAY)

    def login(self, name: str, client: Any, second_factor: bool = False) -> Person:
        """Give the person an account (once) and log the client in; with a second factor shown, as the coordination must."""
        person = self.people[name]
        if person.user is None:
            user = User.objects.create_user(f"{name}@example.org", PASSWORD)
            people.change_person(person, {"user": user}, actor=SYSTEM)
        user = User.objects.get(person=person)
        client.force_login(user)
        if second_factor:
            if not Authenticator.objects.filter(user=user).exists():
                TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
            session = client.session
            session[SECOND_FACTOR] = user.pk
            session.save()
        return person


ROLES = {
    "coordination": (Role.COORDINATION, "city"),
    "head": (Role.HEAD, "roads"),
    "other_head": (Role.HEAD, "parks"),
    "owner": (Role.OWNER, "roads"),
    "contributor": (Role.CONTRIBUTOR, "roads"),
    "specialist": (Role.SPECIALIST, "city"),
    "body_manager": (Role.BODY_MANAGER, "welfare"),
    "other_body_manager": (Role.BODY_MANAGER, "housing"),
    "body_owner": (Role.OWNER, "welfare"),
    "reader": (Role.READER, "city"),
}


def build_city() -> City:
    """The city, with one public and one internal action in roads and in welfare."""
    city = City()
    for code, kind, parent in (
        ("city", "city", None),
        ("roads", "department", "city"),
        ("roads-north", "service", "roads"),
        ("parks", "department", "city"),
        ("welfare", "body", "city"),
        ("welfare-kitchens", "service", "welfare"),
        ("housing", "body", "city"),
    ):
        values = {"code": code, "kind": kind, "parent": city.units.get(parent or ""), "name": words(code.title())}
        city.units[code] = organisations.add_organisation(values, actor=SYSTEM)
    for name, (role, unit) in ROLES.items():
        person = people.add_person({"name": name.title(), "organisation": city.units[unit]}, actor=SYSTEM)
        register = "carbon" if role is Role.SPECIALIST else ""
        people.give_role(person, role, city.units[unit], actor=SYSTEM, since=date(2024, 1, 1), register=register)
        city.people[name] = person
    city.plan = make_plan(city, "CLIMATE", "city", main=True)
    city.body_plan = make_plan(city, "WELFARE", "welfare")
    city.objective = Objective.objects.get(plan=city.plan)
    for name, plan, lead, visibility in (
        ("roads_public", city.plan, "roads", "public"),
        ("roads_internal", city.plan, "roads", "internal"),
        ("welfare_public", city.body_plan, "welfare", "public"),
        ("welfare_internal", city.body_plan, "welfare", "internal"),
    ):
        city.actions[name] = make_action(city, name, plan, lead, visibility)
    return city


def make_plan(city: City, code: str, unit: str, main: bool = False) -> Plan:
    values = {"code": code, "name": words(f"Plan {code}"), "organisation": city.units[unit], "visibility": "public"}
    plan = do.create_plan({**values, "is_main": main}, actor=SYSTEM)
    theme = do.create_part(Theme, {"plan": plan, "code": "T1", "name": words("Thème")}, actor=SYSTEM)
    axis = do.create_part(Axis, {"plan": plan, "theme": theme, "code": "A1", "name": words("Axe")}, actor=SYSTEM)
    objective = {"plan": plan, "axis": axis, "code": "O1", "statement": words("Objectif"), "lead": city.units[unit]}
    do.create_part(Objective, objective, actor=SYSTEM)
    return plan


def make_action(city: City, name: str, plan: Plan, lead: str, visibility: str) -> Action:
    values = {
        "plan": plan,
        "code": name.replace("_", "-"),
        "title": words(name.replace("_", " ")),
        "description": words("Une description"),
        "objectives": [Objective.objects.get(plan=plan)],
        "lead": city.units[lead],
        "visibility": visibility,
        "internal_notes": "secret note",
        "last_reported_on": TODAY,
    }
    action = do.create_action(values, actor=SYSTEM)
    do.add_child(Step, action, {"title": words("Première étape"), "due_on": date(2027, 1, 1)}, actor=SYSTEM)
    return action


def add_contact(action: Action, person: Person, role: str) -> None:
    ActionContact.objects.create(action=action, person=person, role=role)


def make_indicator(
    city: City, code: str, unit: str = "roads", visibility: str = "public", figures: bool = True, **more: Any
) -> Indicator:
    """A yearly indicator in trees, from 2020 on, with figures of 2020 to 2024 unless it is to have none."""
    values = {
        "code": code,
        "organisation": city.units[unit],
        "name": words(f"Indicateur {code}"),
        "definition": words("Ce qui est mesuré"),
        "method": words("Comptage sur place"),
        "source": words("Inventaire des arbres"),
        "unit": words("arbres"),
        "first_period": "2020",
        "visibility": visibility,
        **more,
    }
    made = indicators.do.create_indicator(values, actor=SYSTEM)
    given = ((2020, 100), (2021, 120), (2022, 150), (2023, 160), (2024, 190)) if figures else ()
    for year, value in given:
        figure = indicators.Figure(made, Period(year), Decimal(value))
        indicators.do.say_figure(figure, actor=SYSTEM, today=date(year + 1, 2, 1))
    return made
