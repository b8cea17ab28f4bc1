"""A city with every kind of record in every kind of organisation, public and internal, and people in every role.

Each internal text holds a mark of its place ('zq-roads'), so that whatever shows it to the wrong reader is found out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from senne.core import files, organisations, people, records
from senne.core.actors import SYSTEM
from senne.core.duties.models import Absence
from senne.core.models import Feedback, Person, StoredFile
from senne.core.policy import VISITOR, Actor, Role, Subject
from senne.core.talk.models import Comment, Request
from senne.core.text import Text
from senne.indicators.api import Indicator, Measurement, TargetPoint
from senne.plan.api import (
    Action,
    ActionContact,
    ActionDocument,
    ActionLink,
    ActionRelation,
    Amendment,
    AmendmentChange,
    Axis,
    BudgetLine,
    Characteristic,
    Contribution,
    ImportRun,
    IndicatorLink,
    Objective,
    ObjectiveLink,
    Plan,
    Round,
    Snapshot,
    Step,
    Tag,
    Theme,
    freezing,
)
from tests.city import ROLES as CITY_ROLES
from tests.city import TODAY, City

PLACES = ("city", "roads", "parks", "welfare", "housing", "university")
UNITS = (
    ("city", "city", None), ("roads", "department", "city"), ("roads-north", "service", "roads"),
    ("parks", "department", "city"), ("welfare", "body", "city"), ("housing", "body", "city"),
    ("university", "partner", None),
)  # fmt: skip
ROLES = {
    **CITY_ROLES,
    "body_coordination": (Role.COORDINATION, "welfare"),
    "body_specialist": (Role.SPECIALIST, "welfare"),
    "body_reader": (Role.READER, "welfare"),
    "partner_owner": (Role.OWNER, "university"),
    "partner_reader": (Role.READER, "university"),
}
EVERYBODY = ("visitor", *ROLES)


@dataclass
class World(City):
    """The city, and its records by (kind, place, 'public' or 'internal')."""

    made: dict[tuple[str, str, str], Any] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        return VISITOR if name == "visitor" else super().actor(name)

    def subject(self, kind: str, place: str, visibility: str) -> Subject:
        """What the policy sees of the record. Themes and axes stand under their plan, steps under their action."""
        found = self.made[kind, place, visibility]
        if hasattr(found, "subject"):
            subject: Subject = found.subject()
            return subject
        if kind in {"comment", "request"}:
            found = self.made["contact", place, visibility]
        above: Subject = (found.objective if kind == "objectivelink" else found.action).subject()
        return above


def mark(place: str) -> str:
    """What the internal texts of the place hold, and nothing else does."""
    return f"zq-{place}"


def texts(place: str, visibility: str, what: str) -> Text:
    words = f"{mark(place)} confidentiel {what}" if visibility == "internal" else f"{what} ouvert {place}"
    return Text(fr=words, nl=f"{words} nl", en=f"{words} en")


def build_world(internal: tuple[str, ...] = PLACES) -> World:
    """Everything public in every place; what is internal in the places given (more with `add_internal`)."""
    world = World()
    for code, kind, parent in UNITS:
        values = {
            "code": code, "kind": kind, "parent": world.units.get(parent or ""), "name": Text(fr=code.title()),
        }  # fmt: skip
        world.units[code] = organisations.add_organisation(values, actor=SYSTEM)
    for name, (role, unit) in ROLES.items():
        organisation = world.units[unit]
        person = people.add_person({"name": f"P {name}", "organisation": organisation}, actor=SYSTEM)
        register = "carbon" if role is Role.SPECIALIST else ""
        people.give_role(person, role, organisation, actor=SYSTEM, since=date(2024, 1, 1), register=register)
        world.people[name] = person
    with records.in_one_go():
        for place in PLACES:
            add_public(world, place)
        for place in internal:
            add_internal(world, place)
    return world


def add_public(world: World, place: str) -> None:
    """A public plan of the place with one of everything."""
    years = {"start_year": 2024, "end_year": 2030, "is_main": place == "city"}
    _structure(world, place, "public", f"open-{place}", years)
    _action(world, place, "public", world.made["plan", place, "public"], "open")
    _indicator(world, place, "public")
    world.made["snapshot", place, "public"] = _frozen(world, place, "public")


def add_internal(world: World, place: str) -> None:
    """An internal plan of the place with one of everything; an internal objective and action in its public plan; a
    message, an import, a tag, a legend entry and a person that only the place knows."""
    unit = world.units[place]
    someone = {"name": f"{mark(place)} someone", "organisation": unit, "email": f"{mark(place)}@y.org"}
    world.made["person", place, "internal"] = records.create(Person, someone, actor=SYSTEM)
    _structure(world, place, "internal", f"{mark(place)}-plan", {"start_year": 1991, "end_year": 2090})
    public = world.made["plan", place, "public"]
    values = {
        "plan": public, "axis": world.made["axis", place, "public"], "code": f"{mark(place)}-OI", "lead": unit,
        "statement": texts(place, "internal", "objectif"), "visibility": "internal",
    }  # fmt: skip
    world.made["objective", place, "internal"] = records.create(Objective, values, actor=SYSTEM)
    _action(world, place, "internal", public, mark(place))
    values = {
        "organisation": unit,
        "language": "fr",
        "message": f"{mark(place)} message",
        "email": f"{mark(place)}@x.org",
    }
    world.made["feedback", place, "internal"] = records.create(Feedback, values, actor=SYSTEM)
    file = files.keep_file(mark(place).encode(), f"{mark(place)}.csv")
    run = {"organisation": unit, "file": file, "file_name": file.name, "state": "failed"}
    run["report"] = {"code": "empty_file", "params": {}}
    world.made["import", place, "internal"] = records.create(ImportRun, run, actor=SYSTEM)
    _indicator(world, place, "internal")
    _ties(world, place)
    _reported(world, place)


def _reported(world: World, place: str) -> None:
    """A round with the contribution of the internal action, an amendment, a frozen plan, an absence."""
    unit, plan = world.units[place], world.made["plan", place, "internal"]
    action, person = world.made["action", place, "internal"], world.made["person", place, "internal"]
    days = {"period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31)}
    round_ = {
        "organisation": unit, "name": texts(place, "internal", "tour"), "plans": [plan], "state": "open", **days,
        "report_by": date(2099, 12, 1), "validate_by": date(2099, 12, 31), "opened_on": TODAY,
    }  # fmt: skip
    made = records.create(Round, round_, actor=SYSTEM)
    asked = {"round": made, "action": action, "organisation": unit, "state": "reported"}
    amendment = {
        "plan": plan,
        "name": texts(place, "internal", "révision"),
        "reason": texts(place, "internal", "motif"),
    }
    absence = {"person": person, "start": TODAY, "end": TODAY}
    world.made |= {
        ("round", place, "internal"): made,
        ("contribution", place, "internal"): records.create(Contribution, asked, actor=SYSTEM, root=action),
        ("amendment", place, "internal"): _amendment(amendment),
        ("snapshot", place, "internal"): _frozen(world, place, "internal"),
        ("absence", place, "internal"): records.create(Absence, absence, actor=SYSTEM),
    }


def _amendment(values: dict[str, Any]) -> Amendment:
    """With one change in it."""
    made = records.create(Amendment, values, actor=SYSTEM)
    change = {"amendment": made, "kind": "reword", "record_kind": "objective", "code": "O1", "values": {}}
    records.create(AmendmentChange, change, actor=SYSTEM, root=made)
    return made


def _frozen(world: World, place: str, visibility: str) -> Snapshot:
    label = freezing.Label("moment", texts(place, visibility, "moment"), public=visibility == "public")
    return freezing.freeze(world.made["plan", place, visibility], label, TODAY, actor=SYSTEM)


def _ties(world: World, place: str) -> None:
    """What stands between the internal records of the place and others of it."""
    action, objective = (world.made[kind, place, "internal"] for kind in ("action", "objective"))
    contact = {"action": action, "person": world.made["person", place, "internal"], "role": "contributor"}
    relation = {"action": action, "other": world.made["action", place, "public"], "kind": "related"}
    link = {"objective": objective, "other": world.made["objective", place, "public"], "kind": "answers"}
    about = {"subject_kind": "plan.action", "subject_id": action.pk}
    said = {**about, "author": world.made["person", place, "internal"], "text": f"{mark(place)} note d’un collègue"}
    asked = {
        **about, "asked_by": world.made["person", place, "internal"], "what": "answer", "due_on": TODAY,
        "organisation": world.units[place], "sentence": f"{mark(place)} note demandée",
    }  # fmt: skip
    world.made |= {
        ("comment", place, "internal"): records.create(Comment, said, actor=SYSTEM, root=action),
        ("request", place, "internal"): records.create(Request, asked, actor=SYSTEM, root=action),
        ("contact", place, "internal"): records.create(ActionContact, contact, actor=SYSTEM, root=action),
        ("relation", place, "internal"): records.create(ActionRelation, relation, actor=SYSTEM, root=action),
        ("objectivelink", place, "internal"): records.create(ObjectiveLink, link, actor=SYSTEM, root=objective),
    }


def _indicator(world: World, place: str, visibility: str) -> None:
    """What measures the objective and the action of the place, with a figure and a target."""
    values = {
        "code": f"{mark(place) if visibility == 'internal' else f'open-{place}'}-i", "organisation": world.units[place],
        "name": texts(place, visibility, "indicateur"), "definition": texts(place, visibility, "définition"),
        "method": texts(place, visibility, "méthode"), "source": texts(place, visibility, "source"),
        "unit": texts(place, visibility, "unité"), "first_period": "2024", "visibility": visibility,
    }  # fmt: skip
    made = records.create(Indicator, values, actor=SYSTEM)
    figure = {"indicator": made, "period": "2024", "value": 12, "reported_on": TODAY}
    target = {"indicator": made, "period": "2030", "value": 40, "note": texts(place, visibility, "décision")}
    objective, action = (world.made[kind, place, visibility] for kind in ("objective", "action"))
    records.create(IndicatorLink, {"indicator": made, "action": action}, actor=SYSTEM, root=action)
    tie = records.create(IndicatorLink, {"indicator": made, "objective": objective}, actor=SYSTEM, root=objective)
    world.made |= {
        ("indicator", place, visibility): made,
        ("measurement", place, visibility): records.create(
            Measurement, {**figure, "note": texts(place, visibility, "remarque")}, actor=SYSTEM, root=made
        ),
        ("targetpoint", place, visibility): records.create(TargetPoint, target, actor=SYSTEM, root=made),
        ("indicatorlink", place, visibility): tie,
    }


def _structure(world: World, place: str, visibility: str, code: str, more: dict[str, Any]) -> None:
    plan = records.create(
        Plan,
        {"code": code, "name": texts(place, visibility, "plan"), "organisation": world.units[place],
         "visibility": visibility, "description": texts(place, visibility, "description"), **more},
        actor=SYSTEM,
    )  # fmt: skip
    theme = records.create(Theme, {"plan": plan, "code": "T1", "name": texts(place, visibility, "thème")}, actor=SYSTEM)
    axis = {"plan": plan, "theme": theme, "code": "A1", "name": texts(place, visibility, "axe")}
    made_axis = records.create(Axis, axis, actor=SYSTEM)
    objective = {"plan": plan, "axis": made_axis, "code": "O1", "statement": texts(place, visibility, "objectif"),
                 "lead": world.units[place]}  # fmt: skip
    made = {
        "plan": plan,
        "theme": theme,
        "axis": made_axis,
        "objective": records.create(Objective, objective, actor=SYSTEM),
    }
    world.made |= {(kind, place, visibility): record for kind, record in made.items()}


def _action(world: World, place: str, visibility: str, plan: Plan, code: str) -> None:
    inside = visibility == "internal"
    objective = world.made["objective", place, "internal" if inside else "public"]
    tag = records.create(Tag, {"slug": f"{code}-tag-{place}", "name": texts(place, visibility, "mot")}, actor=SYSTEM)
    legend = {"code": f"{code}-legende-{place}"[:40], "name": texts(place, visibility, "légende")}
    values = {
        "plan": plan, "code": f"{code}-A", "title": texts(place, visibility, "action"), "objectives": [objective],
        "description": texts(place, visibility, "description"), "lead": world.units[place], "visibility": visibility,
        "internal_notes": f"{mark(place)} note", "tags": [tag], "news": texts(place, visibility, "nouvelle"),
        "characteristics": [records.create(Characteristic, legend, actor=SYSTEM)], "last_reported_on": TODAY,
        "location": {"type": "Point", "coordinates": [4.35 + len(world.made) / 1000, 50.85]},
    }  # fmt: skip
    action = records.create(Action, values, actor=SYSTEM)
    child = {"action": action}
    step = {**child, "title": texts(place, visibility, "étape"), "due_on": date(2027, 1, 1)}
    line = {**child, "kind": "planned", "year": 2026, "amount": 1000, "note": f"{visibility} {place}"}
    file: StoredFile = files.keep_file(f"{visibility} {place}".encode(), f"{code}-{place}.txt")
    world.made |= {
        ("action", place, visibility): action,
        ("step", place, visibility): records.create(Step, step, actor=SYSTEM, root=action),
        ("budgetline", place, visibility): records.create(BudgetLine, line, actor=SYSTEM, root=action),
        ("link", place, visibility): records.create(
            ActionLink, {**child, "url": f"https://x.example/{code}", "label": texts(place, visibility, "lien")},
            actor=SYSTEM, root=action,
        ),
        ("document", place, visibility): records.create(
            ActionDocument, {**child, "file": file, "label": texts(place, visibility, "document"), "public": True},
            actor=SYSTEM, root=action,
        ),
    }  # fmt: skip
    records.update(action, {"status": "under_way"}, actor=SYSTEM)
