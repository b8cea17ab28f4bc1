"""Organisations, people, roles and accounts of the demo city."""

from __future__ import annotations

from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from senne.core import organisations, people
from senne.core.actors import SYSTEM
from senne.core.models import Organisation, Person, User
from senne.core.policy import Role
from senne.core.text import Text
from senne.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD, TOTP_SECRET
from senne.demo.content import table

SINCE = date(2023, 1, 1)
ACCOUNT_OF = {
    "coordination@senne.example.org": "climat.coord1",
    "head@senne.example.org": "batiments.head",
    "owner@senne.example.org": "batiments.owner1",
    "contributor@senne.example.org": "batiments.contributor1",
    "body@senne.example.org": "cpas.head",
    "specialist@senne.example.org": "specialist.carbon",
    "reader@senne.example.org": "reader.1",
}


def load_organisations() -> dict[str, Organisation]:
    """The tree, parents first."""
    data = table("organisations")
    made: dict[str, Organisation] = {}
    for order, (code, kind, parent, fr, nl, en) in enumerate(data["rows"]):
        values = {
            "code": code,
            "kind": kind,
            "parent": made.get(parent),
            "name": Text(fr=fr, nl=nl, en=en),
            "email": f"{code}@senne.example.org" if kind != "partner" else "",
            "dissolved_on": date.fromisoformat(data["dissolved"][code]) if code in data["dissolved"] else None,
            "order": order,
        }
        made[code] = organisations.add_organisation(values, actor=SYSTEM)
    return made


def _role(key: str) -> tuple[Role, str] | None:
    """(role, organisation code) that follows from a person's key."""
    unit, part = key.split(".")
    if key.startswith("climat."):
        return Role.COORDINATION, "ville"
    if unit in {"specialist", "reader"}:
        return (Role.SPECIALIST, "ville") if unit == "specialist" else (Role.READER, "ville")
    if part == "head":
        bodies = {"cpas", "foyer", "numerique", "evenements"}
        return (Role.BODY_MANAGER if unit in bodies else Role.HEAD), unit
    if part.startswith("contributor"):
        return Role.CONTRIBUTOR, unit
    return (Role.READER, "ville") if part.startswith("owner") else None


def load_people(units: dict[str, Organisation]) -> dict[str, Person]:
    """People with their roles; the demo accounts among them can log in."""
    emails = {key: email for email, key in ACCOUNT_OF.items()}
    made: dict[str, Person] = {}
    for key, name, unit, language, fr, nl, en in table("people")["rows"]:
        values = {
            "name": name,
            "organisation": units[unit],
            "language": language,
            "title": Text(fr=fr, nl=nl, en=en),
            "email": emails.get(key, f"{key.replace('.', '-')}@people.senne.example.org"),
        }
        made[key] = people.add_person(values, actor=SYSTEM)
        if key.startswith("alderman"):
            continue
        if role := _role(key):
            register = role[0].value == "specialist" and key.split(".")[1] or ""
            people.give_role(made[key], role[0], units[role[1]], actor=SYSTEM, since=SINCE, register=register)
    for email, _what in DEMO_ACCOUNTS:
        _open_account(made[ACCOUNT_OF[email]])
    return made


def _open_account(person: Person) -> None:
    user = User.objects.create_user(person.email, DEMO_PASSWORD, language=person.language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    people.change_person(person, {"user": user}, actor=SYSTEM)
    if person.roles.filter(role=Role.COORDINATION).exists():
        TOTP.activate(user, TOTP_SECRET)
        assert Authenticator.objects.filter(user=user).exists()
