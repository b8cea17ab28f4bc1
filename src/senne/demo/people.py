"""Organisations, people, roles and accounts of the demo city, and who left and was dissolved since."""

from __future__ import annotations

from datetime import date
from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from senne.core import organisations, people, records
from senne.core.actors import SYSTEM
from senne.core.models import Organisation, Person, User
from senne.core.policy import Role
from senne.core.text import Text
from senne.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD, TOTP_SECRET
from senne.demo.city import City
from senne.demo.content import Row, table
from senne.plan.api import do

FOUNDED = "2022-03-01"
BODIES = frozenset({"cpas", "foyer", "numerique", "evenements"})
ACCOUNT_OF = {
    "coordination@senne.example.org": "climat.coord1",
    "head@senne.example.org": "batiments.head",
    "owner@senne.example.org": "batiments.owner1",
    "contributor@senne.example.org": "batiments.contributor1",
    "body@senne.example.org": "cpas.head",
    "specialist@senne.example.org": "specialist.carbon",
    "reader@senne.example.org": "reader.1",
}


def plan_people(city: City) -> None:
    """The house as it was founded, then everybody who came, left or was dissolved since."""
    cal = city.calendar
    data = table("people")
    late = data["joined"]
    founders = [row for row in data["rows"] if row[0] not in late]
    city.at(cal.moment(cal.day(FOUNDED), "founded"), partial(_found, city, founders))
    for row in data["rows"]:
        if row[0] in late:
            day = cal.day(late[row[0]])
            city.at(cal.moment(day, row[0]).replace(hour=8), partial(_add, city, row, day))
    for row in data["left"]:
        day = cal.day(row["on"])
        city.at(cal.moment(day, row["person"]).replace(hour=17), partial(_leave, city, row, day))
    for row in table("organisations")["dissolved"]:
        day = cal.day(row["on"])
        city.at(cal.moment(day, row["unit"]).replace(hour=17), partial(_dissolve, city, row, day))


def _found(city: City, rows: list[list[str]]) -> None:
    for order, row in enumerate(table("organisations")["rows"]):
        city.units[row[0]] = _organisation(city, order, row)
    for row in rows:
        _add(city, row, city.calendar.day(FOUNDED))
    password = make_password(DEMO_PASSWORD)
    for email, _what in DEMO_ACCOUNTS:
        _open_account(city.people[ACCOUNT_OF[email]], email, password)


def _organisation(city: City, order: int, row: list[str]) -> Organisation:
    code, kind, parent, fr, nl, en = row
    values = {
        "code": code,
        "kind": kind,
        "parent": city.units.get(parent),
        "name": Text(fr=fr, nl=nl, en=en),
        "email": f"{code}@senne.example.org" if kind != "partner" else "",
        "order": order,
    }
    return organisations.add_organisation(values, actor=SYSTEM)


def _role(key: str, unit: str) -> tuple[Role, str] | None:
    """(role, organisation code) that follows from a person's key; aldermen hold none."""
    group, part = key.split(".")
    if group == "climat":
        return Role.COORDINATION, "ville"
    if group == "specialist":
        return Role.SPECIALIST, "ville"
    if group == "reader":
        return Role.READER, "ville"
    if part == "head":
        return (Role.BODY_MANAGER if group in BODIES else Role.HEAD), group
    for name, role in (("owner", Role.OWNER), ("contributor", Role.CONTRIBUTOR)):
        if part.startswith(name):
            return role, unit
    return None


def _add(city: City, row: list[str], since: date) -> None:
    key, name, unit, language, fr, nl, en = row
    emails = {person: email for email, person in ACCOUNT_OF.items()}
    values = {
        "name": name,
        "organisation": city.units[unit],
        "language": language,
        "title": Text(fr=fr, nl=nl, en=en),
        "email": emails.get(key, f"{key.replace('.', '-')}@people.senne.example.org"),
    }
    city.people[key] = people.add_person(values, actor=SYSTEM)
    if role := _role(key, unit):
        register = key.split(".")[1] if role[0] is Role.SPECIALIST else ""
        people.give_role(city.people[key], role[0], city.units[role[1]], actor=SYSTEM, since=since, register=register)


def _open_account(person: Person, email: str, password: str) -> None:
    """`password` is hashed already: hashing is slow on purpose, and all demo accounts have the same one."""
    values = {"email": email, "password": password, "language": person.language}
    user = records.create(User, values, actor=SYSTEM)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    people.change_person(person, {"user": user}, actor=SYSTEM)
    if person.roles.filter(role=Role.COORDINATION).exists():
        TOTP.activate(user, TOTP_SECRET)
        assert Authenticator.objects.filter(user=user).exists()


def _leave(city: City, row: Row, day: date) -> None:
    """What was open goes to the successor first; what was finished keeps the old name."""
    person, to = city.people[row["person"]], city.people[row["to"]]
    actor = city.coordination()
    do.hand_over(person, to, actor=actor, reason=row["reason"])
    city.contacts.clear()
    people.leave(person, day, actor=actor, reason=row["reason"], today=city.calendar.today)


def _dissolve(city: City, row: Row, day: date) -> None:
    unit, by = city.units[row["unit"]], city.units[row["by"]]
    do.succeed(unit, by, actor=city.coordination(), reason=row["reason"])
    organisations.dissolve(unit, day, actor=city.coordination(), reason=row["reason"])
