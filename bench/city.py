"""A large made-up plan, written through the same door as every other."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from senne.core import organisations, people, records
from senne.core.actors import SYSTEM
from senne.core.models import Organisation, Person
from senne.core.periods import Period
from senne.core.text import Text
from senne.indicators import api as indicators
from senne.plan.api import Action, ActionContact, Axis, Objective, Plan, Step, Tag, Theme, do

SENTENCE = (
    "isoler les toitures planter des arbres partager les vélos rénover les écoles collecter les eaux pluviales former "
    "les équipes réduire les déchets éclairer les rues autrement nourrir les cantines louer les salles"
)
WORDS = SENTENCE.split()


def sentence(seed: int, length: int) -> str:
    """Words in an order that depends on the seed alone."""
    return " ".join(WORDS[(seed * 7 + n * n * 3 + n) % len(WORDS)] for n in range(length)).capitalize() + "."


def text(seed: int, length: int) -> Text:
    written = sentence(seed, length)
    return Text(fr=written, nl=f"{written} nl", en=f"{written} en")


def build(count: int = 400) -> Plan:
    """A plan of `count` public actions, each with 2 organisations, 2 contacts, 3 steps and 3 tags; 40 indicators."""
    units = _organisations()
    persons = [
        people.add_person({"name": f"Person {n}", "organisation": units[n % len(units)]}, actor=SYSTEM)
        for n in range(40)
    ]
    tags = [Tag.objects.create(slug=f"tag-{n}", name=text(n, 1)) for n in range(12)]
    values = {"code": "BIG", "name": text(1, 4), "organisation": units[0], "visibility": "public", "is_main": True}
    plan = do.create_plan(values, actor=SYSTEM)
    objectives = _objectives(plan, units)
    _actions(plan, count, objectives, units, persons, tags)
    _indicators(objectives, units)
    return plan


def _organisations() -> list[Organisation]:
    city = organisations.add_organisation({"code": "city", "kind": "city", "name": text(1, 2)}, actor=SYSTEM)
    rest = [
        organisations.add_organisation(
            {"code": f"unit-{n}", "kind": "department", "parent": city, "name": text(n, 3)}, actor=SYSTEM
        )
        for n in range(15)
    ]
    return [city, *rest]


def _objectives(plan: Plan, units: list[Organisation]) -> list[Objective]:
    made = []
    for t in range(10):
        theme = do.create_part(Theme, {"plan": plan, "code": f"T{t}", "name": text(t, 3), "order": t}, actor=SYSTEM)
        axis = {"plan": plan, "theme": theme, "code": f"T{t}A", "name": text(t, 4), "order": t}
        parent = do.create_part(Axis, axis, actor=SYSTEM)
        for o in range(4):
            values = {"plan": plan, "axis": parent, "code": f"T{t}.{o}", "statement": text(t * 4 + o, 10)}
            made.append(do.create_part(Objective, {**values, "lead": units[(t + o) % 16]}, actor=SYSTEM))
    return made


def _actions(
    plan: Plan,
    count: int,
    objectives: list[Objective],
    units: list[Organisation],
    persons: list[Person],
    tags: list[Tag],
) -> None:
    today = date(2026, 1, 1)
    actions = [
        Action(
            plan=plan,
            code=f"B-{n:04}",
            title=text(n, 8),
            description=text(n + 1, 45),
            lead=units[n % 16],
            status=("to_start", "under_way", "done")[n % 3],
            visibility="public",
            end_on=today + timedelta(days=n),
            last_reported_on=today,
            order=n,
        )
        for n in range(count)
    ]
    records.bulk_create(actions, actor=SYSTEM)
    steps, contacts = [], []
    for n, action in enumerate(actions):
        action.objectives.set([objectives[n % len(objectives)]])
        action.partners.set([units[(n + 5) % 16]])
        action.tags.set([tags[(n + k * 5) % 12] for k in range(3)])
        steps += [Step(action=action, title=text(n + k, 4), due_on=today + timedelta(days=90 * k)) for k in range(3)]
        contacts += [
            ActionContact(action=action, person=persons[n % 40], role="owner"),
            ActionContact(action=action, person=persons[(n + 7) % 40], role="contributor"),
        ]
    for made in (steps, contacts):
        records.bulk_create(made, actor=SYSTEM, roots={i: child.action for i, child in enumerate(made)})


def _indicators(objectives: list[Objective], units: list[Organisation]) -> None:
    """One for each objective and its first action, with a target and six figures of the years before."""
    with records.in_one_go():
        for n, objective in enumerate(objectives):
            values = {
                "code": f"measure-{n}",
                "organisation": units[n % 16],
                "name": text(n, 5),
                "definition": text(n, 20),
                "method": text(n + 1, 30),
                "source": text(n, 4),
                "unit": text(n, 1),
                "first_period": "2020",
                "baseline_period": "2019",
                "baseline_value": Decimal(100),
            }
            made = indicators.do.create_indicator(values, actor=SYSTEM)
            indicators.do.set_target(made, Period(2030), Decimal(200), actor=SYSTEM)
            for year in range(2020, 2026):
                figure = indicators.Figure(made, Period(year), Decimal(100 + (year - 2019) * (n % 12)))
                indicators.do.say_figure(figure, actor=SYSTEM, today=date(year + 1, 2, 1))
            do.tie_indicator(objective, made, actor=SYSTEM)
            action = objective.actions.order_by("order").first()
            if action is not None:
                do.tie_indicator(action, made, actor=SYSTEM)
