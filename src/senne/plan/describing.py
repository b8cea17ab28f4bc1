"""Records as fields: the form in which a plan goes out, and in which a document's fields are compared with what stands.

Empty fields are left out, so that two descriptions are equal exactly where they say the same. References are codes: of an
organisation, of a record of the same plan ('A1'), or of another plan ('REGION:A1').
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from senne.core.models import Organisation, Person
from senne.core.periods import partial
from senne.plan.models import Action, Axis, Objective, Plan, Theme
from senne.plan.reading.difference import Known
from senne.plan.reading.draft import NAME_OF
from senne.plan.reading.sound import budget_order

Fields = dict[str, Any]
TEXTS = {
    "plan": ("name", "description"),
    "theme": ("name", "description"),
    "axis": ("name", "description"),
    "objective": ("statement", "description", "target_quantity"),
    "action": ("title", "description", "expected_effect", "status_reason", "news", "health_override_reason"),
}
PLAIN = {
    "plan": ("kind", "visibility", "start_year", "end_year", "ageing_after", "stale_after"),
    "theme": ("weight",),
    "axis": ("weight",),
    "objective": ("horizon", "target_unit", "target_year", "baseline_year", "weight", "visibility"),
    "action": (
        "status", "phase", "priority", "visibility", "continuous", "weight", "internal_notes", "health_override", "location",
    ),
}  # fmt: skip
DATES = {
    "plan": ("adopted_on",),
    "objective": ("last_reported_on",),
    "action": ("status_since", "last_reported_on", "health_override_until"),
}
AMOUNTS = {"objective": ("target_value", "baseline_value")}
INTERNAL = {
    "objective": frozenset({"owner"}),
    "action": frozenset({"priority", "internal_notes", "contacts"}),
}
# Everything that an action's description reads: a constant number of queries.
ACTION_PARTS = (
    "characteristics", "tags", "partners", "objectives__plan", "objectives__axis__theme", "steps__assignee", "budget__funder",
    "contacts__person", "links", "documents__file", "relations__other__plan",
)  # fmt: skip
ACTION_JOINS = ("plan", "lead", "sponsor", "merged_into__plan", "superseded_by__plan", "copy_of__plan")


def without_empty(fields: Fields) -> Fields:
    """The fields that say something: no empty texts, lists or dates, and no flag that is off."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}) and value is not False}


def person_text(person: Person | None) -> str:
    """'Name <address>', by which a person is found again; the name alone where there is no address."""
    if person is None:
        return ""
    return f"{person.name} <{person.email}>" if person.email else person.name


def reference(record: Any, plan_id: int | None) -> str:
    """The code of a record of the same plan, 'PLAN:CODE' of one of another plan, '' for none."""
    if record is None:
        return ""
    return str(record.code) if record.plan_id == plan_id else f"{record.plan.code}:{record.code}"


def decimal_text(value: Decimal | None) -> str:
    """'1234.5' for 1234.5000, '' for none."""
    if value is None:
        return ""
    return format(value.normalize(), "f") if value else "0"


def _code(organisation: Organisation | None) -> str:
    return organisation.code if organisation else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _basic(kind: str, record: Any) -> Fields:
    fields: Fields = {name: without_empty(getattr(record, name)) for name in TEXTS[kind]}
    fields |= {name: getattr(record, name) for name in PLAIN[kind]}
    fields |= {name: _iso(getattr(record, name)) for name in DATES.get(kind, ())}
    fields |= {name: decimal_text(getattr(record, name)) for name in AMOUNTS.get(kind, ())}
    return fields


def describe_plan(plan: Plan) -> Fields:
    """A plan's own fields."""
    return without_empty({**_basic("plan", plan), "organisation": plan.organisation.code})


def describe(kind: str, record: Any) -> Fields:
    """A theme, axis, objective or action, with all that hangs on it; its code and its place in the tree left out."""
    fields = _basic(kind, record)
    if kind == "objective":
        fields |= {
            "lead": _code(record.lead),
            "owner": person_text(record.owner),
            "ties": sorted(
                (
                    {"kind": link.kind, "objective": reference(link.other, record.plan_id)}
                    for link in record.links.all()
                ),
                key=lambda tie: (tie["objective"], tie["kind"]),
            ),
            "extra": dict(record.extra),
        }
    elif kind == "action":
        fields |= _action(record)
    return without_empty(fields)


def _action(record: Action) -> Fields:
    lead = record.lead.code if record.lead else record.lead_text
    return {
        "start": record.start.isoformat() if record.start else "",
        "end": record.end.isoformat() if record.end else "",
        "lead": lead,
        "sponsor": person_text(record.sponsor),
        "characteristics": sorted(item.code for item in record.characteristics.all()),
        "tags": sorted(tag.slug for tag in record.tags.all()),
        "partners": sorted(partner.code for partner in record.partners.all()),
        "also_serves": sorted(reference(objective, record.plan_id) for objective in served(record)[1:]),
        "merged_into": reference(record.merged_into, record.plan_id),
        "superseded_by": reference(record.superseded_by, record.plan_id),
        "copy_of": reference(record.copy_of, record.plan_id),
        "extra": dict(record.extra),
        **children_of(record),
    }


def served(action: Action) -> list[Objective]:
    """The objectives that an action serves: those of its own plan first, in the order of the plan."""
    return sorted(action.objectives.all(), key=lambda o: (o.plan_id != action.plan_id, *place_of(o)))


def place_of(objective: Objective) -> tuple[Any, ...]:
    """Where an objective stands in its plan."""
    axis = objective.axis
    theme = axis.theme
    return (theme.order, theme.code, axis.order, axis.code, objective.order, objective.code, objective.pk)


def children_of(record: Action) -> Fields:
    """The lists that hang on an action."""
    return {
        "steps": [
            without_empty(
                {
                    "title": without_empty(step.title),
                    "due": due.isoformat() if (due := partial(step.due_on, step.due_precision)) else "",
                    "done": _iso(step.done_on),
                    "assignee": person_text(step.assignee),
                }
            )
            for step in record.steps.all()
        ],
        "budget": sorted((budget_fields(line) for line in record.budget.all()), key=budget_order),
        "contacts": _sorted(
            {"person": person_text(contact.person), "role": contact.role} for contact in record.contacts.all()
        ),
        "links": [without_empty({"url": link.url, "label": without_empty(link.label)}) for link in record.links.all()],
        "documents": [
            without_empty(
                {
                    "name": document.file.name,
                    "sha256": document.file.sha256,
                    "label": without_empty(document.label),
                    "public": document.public,
                }
            )
            for document in record.documents.all()
        ],
        "relations": _sorted(
            {"kind": relation.kind, "action": reference(relation.other, record.plan_id)}
            for relation in record.relations.all()
        ),
    }


def budget_fields(line: Any) -> Fields:
    """A budget line."""
    return without_empty(
        {
            "year": line.year,
            "nature": line.nature,
            "kind": line.kind,
            "amount": decimal_text(line.amount),
            "unit": line.unit,
            "approximate": line.approximate,
            "funder": _code(line.funder),
            "note": line.note,
        }
    )


def _sorted(items: Iterable[Fields]) -> list[Fields]:
    return sorted(items, key=lambda item: tuple(map(str, item.values())))


def fingerprint(fields: Fields, under: str) -> str:
    """A short mark of everything that a record says: the same mark means that nobody changed it since."""
    text = json.dumps({**fields, "under": under}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


# ---- All records of a plan ----------------------------------------------------------------------------------------


def records_of(plan: Plan) -> dict[str, list[Any]]:
    """Every theme, axis, objective and action of the plan with its parts: a constant number of queries."""
    return {
        "theme": list(Theme.objects.filter(plan=plan)),
        "axis": list(Axis.objects.filter(plan=plan).select_related("theme")),
        "objective": list(
            Objective.objects.filter(plan=plan)
            .select_related("axis__theme", "lead", "owner")
            .prefetch_related("links__other__plan")
        ),
        "action": list(Action.objects.filter(plan=plan).select_related(*ACTION_JOINS).prefetch_related(*ACTION_PARTS)),
    }


def known_plan(plan: Plan) -> Known:
    """The plan itself, as the comparison sees it."""
    fields = describe_plan(plan)
    return Known("plan", plan.pk, plan.code, True, None, str(plan.name), fields, {}, "", fingerprint(fields, ""))


def parent_of(kind: str, record: Any) -> Any:
    """The record under which this one stands: the first objective that an action serves."""
    if kind == "action":
        return next(iter(served(record)), None)
    return {"theme": lambda: None, "axis": lambda: record.theme, "objective": lambda: record.axis}[kind]()


def known_records(plan: Plan) -> list[Known]:
    """Everything of the plan, as the comparison sees it."""
    return [_known(kind, record) for kind, found in records_of(plan).items() for record in found]


def _known(kind: str, record: Any) -> Known:
    parent = parent_of(kind, record)
    fields = describe(kind, record)
    under = reference(parent, record.plan_id)
    written = record.imported.get(NAME_OF[kind]) or getattr(record, NAME_OF[kind])
    return Known(
        kind,
        record.pk,
        record.code,
        record.code_given,
        parent.pk if parent else None,
        written.get("fr") or next(iter(written.values()), ""),
        fields,
        record.imported,
        record.source_key,
        fingerprint(fields, under),
        under,
    )
