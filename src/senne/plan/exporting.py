"""A plan going out, cut to what its reader may see: what goes out can come in again without a difference."""

from __future__ import annotations

from datetime import date
from typing import Any

from senne.core.policy import Actor, can_see_internal
from senne.plan import queries
from senne.plan.columns import MARK
from senne.plan.describing import (
    ACTION_JOINS,
    ACTION_PARTS,
    INTERNAL,
    describe,
    describe_plan,
    fingerprint,
    place_of,
    reference,
    served,
    without_empty,
)
from senne.plan.models import Action, Objective, Plan
from senne.plan.overview import ObjectiveState, objective_states
from senne.plan.reading.exchange_tables import Document, Out, single_table, workbook
from senne.plan.reading.tables import Number as Number

# Of what hangs on an action, the public sees neither who is charged with a step nor the words of a budget's source.
_INTERNAL_IN = {"steps": "assignee", "budget": "note"}
_POINTERS = ("merged_into", "superseded_by", "copy_of")


def plan_document(plan: Plan, actor: Actor, today: date) -> Document:
    """The plan in the form of schema senne-plan/1 (docs/exchange.md): a constant number of queries."""
    export = _Export(plan, actor, today)
    return {
        "schema": MARK,
        "plan": export.plan_fields(),
        "words": export.words(),
        "themes": export.themes(),
        "axes": export.axes(),
        "objectives": export.objectives(),
        "actions": export.actions(),
    }


def plan_workbook(plan: Plan, actor: Actor, today: date, language: str) -> list[Out]:
    """The plan as sheets of a workbook, in the words of its readers."""
    return workbook(plan_document(plan, actor, today), language)


def plan_table(plan: Plan, actor: Actor, today: date) -> Out:
    """The plan as one table, with the codes of the schema."""
    return single_table(plan_document(plan, actor, today))


class _Export:
    """One plan for one reader."""

    def __init__(self, plan: Plan, actor: Actor, today: date) -> None:
        self.plan, self.actor, self.today = plan, actor, today
        self.is_staff = actor.is_staff or actor.person_id is not None
        found = queries.actions(actor).filter(plan=plan)
        self.records = list(found.select_related(*ACTION_JOINS, "plan__organisation").prefetch_related(*ACTION_PARTS))
        self.states = {state.objective.pk: state for state in objective_states(actor, today, plan=plan)}
        linked = Objective.objects.filter(pk__in=self.states).prefetch_related("links__other__plan")
        self.links = {objective.pk: list(objective.links.all()) for objective in linked}
        others = {link.other_id for links in self.links.values() for link in links}
        others |= {o.pk for record in self.records for o in record.objectives.all()}
        self.seen_objectives = set(queries.objectives(actor).filter(pk__in=others).values_list("pk", flat=True))
        self.seen_objectives |= self.states.keys()
        self.seen_actions = self._seen_actions()

    def _seen_actions(self) -> set[int]:
        others = {relation.other_id for record in self.records for relation in record.relations.all()}
        for record in self.records:
            others |= {getattr(record, f"{name}_id") or 0 for name in _POINTERS}
        return set(queries.actions(self.actor).filter(pk__in=others).values_list("pk", flat=True))

    def _mark(self, fields: dict[str, Any], under: str) -> dict[str, str]:
        """The fingerprint of the whole record, for those who may bring the file in again."""
        return {"fingerprint": fingerprint(fields, under)} if self.is_staff else {}

    def plan_fields(self) -> dict[str, Any]:
        fields = describe_plan(self.plan)
        return {"code": self.plan.code, **fields, **self._mark(fields, "")}

    def words(self) -> dict[str, list[dict[str, Any]]]:
        """The tags and characteristics that these actions bear, with their names."""
        kinds = {item.code: item for record in self.records for item in record.characteristics.all()}
        tags = {tag.slug: tag for record in self.records for tag in record.tags.all()}
        return {
            "characteristics": [{"code": code, "name": dict(kinds[code].name)} for code in sorted(kinds)],
            "tags": [{"code": slug, "name": dict(tags[slug].name)} for slug in sorted(tags)],
        }

    def themes(self) -> list[dict[str, Any]]:
        found = queries.themes(self.actor).filter(plan=self.plan).order_by("order", "code")
        return [{"code": t.code, **(fields := describe("theme", t)), **self._mark(fields, "")} for t in found]

    def axes(self) -> list[dict[str, Any]]:
        found = queries.axes(self.actor).filter(plan=self.plan)
        rows = []
        for axis in found.order_by("theme__order", "theme__code", "order", "code"):
            fields = describe("axis", axis)
            rows.append({"code": axis.code, "theme": axis.theme.code, **fields, **self._mark(fields, axis.theme.code)})
        return rows

    def objectives(self) -> list[dict[str, Any]]:
        """The objectives that the reader may see, in the order of the plan."""
        states = sorted(self.states.values(), key=lambda state: place_of(state.objective))
        return [self._objective(state) for state in states]

    def _objective(self, state: ObjectiveState) -> dict[str, Any]:
        record = state.objective
        fields = describe("objective", record)
        kept = self._cut("objective", record, fields)
        seen = {
            reference(link.other, record.plan_id)
            for link in self.links[record.pk]
            if link.other_id in self.seen_objectives
        }
        if "ties" in kept:
            kept["ties"] = [tie for tie in kept["ties"] if tie["objective"] in seen]
        share = state.progress.share
        computed = {"monitored": state.is_monitored, "progress": None if share is None else round(float(share), 4)}
        return {
            "code": record.code,
            "axis": record.axis.code,
            **without_empty(kept),
            **self._mark(fields, record.axis.code),
            "computed": {name: value for name, value in computed.items() if value is not None},
        }

    def _cut(self, kind: str, record: Any, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields without those that are for the house alone."""
        if self.is_staff and can_see_internal(self.actor, record.subject()):
            return dict(fields)
        kept = {name: value for name, value in fields.items() if name not in INTERNAL[kind] and name != "extra"}
        for name, inner in _INTERNAL_IN.items():
            if name in kept:
                kept[name] = [{k: v for k, v in item.items() if k != inner} for item in kept[name]]
        if "documents" in kept:
            kept["documents"] = [item for item in kept["documents"] if item.get("public")]
        if "sponsor" in kept:
            kept["sponsor"] = record.sponsor.name
        return kept

    def actions(self) -> list[dict[str, Any]]:
        """The actions that the reader may see, in the order of the plan; last those whose objectives are hidden."""
        rows = [(self._place(record), self._action(record)) for record in self.records]
        return [fields for _place, fields in sorted(rows, key=lambda row: row[0])]

    def _own(self, record: Action) -> Objective | None:
        """The first objective of this plan that the action serves and the reader may see."""
        return next((o for o in served(record) if o.plan_id == self.plan.pk and o.pk in self.states), None)

    def _place(self, record: Action) -> tuple[Any, ...]:
        own = self._own(record)
        return (own is None, place_of(own) if own else (), record.order, record.code)

    def _action(self, record: Action) -> dict[str, Any]:
        fields = describe("action", record)
        all_served = served(record)
        own = self._own(record)
        kept = self._cut("action", record, fields)
        kept["also_serves"] = sorted(
            reference(o, record.plan_id) for o in all_served if o is not own and o.pk in self.seen_objectives
        )
        self._hide_references(record, kept)
        share = record.progress_permille
        computed = {
            "health": record.health_on(self.today).value,
            "freshness": record.freshness_on(self.today).value,
            "progress": None if share is None else share / 1000,
        }
        return {
            "code": record.code,
            **({"objective": own.code} if own else {}),
            **without_empty(kept),
            **self._mark(fields, reference(all_served[0], record.plan_id) if all_served else ""),
            "computed": {name: value for name, value in computed.items() if value is not None},
        }

    def _hide_references(self, record: Action, kept: dict[str, Any]) -> None:
        """References to actions that the reader may not see are left out."""
        seen = {reference(r.other, record.plan_id) for r in record.relations.all() if r.other_id in self.seen_actions}
        if "relations" in kept:
            kept["relations"] = [item for item in kept["relations"] if item["action"] in seen]
        for name in _POINTERS:
            if getattr(record, f"{name}_id") not in self.seen_actions:
                kept.pop(name, None)
