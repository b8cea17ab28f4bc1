"""Writing a draft into the records: new ones in bulk, changed ones field by field, each knowing where it came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.periods import parse_partial
from senne.core.policy import VERBS, Actor
from senne.core.text import as_text
from senne.plan.actions.structure import change_part
from senne.plan.describing import PLAIN, TEXTS
from senne.plan.models import Action, Axis, ImportRun, Objective, Plan, Theme
from senne.plan.naming import Lookup
from senne.plan.reading.difference import DOCUMENT, Difference, FieldChange, Known
from senne.plan.reading.draft import KINDS, PARENT, Draft, Node, Place
from senne.plan.storing_parts import PARTS, link_objectives, write_parts, write_references

MODELS: dict[str, type[Any]] = {"theme": Theme, "axis": Axis, "objective": Objective, "action": Action}
PLURAL = {"theme": "themes", "axis": "axes", "objective": "objectives", "action": "actions"}
_MANY = ("characteristics", "tags", "partners")
_LETTER = {"theme": "T", "axis": "A", "objective": "O", "action": "M"}


@dataclass
class Work:
    """One import while it is written."""

    plan: Plan
    run: ImportRun
    actor: Actor
    lookup: Lookup
    choices: dict[str, str]
    ids: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    taken: dict[str, set[str]] = field(default_factory=dict)
    orders: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)


@transaction.atomic
def store(
    plan: Plan, draft: Draft, difference: Difference, run: ImportRun, lookup: Lookup, *, actor: Actor
) -> dict[str, Any]:
    """Write what is new, then what changed. Returns counts by what was done, and what could not be written ('refused')."""
    work = Work(plan, run, actor, lookup, dict(run.choices))
    work.ids = {key: known.id for key, known in difference.matched.items()}
    work.codes = {key: known.code for key, known in difference.matched.items()}
    parents = {child.key: node for node in draft.root.walk() for child in node.children}
    new = {node.key for node in difference.new}
    with records.in_one_go():
        for kind, model in MODELS.items():
            work.taken[kind] = set(model.objects.filter(plan=plan).values_list("code", flat=True))
            work.taken[kind] |= {node.code for node in draft.of(kind) if node.code}
            _create(work, kind, [node for node in draft.of(kind) if node.key in new], parents)
        made = [node for node in draft.root.walk() if node.key in new]
        lookup.forget_references()
        write_references(work, made)
        link_objectives(work, draft)
        for node, known, changes in difference.changed:
            _change(work, node, known, _accepted(work, node, known, changes), parents)
        for node, known, move in difference.moved:
            if _accepted(work, node, known, [move]) and parents[node.key].key in work.ids:
                _move(work, node, known, parents[node.key])
        _remember_unchanged(work, draft, difference, parents)
    found: dict[str, Any] = {key: count for key, count in work.counts.items() if count}
    return {**found, "refused": work.refused} if work.refused else found


# ---- New records --------------------------------------------------------------------------------------------------


def _create(work: Work, kind: str, nodes: list[Node], parents: dict[str, Node]) -> None:
    if not nodes:
        return
    made = [_new_record(work, kind, node, parents[node.key], order) for order, node in enumerate(nodes)]
    many = _many(work, nodes, parents) if kind == "action" else None
    records.bulk_create(made, actor=work.actor, reason=work.run.file_name, many=many)
    for node, record in zip(nodes, made, strict=True):
        work.ids[node.key], work.codes[node.key] = record.pk, record.code
        work.counts[f"{PLURAL[kind]}_created"] += 1
    if kind == "action":
        write_parts(work, list(zip(nodes, made, strict=True)))


def _new_record(work: Work, kind: str, node: Node, parent: Node, order: int) -> Any:
    code, given = _code(work, node, parent)
    values = columns_of(kind, node.fields, work.lookup)
    values |= {"plan": work.plan, "code": code, "code_given": given, "order": order + _first_order(work, kind)}
    if kind in {"objective", "action"}:
        values["extra"] = node.extra
    if kind in {"axis", "objective"}:
        values[f"{PARENT[kind]}_id"] = work.ids[parent.key]
    values |= provenance(work, node, work.codes.get(parent.key, ""))
    record = MODELS[kind](**values)
    record.clean_fields(exclude=[f.name for f in record._meta.concrete_fields if f.is_relation])
    return record


def _first_order(work: Work, kind: str) -> int:
    """New records stand behind those that are there."""
    if kind not in work.orders:
        last = MODELS[kind].objects.filter(plan=work.plan).aggregate(last=Max("order"))["last"]
        work.orders[kind] = 0 if last is None else last + 1
    return work.orders[kind]


def _code(work: Work, node: Node, parent: Node) -> tuple[str, bool]:
    """(code, given by the document): one after the parent's where the document gives none."""
    if node.code:
        return node.code, True
    stem = _LETTER[node.kind] if parent.kind == "plan" else f"{work.codes[parent.key]}."
    number = 1 + next(i for i, child in enumerate(parent.children) if child is node)
    stem = stem if len(stem) < 50 else _LETTER[node.kind]
    while f"{stem}{number}" in work.taken[node.kind]:
        number += 1
    work.taken[node.kind].add(f"{stem}{number}")
    return f"{stem}{number}", False


def _many(work: Work, nodes: list[Node], parents: dict[str, Node]) -> dict[str, list[list[Any]]]:
    """What each new action is tied to, by field."""
    own = {o.pk: o for o in Objective.objects.filter(plan=work.plan)}
    found: dict[str, list[list[Any]]] = {"objectives": [], **{name: [] for name in _MANY}}
    for node in nodes:
        served = [own[work.ids[parents[node.key].key]]]
        for text in node.fields.get("also_serves", []):
            other = work.lookup.referred(Objective, text)
            if other is None:
                other = next((o for o in own.values() if o.code == text), None)
            if other is not None and other.pk not in {o.pk for o in served}:
                served.append(other)
        found["objectives"].append(served)
        for name in _MANY:
            found[name].append(many_records(work, name, node.fields.get(name, [])))
    return found


def many_records(work: Work, name: str, codes: Sequence[str]) -> list[Any]:
    """The records of a list of codes; new tags and characteristics are made."""
    if name == "characteristics":
        return list(work.lookup.characteristics(codes, work.actor))
    if name == "tags":
        return list(work.lookup.tags(codes, work.actor))
    return list(work.lookup.organisations(codes))


def provenance(work: Work, node: Node, under: str) -> dict[str, Any]:
    """Where the record came from, and what was read there: for the next comparison."""
    return {
        "source": work.run.file,
        "source_sheet": node.place.sheet[:200],
        "source_row": node.place.row,
        "source_key": node.key[:120],
        "imported": imported_of(node, under),
    }


def imported_of(node: Node, under: str) -> dict[str, Any]:
    found = {**node.fields, **({"extra": node.extra} if node.extra else {}), "under": under}
    return {str(key): value for key, value in found.items()}


def columns_of(kind: str, fields: dict[str, Any], lookup: Lookup) -> dict[str, Any]:
    """Draft fields as columns of the model (many-to-many ones, references between records and lists left out)."""
    values: dict[str, Any] = {name: as_text(fields[name]) for name in TEXTS[kind] if name in fields}
    empty = {"continuous": False, "location": None, "horizon": None, "target_year": None, "baseline_year": None}
    values |= {name: fields[name] or empty.get(name, fields[name]) for name in PLAIN[kind] if name in fields}
    for name in ("last_reported_on", "status_since", "health_override_until"):
        if name in fields:
            values[name] = parse_partial(fields[name]).day if fields[name] else None
    if fields.get("adopted_on"):
        values["adopted_on"] = parse_partial(fields["adopted_on"]).day
    for name in ("target_value", "baseline_value"):
        if name in fields:
            values[name] = fields[name] or None
    for name in ("start", "end") if kind == "action" else ():
        if name in fields:
            date = parse_partial(fields[name]) if fields[name] else None
            values[f"{name}_on"] = date.day if date else None
            values[f"{name}_precision"] = date.precision.value if date else "day"
    if "lead" in fields:
        organisation = lookup.leader(fields["lead"])
        values["lead"] = organisation
        if kind == "action":
            values["lead_text"] = "" if organisation else fields["lead"]
    for name in ("owner", "sponsor"):
        if name in fields:
            values[name] = lookup.person(fields[name])
    return values


# ---- Changed records ----------------------------------------------------------------------------------------------


def _accepted(work: Work, node: Node, known: Known, changes: list[FieldChange]) -> list[FieldChange]:
    """The changes that are made: those that a person chose, else those in which the document wins."""
    chosen = {c.name: work.choices.get(f"take:{node.kind}:{known.id}:{c.name}", "") for c in changes}
    return [c for c in changes if chosen[c.name] == "theirs" or (c.state == DOCUMENT and chosen[c.name] != "mine")]


def _change(work: Work, node: Node, known: Known, changes: list[FieldChange], parents: dict[str, Node]) -> None:
    taken = {change.name: change.new for change in changes}
    record = MODELS[node.kind].objects.get(pk=known.id)
    if taken and not _may(work, record, "publish" if "visibility" in taken else "edit"):
        work.refused.append(_("%(what)s: you may not change it.") % {"what": f"{known.code} {known.name}"})
        return
    if taken:
        try:
            with transaction.atomic():
                _write_changes(work, record, node, known, taken)
        except ValidationError as error:
            work.refused.append(f"{known.code} {known.name}: {' '.join(error.messages)}"[:500])
            return
        work.counts[f"{PLURAL[node.kind]}_changed"] += 1
    _remember(work, [(record, node, work.codes.get(parents[node.key].key, ""))])


def take_plan_fields(
    plan: Plan, changes: Sequence[FieldChange], run: ImportRun, lookup: Lookup, *, actor: Actor
) -> dict[str, Any]:
    """The plan's own fields, as far as the document wins or a person says so. The organisation stays the plan's."""
    known = Known("plan", plan.pk, plan.code, True, None, "", {})
    work = Work(plan, run, actor, lookup, dict(run.choices))
    accepted = _accepted(work, Node("plan", "plan", Place("", 0)), known, list(changes))
    taken = {change.name: change.new for change in accepted if change.name != "organisation"}
    if not taken:
        return {}
    change_part(plan, columns_of("plan", taken, lookup), actor=actor, reason=run.file_name)
    return {"plans_changed": 1}


def _may(work: Work, record: Any, verb: str) -> bool:
    """Whoever may import into a plan may still not change an action that another house leads."""
    return VERBS[verb](work.actor, record.subject()) or VERBS["shape"](work.actor, record.subject())


def _write_changes(work: Work, record: Any, node: Node, known: Known, taken: dict[str, Any]) -> None:
    values = columns_of(node.kind, taken, work.lookup)
    values |= {name: many_records(work, name, taken[name]) for name in _MANY if name in taken}
    if "also_serves" in taken:
        own = [o for o in record.objectives.all() if o.pk == known.parent]
        others = (work.lookup.referred(Objective, text) for text in taken["also_serves"])
        values["objectives"] = [*own, *(o for o in others if o is not None)]
    if "extra" in taken:
        values["extra"] = taken["extra"]
    records.update(record, values, actor=work.actor, verb="import", reason=work.run.file_name)
    if node.kind == "action":
        write_parts(work, [(node, record)], only=[name for name in PARTS if name in taken])
    write_references(work, [node], only=set(taken))


def _move(work: Work, node: Node, known: Known, parent: Node) -> None:
    record = MODELS[node.kind].objects.get(pk=known.id)
    if node.kind == "action":
        kept = [o for o in record.objectives.all() if o.pk != known.parent]
        values: dict[str, Any] = {"objectives": [Objective.objects.get(pk=work.ids[parent.key]), *kept]}
    else:
        values = {parent.kind: MODELS[parent.kind].objects.get(pk=work.ids[parent.key])}
    if not _may(work, record, "shape"):
        work.refused.append(_("%(what)s: you may not change it.") % {"what": f"{known.code} {known.name}"})
        return
    records.update(record, values, actor=work.actor, verb="import", reason=work.run.file_name)
    work.counts[f"{PLURAL[node.kind]}_moved"] += 1
    _remember(work, [(record, node, work.codes.get(parent.key, ""))])


def _remember(work: Work, found: Sequence[tuple[Any, Node, str]]) -> None:
    """What the document says is what the next one is compared with, whoever won this time."""
    for record, node, under in found:
        record.imported = imported_of(node, under)
        record.source, record.source_row = work.run.file, node.place.row
        record.source_sheet, record.source_key = node.place.sheet[:200], node.key[:120]
    if found:
        names = ["imported", "source", "source_sheet", "source_row", "source_key"]
        type(found[0][0])._default_manager.bulk_update([record for record, _n, _u in found], names, batch_size=200)


def _remember_unchanged(work: Work, draft: Draft, difference: Difference, parents: dict[str, Node]) -> None:
    """Records that agree with the document learn what it says, so that a later edit of either is known for what it is."""
    done = {node.key for node, _known, _changes in difference.changed}
    for kind in KINDS if not draft.own else ():
        learning = {}
        for node in draft.of(kind):
            known = difference.matched.get(node.key)
            under = work.codes.get(parents[node.key].key, "")
            if known is not None and node.key not in done and known.imported != imported_of(node, under):
                learning[known.id] = (node, under)
        there = MODELS[kind].objects.in_bulk(list(learning))
        _remember(work, [(there[pk], node, under) for pk, (node, under) in learning.items()])
