"""Writing a draft into the records: new ones in bulk, changed ones field by field, each knowing where it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from senne.core import records
from senne.core.periods import parse_partial, partial
from senne.core.policy import Actor
from senne.core.text import as_text
from senne.plan import derive
from senne.plan.models import Action, Axis, BudgetLine, ImportRun, Objective, ObjectiveLink, Plan, Step, Theme
from senne.plan.naming import Lookup
from senne.plan.reading.difference import Difference, Known
from senne.plan.reading.draft import Draft, Node

MODELS: dict[str, type[Any]] = {"theme": Theme, "axis": Axis, "objective": Objective, "action": Action}
NAME = {"theme": "name", "axis": "name", "objective": "statement", "action": "title"}
TEXTS = {
    "theme": ("name", "description"),
    "axis": ("name",),
    "objective": ("statement", "description"),
    "action": ("title", "description", "expected_effect", "status_reason", "news"),
}
PLAIN = {
    "theme": (),
    "axis": (),
    "objective": ("horizon",),
    "action": ("status", "phase", "priority", "visibility", "continuous", "weight", "internal_notes"),
}
LISTS = ("characteristics", "tags", "partners")


# ---- What is stored, as the comparison sees it --------------------------------------------------------------------


def fields_now(kind: str, record: Any) -> dict[str, Any]:
    """The record's fields under the names and in the shapes of a draft node."""
    now: dict[str, Any] = {name: dict(getattr(record, name)) for name in TEXTS[kind]}
    now |= {name: getattr(record, name) for name in PLAIN[kind]}
    now["extra"] = getattr(record, "extra", {})
    if kind != "action":
        return now
    for name in ("start", "end"):
        date = getattr(record, name)
        now[name] = date.isoformat() if date else ""
    now["last_reported_on"] = record.last_reported_on.isoformat() if record.last_reported_on else ""
    now["lead"] = record.lead.code if record.lead else record.lead_text
    now["characteristics"] = sorted(item.code for item in record.characteristics.all())
    now["tags"] = sorted(tag.slug for tag in record.tags.all())
    now["partners"] = sorted(partner.code for partner in record.partners.all())
    now["also_serves"] = _also_serves(record)
    now["steps"] = [step_json(step) for step in record.steps.all()]
    now["budget_lines"] = [budget_json(line) for line in record.budget.all()]
    return now


def _also_serves(action: Action) -> list[str]:
    own = sorted(action.objectives.all(), key=lambda o: (o.plan_id != action.plan_id, o.order, o.pk))
    return sorted(f"{o.plan.code}:{o.code}" for o in own[1:])


def step_json(step: Step) -> dict[str, Any]:
    """A step as it travels in a cell."""
    due = partial(step.due_on, step.due_precision)
    found: dict[str, Any] = {"title": dict(step.title)}
    if due:
        found["due"] = due.isoformat()
    if step.done_on:
        found["done"] = step.done_on.isoformat()
    return found


def budget_json(line: Any) -> dict[str, Any]:
    """A budget line as it travels in a cell."""
    found = {
        "nature": line.nature,
        "kind": line.kind,
        "year": line.year,
        "unit": line.unit,
        "amount": format(line.amount.normalize(), "f"),
        "approximate": line.approximate or None,
        "funder": line.funder.code if line.funder else None,
        "note": line.note or None,
    }
    return {key: value for key, value in found.items() if value not in (None, "")}


def known_records(plan: Plan) -> list[Known]:
    """Everything of the plan, as the comparison sees it: a constant number of queries."""
    actions = (
        Action.objects.filter(plan=plan)
        .select_related("lead")
        .prefetch_related(*LISTS, "objectives__plan", "steps", "budget__funder")
    )
    found: list[Known] = []
    for kind, rows in (
        ("theme", Theme.objects.filter(plan=plan)),
        ("axis", Axis.objects.filter(plan=plan)),
        ("objective", Objective.objects.filter(plan=plan)),
        ("action", actions),
    ):
        found += [_known(kind, record) for record in rows]
    return found


def _known(kind: str, record: Any) -> Known:
    parent = {
        "theme": None,
        "axis": getattr(record, "theme_id", None),
        "objective": getattr(record, "axis_id", None),
    }.get(kind)
    if kind == "action":
        own = [o for o in record.objectives.all() if o.plan_id == record.plan_id] or list(record.objectives.all())
        own.sort(key=lambda o: (o.order, o.pk))
        parent = own[0].pk if own else None
    written = record.imported.get(NAME[kind]) or getattr(record, NAME[kind])
    name = written.get("fr") or next(iter(written.values()), "")
    return Known(
        kind,
        record.pk,
        record.code,
        record.code_given,
        parent,
        name,
        fields_now(kind, record),
        record.imported,
        record.source_key,
    )


# ---- Writing ------------------------------------------------------------------------------------------------------


@dataclass
class _Store:
    """One application of one draft."""

    plan: Plan
    run: ImportRun
    actor: Actor
    lookup: Lookup
    difference: Difference
    ids: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    codes: dict[str, set[str]] = field(default_factory=dict)


def store(plan: Plan, draft: Draft, difference: Difference, run: ImportRun, *, actor: Actor) -> dict[str, int]:
    """Write what is new, then what changed. Returns counts by what was done."""
    work = _Store(plan, run, actor, Lookup([entry.text for entry in draft.legend]), difference)
    work.ids = {key: known.id for key, known in difference.matched.items()}
    for kind, model in MODELS.items():
        work.codes[kind] = set(model.objects.filter(plan=plan).values_list("code", flat=True))
        work.codes[kind] |= {node.code for node in draft.of(kind) if node.code}
    parents = {child.key: node for node in draft.root.walk() for child in node.children}
    new = {node.key for node in difference.new}
    for kind in MODELS:
        _create(work, kind, [node for node in draft.of(kind) if node.key in new], parents)
    _link_same(work, draft)
    for node, known, changes in difference.changed:
        _change(work, node, known, changes)
    for node, known in difference.moved:
        _move(work, node, known, parents[node.key])
    return dict(work.counts)


def _create(work: _Store, kind: str, nodes: list[Node], parents: dict[str, Node]) -> None:
    if not nodes:
        return
    stems = _Stems(work)
    made = []
    for order, node in enumerate(nodes):
        parent = parents[node.key]
        code, given = stems.code(node, parent)
        values = columns_of(kind, node.fields, work.lookup)
        values |= {"plan": work.plan, "code": code, "code_given": given, "order": node.place.row or order}
        if kind in {"objective", "action"}:
            values["extra"] = node.extra
        if kind in {"axis", "objective"}:
            values["theme_id" if kind == "axis" else "axis_id"] = work.ids[parent.key]
        values |= _source(work, node)
        record = MODELS[kind](**values)
        record.clean_fields(exclude=[f.name for f in record._meta.concrete_fields if f.is_relation])
        made.append(record)
    records.bulk_create(made, actor=work.actor, reason=work.run.file_name)
    for node, record in zip(nodes, made, strict=True):
        work.ids[node.key] = record.pk
        work.counts[f"{kind}s_created"] += 1
    if kind == "action":
        _hang_on(work, list(zip(nodes, made, strict=True)), parents)


class _Stems:
    """Codes for records without one, from the code of what they are part of; parents' codes are read once."""

    def __init__(self, work: _Store) -> None:
        self.work = work
        self.known: dict[tuple[str, int], str] = {}

    def code(self, node: Node, parent: Node) -> tuple[str, bool]:
        if node.code:
            return node.code, True
        stem = {"theme": "T", "axis": "A", "objective": "O", "action": "M"}[node.kind]
        if parent.kind != "plan":
            stem = self._of(parent) + "."
        number = 1 + next(i for i, child in enumerate(parent.children) if child is node)
        while f"{stem}{number}" in self.work.codes[node.kind]:
            number += 1
        self.work.codes[node.kind].add(f"{stem}{number}")
        return f"{stem}{number}", False

    def _of(self, parent: Node) -> str:
        key = (parent.kind, self.work.ids[parent.key])
        if key not in self.known:
            rows = MODELS[parent.kind].objects.filter(plan=self.work.plan).values_list("pk", "code")
            self.known.update({(parent.kind, pk): code for pk, code in rows})
        return self.known[key]


def _source(work: _Store, node: Node) -> dict[str, Any]:
    return {
        "source": work.run.file,
        "source_sheet": node.place.sheet[:200],
        "source_row": node.place.row,
        "source_key": node.key[:120],
        "imported": records.as_json(canonical(node, work.lookup)),
    }


def canonical(node: Node, lookup: Lookup) -> dict[str, Any]:
    """The node's fields in the shapes of `fields_now`, so that the next comparison compares like with like."""
    found = dict(node.fields)
    for name, resolve in (
        ("characteristics", lookup.characteristic_codes),
        ("tags", lookup.tag_slugs),
        ("partners", lookup.organisation_codes),
    ):
        if name in found:
            found[name] = sorted(resolve(found[name]))
    if "lead" in found:
        organisation = lookup.organisation(found["lead"])
        found["lead"] = organisation.code if organisation else found["lead"][:500]
    if "also_serves" in found:
        found["also_serves"] = sorted(found["also_serves"])
    if node.extra:
        found["extra"] = node.extra
    return found


def columns_of(kind: str, fields: dict[str, Any], lookup: Lookup) -> dict[str, Any]:
    """Draft fields as columns of the model (many-to-many ones and children left out)."""
    values: dict[str, Any] = {name: as_text(fields[name]) for name in TEXTS[kind] if name in fields}
    values |= {name: fields[name] for name in PLAIN[kind] if name in fields}
    if kind == "action":
        for name in ("start", "end"):
            if name in fields:
                date = parse_partial(fields[name]) if fields[name] else None
                values[f"{name}_on"] = date.day if date else None
                values[f"{name}_precision"] = date.precision.value if date else "day"
        if fields.get("last_reported_on"):
            values["last_reported_on"] = parse_partial(fields["last_reported_on"]).day
        if "lead" in fields:
            organisation = lookup.organisation(fields["lead"])
            values["lead"] = organisation
            values["lead_text"] = "" if organisation else fields["lead"][:500]
    return values


def _hang_on(work: _Store, pairs: list[tuple[Node, Action]], parents: dict[str, Node]) -> None:
    """Objectives, characteristics, tags, partners, steps and budget lines of new actions, in bulk."""
    through: dict[str, list[Any]] = defaultdict(list)
    for node, action in pairs:
        objectives = [
            work.ids[parents[node.key].key],
            *work.lookup.objective_ids(node.fields.get("also_serves", [])),
        ]
        through["objectives"] += [
            _link(Action.objectives.through, action, "objective_id", pk) for pk in dict.fromkeys(objectives)
        ]
        for name, resolve, column in (
            ("characteristics", work.lookup.characteristics, "characteristic_id"),
            ("tags", work.lookup.tags, "tag_id"),
            ("partners", work.lookup.organisations, "organisation_id"),
        ):
            model = getattr(Action, name).through
            found = resolve(node.fields.get(name, []))
            through[name] += [
                _link(model, action, column, item.pk) for item in {item.pk: item for item in found}.values()
            ]
    for name, links in through.items():
        getattr(Action, name).through.objects.bulk_create(links, batch_size=300)
    by_action = {action.pk: action for _node, action in pairs}
    steps = [s for node, action in pairs for s in steps_of(action, node.fields.get("steps", []))]
    lines = [line for node, action in pairs for line in _lines_of(action, node, work.lookup)]
    for children in (steps, lines):
        roots = {index: by_action[child.action_id] for index, child in enumerate(children)}
        records.bulk_create(children, actor=work.actor, roots=roots)
    derive.refresh_actions(by_action)


def _link(model: Any, action: Action, column: str, pk: int) -> Any:
    return model(action_id=action.pk, **{column: pk})


def steps_of(action: Action, steps: Iterable[dict[str, Any]]) -> list[Step]:
    """Steps from their travelling form."""
    made = []
    for order, step in enumerate(steps):
        due = parse_partial(step["due"]) if step.get("due") else None
        done = parse_partial(step["done"]).day if step.get("done") else None
        made.append(
            Step(
                action=action,
                title=as_text(step["title"]),
                due_on=due.day if due else None,
                due_precision=due.precision.value if due else "day",
                done_on=done,
                order=order,
            )
        )
    return made


def _lines_of(action: Action, node: Node, lookup: Lookup) -> list[Any]:
    lines = [
        BudgetLine(
            action=action,
            nature=line.get("nature", ""),
            kind=line.get("kind", "planned"),
            year=line.get("year"),
            unit=line.get("unit", "EUR"),
            amount=line["amount"],
            approximate=bool(line.get("approximate")),
            funder=lookup.organisation(line.get("funder", "")),
            note=line.get("note", ""),
        )
        for line in node.fields.get("budget_lines", [])
    ]
    if budget := node.fields.get("budget"):
        lines.append(
            BudgetLine(
                action=action,
                kind="planned",
                amount=budget["amount"],
                approximate=budget["approximate"],
                note=budget["raw"][:300],
            )
        )
    return lines


def _link_same(work: _Store, draft: Draft) -> None:
    for node in draft.of("objective"):
        if node.same_as and node.same_as in work.ids and node.key in work.ids:
            one, other = work.ids[node.key], work.ids[node.same_as]
            if one != other and not ObjectiveLink.objects.filter(objective_id=one, other_id=other).exists():
                values = {"objective_id": one, "other_id": other, "kind": "same_as"}
                records.create(ObjectiveLink, values, actor=work.actor, root=Objective.objects.get(pk=one))


def _change(work: _Store, node: Node, known: Known, changes: list[Any]) -> None:
    record = MODELS[node.kind].objects.get(pk=known.id)
    taken = {c.name: c.new for c in changes if c.state == "theirs" or _chosen(work, node, known, c.name)}
    if not taken:
        return
    values = columns_of(node.kind, taken, work.lookup)
    if "extra" in taken:
        values["extra"] = taken["extra"]
    for name, resolve in (
        ("characteristics", work.lookup.characteristics),
        ("tags", work.lookup.tags),
        ("partners", work.lookup.organisations),
    ):
        if name in taken:
            values[name] = resolve(taken[name])
    imported = {**record.imported, **records.as_json(canonical(node, work.lookup))}
    records.update(record, values, actor=work.actor, verb="import", reason=work.run.file_name)
    type(record).objects.filter(pk=record.pk).update(imported=imported, source=work.run.file, source_row=node.place.row)
    for name, build in (("steps", _replace_steps), ("budget_lines", _replace_lines)):
        if name in taken:
            build(work, record, node)
    work.counts[f"{node.kind}s_changed"] += 1


def _replace_steps(work: _Store, record: Action, node: Node) -> None:
    for step in record.steps.all():
        records.delete(step, actor=work.actor, root=record)
    made = steps_of(record, node.fields["steps"])
    records.bulk_create(made, actor=work.actor, roots=dict.fromkeys(range(len(made)), record))


def _replace_lines(work: _Store, record: Action, node: Node) -> None:
    for line in record.budget.all():
        records.delete(line, actor=work.actor, root=record)
    made = _lines_of(record, node, work.lookup)
    records.bulk_create(made, actor=work.actor, roots=dict.fromkeys(range(len(made)), record))


def _chosen(work: _Store, node: Node, known: Known, name: str) -> bool:
    return work.run.choices.get(f"take:{node.kind}:{known.id}:{name}") == "theirs"


def _move(work: _Store, node: Node, known: Known, parent: Node) -> None:
    record = MODELS[node.kind].objects.get(pk=known.id)
    if node.kind == "action":
        kept = [o for o in record.objectives.all() if o.pk != known.parent]
        values: dict[str, Any] = {"objectives": [Objective.objects.get(pk=work.ids[parent.key]), *kept]}
    else:
        above = MODELS[parent.kind].objects.get(pk=work.ids[parent.key])
        values = {parent.kind: above}
    records.update(record, values, actor=work.actor, verb="import", reason=work.run.file_name)
    work.counts[f"{node.kind}s_moved"] += 1
