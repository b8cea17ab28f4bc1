"""The workspace with 400 actions and 200 people: My work, the round's board, four views of the actions, a round frozen."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.city import text
from bench.report import Report, cpu_ms, seconds
from senne.core import people, records
from senne.core.actors import SYSTEM
from senne.core.duties import keeping
from senne.core.models import Organisation, Person, User
from senne.core.policy import Role
from senne.core.security import SECOND_FACTOR
from senne.plan.api import Action, ActionContact, Plan, Round, Snapshot, do, freezing

PEOPLE, CPU, WEIGHT = 200, 150, 60
QUERIES = 70
ASSETS = ("site/senne.css", "site/icon.svg", "workspace/work.css", "django_htmx/htmx-2.min.js")
LISTING = ("workspace/listing.css",)
fresh = count()


@dataclass
class House:
    """What was made: the round, and browsers of people by their role."""

    plan: Plan
    round: Round
    browsers: dict[str, Client]


def measure(report: Report) -> None:
    """Uses the plan that bench.lists has built."""
    report.title(f"The workspace: 400 actions, {PEOPLE} people, a round under way")
    plan = Plan.objects.get(code="BIG")
    day, now = timezone.localdate(), timezone.now()
    persons = staff(plan, PEOPLE)
    round_ = open_round(plan, day)
    spent, told = seconds(lambda: keeping.keep(day, now))
    report.line(f"what {PEOPLE} people owe, written down ({told['opened']} duties)", f"{spent:.1f} s")
    spent, _told = seconds(lambda: keeping.keep(day, now))
    report.line("the same again, an hour later", f"{spent:.1f} s")
    house = House(plan, round_, {role: browser(persons[role], role) for role in persons})
    for role in house.browsers:
        _page(report, house, role, f"My work of the {role}", reverse("workspace:home"))
    board = reverse("workspace:round", args=[round_.pk])
    for role in ("coordination", "head"):
        _page(report, house, role, f"the round's board, for the {role}", board)
    actions = reverse("workspace:actions")
    for query in ("view=table", "view=table&edit=1", "view=timeline", "view=board", "view=calendar"):
        _page(report, house, "coordination", f"actions: {query}", f"{actions}?{query}", LISTING, held=False)
    _page(report, house, "coordination", "indicators", reverse("workspace:indicators"), held=False)
    _frozen(report, house, day)
    _next_request(report, plan)


def staff(plan: Plan, wanted: int = 0) -> dict[str, Person]:
    """People up to `wanted` in all, every action with an owner and an approver; who stands for each role at a browser."""
    units = list(Organisation.objects.exclude(code="city").filter(code__startswith="unit-").order_by("pk"))
    city = Organisation.objects.get(code="city")
    persons = list(Person.objects.filter(name__startswith="Person").order_by("pk"))
    since = date(2020, 1, 1)
    for n in range(len(persons), wanted):
        values = {"name": f"Person {n}", "organisation": units[n % len(units)], "email": f"p{n}@example.org"}
        persons.append(people.add_person(values, actor=SYSTEM))
    heads = {}
    for unit in units:
        heads[unit.pk] = people.add_person({"name": f"Head {unit.code}", "organisation": unit}, actor=SYSTEM)
        people.give_role(heads[unit.pk], Role.HEAD, unit, actor=SYSTEM, since=since)
    first = people.add_person({"name": "Coordination", "organisation": city}, actor=SYSTEM)
    people.give_role(first, Role.COORDINATION, city, actor=SYSTEM, since=since)
    contacts, known = [], set(ActionContact.objects.values_list("action_id", "person_id", "role"))
    for n, action in enumerate(Action.objects.filter(plan=plan).order_by("order")):
        approver = heads.get(action.lead_id or 0, first)
        for person, role in ((persons[n % len(persons)], "owner"), (approver, "approver")):
            if (action.pk, person.pk, role) not in known:
                contacts.append(ActionContact(action=action, person=person, role=role))
    records.bulk_create(contacts, actor=SYSTEM, roots={i: made.action for i, made in enumerate(contacts)})
    for person in (persons[3], next(iter(heads.values())), first):
        user = User.objects.create_user(f"bench-{person.pk}@example.org", "x")
        people.change_person(person, {"user": user}, actor=SYSTEM)
    people.give_role(persons[3], Role.OWNER, persons[3].organisation, actor=SYSTEM, since=since)
    return {"owner": persons[3], "head": next(iter(heads.values())), "coordination": first}


def open_round(plan: Plan, day: date) -> Round:
    """A round on the whole plan, begun two weeks ago and late for some."""
    values = {
        "organisation": plan.organisation,
        "name": text(4, 2),
        "plans": [plan],
        "period_start": date(day.year, 1, 1),
        "period_end": date(day.year, 12, 31),
        "report_by": day - timedelta(days=1),
        "validate_by": day + timedelta(days=14),
        "questions": {},
    }
    made = do.prepare_round(values, actor=SYSTEM)
    do.open_round(made, actor=SYSTEM, today=day - timedelta(days=14))
    return made


def browser(person: Person, role: str) -> Client:
    """Logged in; the coordination with the second factor that it needs."""
    client = Client(headers={"accept-encoding": "br, gzip"})
    user = User.objects.get(person=person)
    client.force_login(user)
    if role == "coordination":
        from allauth.mfa.models import Authenticator
        from allauth.mfa.totp.internal.auth import TOTP

        if not Authenticator.objects.filter(user=user).exists():
            TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
        session = client.session
        session[SECOND_FACTOR] = user.pk
        session.save()
    return client


def _weight(content: bytes, more: tuple[str, ...]) -> float:
    assets = sum(len(gzip.compress(Path(str(finders.find(name))).read_bytes())) for name in (*ASSETS, *more))
    return (len(content) + assets) / 1024


def _page(
    report: Report, house: House, role: str, name: str, address: str, more: tuple[str, ...] = (), held: bool = True
) -> None:
    """Queries, processor time, weight with style sheets and script; `held`: the time is promised."""
    client = house.browsers[role]
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    asked = len(queries)
    weight = _weight(answer.content, more)
    spent = cpu_ms(lambda: client.get(address), 5)
    good = weight <= WEIGHT and (spent <= CPU or not held) and asked <= QUERIES
    promise = f"{weight:.0f} kB ≤ {WEIGHT}" + (f", ≤ {CPU} ms" if held else "")
    report.line(name, f"{asked} q {spent:.0f} ms", promise, good)


# ---- Frozen ---------------------------------------------------------------------------------------------------------


def _frozen(report: Report, house: House, day: date) -> None:
    spent, taken = seconds(lambda: do.publish_round(house.round, actor=SYSTEM, today=day, incomplete=True))
    report.line("a round of 400 actions published and frozen", f"{spent:.1f} s", "≤ 5 s", spent <= 5)
    snapshot: Snapshot = taken[0]
    report.line(
        "its hash, computed again", f"{len(freezing.faults_of(snapshot))} faults", "0", not freezing.faults_of(snapshot)
    )
    part = house.plan.actions.order_by("order").first()
    assert part
    frozen = f"/fr/plans/BIG/versions/{snapshot.number}/"
    pairs: dict[str, tuple[str, str]] = {
        "a frozen action, to a live one": (
            reverse("site:version_part", args=["BIG", snapshot.number, "action", part.code]),
            reverse("site:action", args=["BIG", part.code]),
        ),
        "a frozen plan, to the live one": (frozen, "/fr/plans/BIG/"),
    }
    client = Client()
    for name, (then, now) in pairs.items():
        old, new = (cpu_ms(lambda address=address: _uncached(client, address), 7) for address in (then, now))
        report.line(name, f"{old:.0f} / {new:.0f} ms", "as fast", old <= new * 1.1)


def _uncached(client: Client, address: str) -> Any:
    answer = client.get(f"{address}?unseen={next(fresh)}-f")
    assert answer.status_code == 200, (address, answer.status_code)
    return answer


def _next_request(report: Report, plan: Plan) -> None:
    """A page that is in the cache shows a change with the request after it."""
    client, action = Client(), plan.actions.order_by("order").first()
    assert action
    address = reverse("site:action", args=["BIG", action.code])
    client.get(address)
    client.get(address)
    do.change_action(action, {"title": text(77, 3)}, actor=SYSTEM)
    seen = str(text(77, 3)) in client.get(address).content.decode()
    report.line("a change is seen", "on the next request" if seen else "later", "on the next request", seen)
