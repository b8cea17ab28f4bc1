"""The demo city's actions as they entered their plans, sitting by sitting, with what hangs on them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from senne.core import records
from senne.core.models import Organisation, Person
from senne.demo.city import City
from senne.demo.content import Row, action_rows, table, trails
from senne.demo.structure import entered_on
from senne.demo.timeline import Course, added_on, course_of
from senne.plan.api import Action, ActionContact, ActionLink, BudgetLine, Step, do, words

OWN = (
    "title", "description", "expected_effect", "lead", "start_on", "start_precision", "end_on", "end_precision",
    "location", "order",
)  # fmt: skip
NAMESPACE = uuid.UUID("6d1f0c3e-4a0b-5c7e-9f43-53656e6e6521")


@dataclass(frozen=True)
class Entry:
    """An action with its plan, the objective that it stands under, the day it was added, and its course since."""

    plan: str
    objective: str
    row: Row
    added: date
    course: Course
    order: int

    @property
    def key(self) -> str:
        return f"{self.plan}:{self.row['id']}"


def entries(city: City) -> list[Entry]:
    """Every action of the content, in the plan's order."""
    cal = city.calendar
    sittings = [cal.day(day) for day in table("plans")["sittings"]]
    found = []
    for order, (theme, objective, row) in enumerate(action_rows()):
        plan_day = entered_on(theme.plan, cal)
        added = added_on(row, cal, [day for day in sittings if day >= plan_day])
        ends = [cal.day(row[fate][0]) for fate in ("merged", "superseded") if fate in row]
        course = course_of(row, trails().get(row["id"], {}), cal, added, ends[0] if ends else None)
        found.append(Entry(theme.plan, objective["code"], row, added, course, order))
    return found


def plan_actions(city: City, found: list[Entry]) -> None:
    """One batch for each plan and sitting; then the objectives of other plans that an action serves too."""
    batches: dict[tuple[date, str], list[Entry]] = defaultdict(list)
    for entry in found:
        if "copy_of" in entry.row:
            city.at(city.calendar.moment(entry.added, entry.key), partial(_copy, city, entry))
        else:
            batches[entry.added, entry.plan].append(entry)
    for (day, plan), batch in batches.items():
        moment = city.calendar.moment(day, plan).replace(hour=8, minute=30)
        city.at(moment, partial(_add, city, batch))
    for entry in found:
        if also := entry.row.get("also"):
            day = max(entry.added, *(entered_on(code.split(":")[0], city.calendar) for code in also))
            moment = city.calendar.moment(day + timedelta(days=14), f"also {entry.key}")
            city.at(moment, partial(_serve_too, city, entry, also))


def _serve_too(city: City, entry: Entry, also: list[str]) -> None:
    action = city.actions[entry.key]
    served = [*action.objectives.all(), *(city.objectives[code] for code in also)]
    do.change_action(action, {"objectives": served}, actor=city.coordination(entry.plan))


def _add(city: City, batch: list[Entry]) -> None:
    """In bulk, with one audit entry for each record."""
    actor = city.coordination(batch[0].plan)
    made = [_action(city, entry) for entry in batch]
    many: dict[str, list[list[Any]]] = {
        "objectives": [[city.objectives[f"{e.plan}:{e.objective}"]] for e in batch],
        "characteristics": [[city.characteristics[c] for c in e.row.get("ch", ["mitigation"])] for e in batch],
        "tags": [[city.tags[tag] for tag in e.row.get("tags", ())] for e in batch],
        "partners": [[city.units[code] for code in e.row.get("partners", ())] for e in batch],
    }
    records.bulk_create(made, actor=actor, many=many)
    children: dict[type, list[Any]] = defaultdict(list)
    for entry, action in zip(batch, made, strict=True):
        city.actions[entry.key] = action
        children[ActionContact] += _contacts(city, entry, action)
        children[Step] += [_step(city, entry, action, place) for place in range(len(entry.row.get("steps", ())))]
        children[BudgetLine] += [budget_line(city, action, line) for line in planned(entry.row)]
        children[ActionLink] += [
            ActionLink(action=action, url=url, label=city.calendar.text(label))
            for url, *label in entry.row.get("links", ())
        ]
    for kind in children.values():
        records.bulk_create(kind, actor=actor, roots={place: child.action for place, child in enumerate(kind)})


def _copy(city: City, entry: Entry) -> None:
    """An action made from another one's, then said anew, with an owner and days of its own for the same steps."""
    actor = city.coordination(entry.plan)
    made = do.copy_action(city.actions[f"{entry.plan}:{entry.row['copy_of']}"], entry.row["id"], actor=actor)
    city.actions[entry.key] = made
    draft = _action(city, entry)
    values: dict[str, Any] = {name: getattr(draft, name) for name in OWN}
    values["objectives"] = [city.objectives[f"{entry.plan}:{entry.objective}"]]
    values["tags"] = [city.tags[tag] for tag in entry.row.get("tags", ())]
    values["partners"] = [city.units[code] for code in entry.row.get("partners", ())]
    do.change_action(made, values, actor=actor)
    for place, step in enumerate(made.steps.all()):
        anew = _step(city, entry, made, place)
        do.change_child(step, {name: getattr(anew, name) for name in ("title", "due_on", "due_precision")}, actor=actor)
    for contact in _contacts(city, entry, made):
        do.add_contact(made, contact.person, words.ContactRole(contact.role), actor=actor)


def _action(city: City, entry: Entry) -> Action:
    row, cal = entry.row, city.calendar
    start, end = (cal.partial(row[name]) if name in row else None for name in ("start", "end"))
    course = entry.course
    action = Action(
        uuid=uuid.uuid5(NAMESPACE, entry.key),
        plan=city.plans[entry.plan],
        code=row["id"],
        title=cal.text(row["t"]),
        description=cal.text(row["d"]),
        expected_effect=cal.text(row.get("e", "")),
        lead=city.units[row["lead"]],
        sponsor=city.named(row.get("sponsor", "")),
        status=course.status,
        status_since=entry.added,
        phase=course.phase,
        priority=row.get("priority", "normal"),
        start_on=start.day if start else None,
        start_precision=start.precision.value if start else "day",
        end_on=end.day if end else None,
        end_precision=end.precision.value if end else "day",
        continuous=row.get("continuous", False),
        visibility=row.get("visibility", "public"),
        internal_notes=row.get("notes", ""),
        location=geometry(row.get("place", ())),
        weight=row.get("weight", 1),
        order=entry.order,
    )
    action.clean_fields(exclude=["plan", "lead", "sponsor", "merged_into", "superseded_by", "copy_of", "source"])
    return action


def geometry(points: Sequence[Sequence[float]]) -> dict[str, Any] | None:
    """GeoJSON of [latitude, longitude] pairs: one is a point, several a line, and an area where the last is the first."""
    pairs = [[longitude, latitude] for latitude, longitude in points]
    if not pairs:
        return None
    if len(pairs) == 1:
        return {"type": "Point", "coordinates": pairs[0]}
    if pairs[0] == pairs[-1]:
        return {"type": "Polygon", "coordinates": [pairs]}
    return {"type": "LineString", "coordinates": pairs}


def _contacts(city: City, entry: Entry, action: Action) -> list[ActionContact]:
    """The owner (the lead's first, unless the row names one), the head who approves, and those who contribute."""
    row, lead = entry.row, entry.row["lead"]
    people: list[tuple[Person | None, str]] = [
        (city.people[row["owner"]] if "owner" in row else city.person(lead, "owner1"), "owner"),
        (city.people[row["approver"]] if "approver" in row else city.person(lead, "head"), "approver"),
        *((city.people[key], "contributor") for key in row.get("contributors", ())),
    ]
    named = {(person.pk, role): person for person, role in people if person is not None}
    return [ActionContact(action=action, person=person, role=role) for (_pk, role), person in named.items()]


def _step(city: City, entry: Entry, action: Action, place: int) -> Step:
    title, more = entry.row["steps"][place][:3], entry.row["steps"][place][3:]
    due = city.calendar.partial(more[0]) if more and more[0] else None
    return Step(
        action=action,
        title=city.calendar.text(title),
        due_on=due.day if due else None,
        due_precision=due.precision.value if due else "day",
        done_on=entry.course.steps.get(place),
        assignee=city.named(more[2]) if len(more) > 2 else None,
        order=place,
    )


def planned(row: Row) -> list[Any]:
    """The budget lines that were known when the action was added."""
    return [line for line in row.get("budget", ()) if line[1] == "planned"]


def budget_line(city: City, action: Action, line: Sequence[Any]) -> BudgetLine:
    """[nature, planned or actual, year, unit, amount, funder] as a record; 'about' before an amount: approximate."""
    nature, kind, year, unit, amount, *funder = line
    payer: Organisation | None = city.units[funder[0]] if funder else None
    return BudgetLine(
        action=action,
        nature=nature,
        kind=kind,
        year=city.calendar.year(year),
        unit=unit,
        amount=str(amount).removeprefix("about "),
        approximate=str(amount).startswith("about "),
        funder=payer,
    )
