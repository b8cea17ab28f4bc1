"""The demo city, loaded through the same doors as everything else."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from senne.core import records
from senne.core.actors import SYSTEM, actor_of_person
from senne.core.models import Organisation, Person
from senne.core.periods import parse_partial
from senne.core.text import Text
from senne.demo.content import DISTRICTS, ThemeFile, table, text, themes
from senne.demo.people import load_organisations, load_people
from senne.plan.api import (
    Action,
    ActionContact,
    ActionRelation,
    Axis,
    BudgetLine,
    Characteristic,
    Objective,
    ObjectiveLink,
    Plan,
    Step,
    Tag,
    Theme,
    do,
)

CHARACTERISTICS = (
    ("mitigation", "Atténuation", "Mitigatie", "Mitigation"),
    ("adaptation", "Adaptation", "Adaptatie", "Adaptation"),
    ("citizen", "Dimension citoyenne", "Burgerdimensie", "Citizen dimension"),
)


class Loader:
    """Keeps what was made by code, while the city grows."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.units: dict[str, Organisation] = {}
        self.people: dict[str, Person] = {}
        self.plans: dict[str, Plan] = {}
        self.objectives: dict[str, Objective] = {}
        self.actions: dict[str, Action] = {}
        self.later: list[tuple[Action, dict[str, Any]]] = []

    @transaction.atomic
    def load(self) -> None:
        """Everything, in one transaction: a city that is half there helps nobody."""
        self.units = load_organisations()
        self.people = load_people(self.units)
        self._words()
        self._plans()
        self._themes(list(themes()))
        self._hang_on()
        self._latest_news()

    def _words(self) -> None:
        self.characteristics = {
            code: records.create(
                Characteristic, {"code": code, "name": Text(fr=fr, nl=nl, en=en), "order": order}, actor=SYSTEM
            )
            for order, (code, fr, nl, en) in enumerate(CHARACTERISTICS)
        }
        self.tags = {
            slug: records.create(Tag, {"slug": slug, "name": Text(fr=fr, nl=nl, en=en)}, actor=SYSTEM)
            for slug, fr, nl, en in table("tags")["rows"]
        }

    def _plans(self) -> None:
        for row in table("plans")["plan"]:
            values = {
                "code": row["code"],
                "name": text(row["name"]),
                "description": text(row["description"]),
                "kind": row["kind"],
                "is_main": row.get("main", False),
                "visibility": "public",
                "organisation": self.units[row["organisation"]],
                "adopted_on": date.fromisoformat(row["adopted_on"]),
                "start_year": row["years"][0],
                "end_year": row["years"][1],
            }
            self.plans[row["code"]] = do.create_plan(values, actor=SYSTEM)

    def _themes(self, files: list[ThemeFile]) -> None:
        axes: dict[tuple[str, str], Axis] = {}
        pending: list[tuple[Objective, dict[str, Any]]] = []
        for file in files:
            plan = self.plans[file.plan]
            values = {
                "plan": plan,
                "code": file.code,
                "name": file.name,
                "description": file.vision,
                "order": file.order,
            }
            theme = do.create_part(Theme, values, actor=SYSTEM)
            for order, row in enumerate(file.objectives):
                key = (file.plan, row["axis"])
                if key not in axes:
                    values = {
                        "plan": plan,
                        "theme": theme,
                        "code": row["axis"],
                        "name": text(row["axis_name"]),
                        "order": order,
                    }
                    axes[key] = do.create_part(Axis, values, actor=SYSTEM)
                objective = do.create_part(Objective, self._objective(plan, axes[key], row, order), actor=SYSTEM)
                self.objectives[f"{file.plan}:{row['code']}"] = objective
                pending.append((objective, row))
        for objective, row in pending:
            self._actions(objective, row)
        for objective, row in pending:
            for other in row.get("answers", ()):
                values = {"objective": objective, "other": self.objectives[other]}
                records.create(ObjectiveLink, values, actor=SYSTEM, root=objective)

    def _objective(self, plan: Plan, axis: Axis, row: dict[str, Any], order: int) -> dict[str, Any]:
        values: dict[str, Any] = {
            "plan": plan,
            "axis": axis,
            "code": row["code"],
            "statement": text(row["text"]),
            "description": text(row["description"]) if "description" in row else Text(),
            "horizon": row.get("horizon"),
            "lead": self._unit(row.get("lead", "")),
            "owner": self._person(row.get("owner", "")),
            "order": order,
        }
        if target := row.get("target"):
            quantity, unit, base, base_year, goal, goal_year = target
            values |= {
                "target_quantity": text(quantity),
                "target_unit": unit,
                "target_value": goal,
                "target_year": goal_year,
            }
            values |= {"baseline_value": base, "baseline_year": base_year}
        return values

    def _unit(self, code: str) -> Organisation | None:
        return self.units[code] if code else None

    def _person(self, key: str) -> Person | None:
        """The person of that key; where a department has no such person of its own, its owner or head."""
        unit = key.split(".")[0]
        keys = (key, f"{unit}.owner1", f"{unit}.head", f"{unit}.coord1")
        return next((self.people[k] for k in keys if k in self.people), None)

    def _actions(self, objective: Objective, row: dict[str, Any]) -> None:
        made = [self._action(objective, action, order) for order, action in enumerate(row.get("action", ()))]
        rows = [source for _action, source in made]
        tied: dict[str, list[list[Any]]] = {
            "objectives": [[objective, *self._also(objective, source)] for source in rows],
            "characteristics": [[self.characteristics[c] for c in row.get("ch", ["mitigation"])] for row in rows],
            "tags": [[self.tags[t] for t in row.get("tags", ()) if t in self.tags] for row in rows],
            "partners": [[self.units[code] for code in row.get("partners", ())] for row in rows],
        }
        records.bulk_create([action for action, _row in made], actor=SYSTEM, many=tied)
        for action, source in made:
            self.actions[f"{objective.plan.code}:{action.code}"] = action
            self.later.append((action, source))

    def _also(self, objective: Objective, source: dict[str, Any]) -> list[Objective]:
        return [self._objective_named(objective, code) for code in source.get("also", ())]

    def _objective_named(self, near: Objective, code: str) -> Objective:
        return self.objectives[code if ":" in code else f"{near.plan.code}:{code}"]

    def _action(self, objective: Objective, row: dict[str, Any], order: int) -> tuple[Action, dict[str, Any]]:
        start, end = (parse_partial(row[name]) if row.get(name) else None for name in ("start", "end"))
        reported = self.today - timedelta(days=row["reported"]) if "reported" in row else None
        number = len(self.actions) + order
        here = DISTRICTS[number % len(DISTRICTS)] if number % 3 == 0 else None
        place = row.get("location") or ({"lon": here[0], "lat": here[1]} if here else None)
        action = Action(
            plan=objective.plan,
            code=row["id"],
            title=text(row["t"]),
            description=text(row["d"]),
            expected_effect=text(row["e"]) if "e" in row else Text(),
            lead=self._unit(row["lead"]),
            sponsor=self._person(row["sponsor"]) if "sponsor" in row else None,
            status=row["status"],
            status_reason=text(row["reason"]) if "reason" in row else Text(),
            status_since=reported,
            phase=row.get("phase", "idea"),
            priority=row.get("priority", "normal"),
            start_on=start.day if start else None,
            start_precision=start.precision.value if start else "day",
            end_on=end.day if end else None,
            end_precision=end.precision.value if end else "day",
            continuous=row.get("continuous", False),
            visibility=row.get("visibility", "public"),
            last_reported_on=reported,
            location={"type": "Point", "coordinates": [place["lon"], place["lat"]]} if place else None,
            order=number,
        )
        action.clean_fields(exclude=["plan", "lead", "sponsor", "merged_into", "superseded_by", "copy_of", "source"])
        return action, row

    def _hang_on(self) -> None:
        """Steps, budget lines, contacts and relations of all actions, in bulk."""
        children: dict[type, list[Any]] = defaultdict(list)
        for action, row in self.later:
            children[Step] += [self._step(action, order, step) for order, step in enumerate(row.get("steps", ()))]
            children[BudgetLine] += [self._budget(action, line) for line in row.get("budget", ())]
            children[ActionContact] += self._contacts(action, row)
            for kind in ("related", "precedes", "blocks"):
                for code in row.get(kind, ()):
                    other = self.actions.get(f"{action.plan.code}:{code}")
                    if other is not None:
                        children[ActionRelation].append(ActionRelation(action=action, other=other, kind=kind))
        for made in children.values():
            records.bulk_create(made, actor=SYSTEM, roots={i: child.action for i, child in enumerate(made)})

    def _step(self, action: Action, order: int, step: list[str]) -> Step:
        due = parse_partial(step[3]) if len(step) > 3 and step[3] else None
        return Step(
            action=action,
            title=text(step[:3]),
            due_on=due.day if due else None,
            due_precision=due.precision.value if due else "day",
            done_on=parse_partial(step[4]).day if len(step) > 4 and step[4] else None,
            order=order,
        )

    def _budget(self, action: Action, line: list[Any]) -> BudgetLine:
        nature, kind, year, unit, amount, *funder = line
        payer = self._unit(funder[0]) if funder and funder[0] else None
        return BudgetLine(action=action, nature=nature, kind=kind, year=year, unit=unit, amount=amount, funder=payer)

    def _contacts(self, action: Action, row: dict[str, Any]) -> list[ActionContact]:
        keys = [
            (row.get("owner", f"{row['lead']}.owner1"), "owner"),
            (row.get("approver", f"{row['lead']}.head"), "approver"),
            *((key, "contributor") for key in row.get("contributors", [f"{row['lead']}.contributor1"])),
        ]
        found: dict[tuple[int, str], ActionContact] = {}
        for key, role in keys:
            person = self.people.get(key) if role == "contributor" else self._person(key)
            if person is not None:
                found[person.pk, role] = ActionContact(action=action, person=person, role=role)
        return list(found.values())

    def _latest_news(self) -> None:
        """What a few owners said lately, so that the site has something to tell."""
        for row in table("news")["rows"]:
            action = self.actions[f"CLIMAT:{row['action']}"]
            action.refresh_from_db()
            contact = action.contacts.filter(role="owner").select_related("person").first()
            assert contact is not None
            values: dict[str, Any] = {"news": text(row["news"])}
            values |= {key: row[key] for key in ("status", "phase") if key in row}
            do.report(action, values, actor=actor_of_person(contact.person, self.today), today=self.today)


def load_demo(today: date) -> dict[str, int]:
    """Load the city and say how much of everything there is."""
    loader = Loader(today)
    loader.load()
    return {"organisations": len(loader.units), "people": len(loader.people), "plans": len(loader.plans),
            "objectives": len(loader.objectives), "actions": len(loader.actions)}  # fmt: skip
