"""What hangs on a record, and what points from one record to another: written after the records themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from senne.core import records
from senne.core.periods import parse_partial
from senne.core.text import as_text
from senne.plan.actions.fate import merge_action, supersede_action
from senne.plan.actions.ties import relate, tie_objectives
from senne.plan.describing import children_of
from senne.plan.models import (
    Action,
    ActionContact,
    ActionDocument,
    ActionLink,
    BudgetLine,
    Objective,
    ObjectiveLink,
    Step,
)
from senne.plan.naming import Lookup
from senne.plan.reading.draft import Draft, Node
from senne.plan.words import ObjectiveLinkKind, RelationKind

if TYPE_CHECKING:
    from senne.plan.storing import Work

Item = dict[str, Any]


# ---- Lists --------------------------------------------------------------------------------------------------------


def _step(item: Item, order: int, lookup: Lookup) -> Item:
    due = parse_partial(item["due"]) if item.get("due") else None
    return {
        "title": as_text(item["title"]),
        "due_on": due.day if due else None,
        "due_precision": due.precision.value if due else "day",
        "done_on": parse_partial(item["done"]).day if item.get("done") else None,
        "assignee": lookup.person(item.get("assignee", "")),
        "order": order,
    }


def _line(item: Item, _order: int, lookup: Lookup) -> Item:
    return {
        "nature": item.get("nature", ""),
        "kind": item.get("kind", "planned"),
        "year": item.get("year"),
        "unit": item.get("unit", "EUR"),
        "amount": item["amount"],
        "approximate": bool(item.get("approximate")),
        "funder": lookup.organisation(item.get("funder", "")),
        "note": item.get("note", ""),
    }


def _contact(item: Item, _order: int, lookup: Lookup) -> Item:
    return {"person": lookup.person(item["person"]), "role": item["role"]}


def _link(item: Item, _order: int, _lookup: Lookup) -> Item:
    return {"url": item["url"], "label": as_text(item.get("label"))}


def _document(item: Item, _order: int, lookup: Lookup) -> Item:
    return {
        "file": lookup.document_file(item),
        "label": as_text(item.get("label")),
        "public": bool(item.get("public")),
    }


# field → (model, the related name, values of one item, what makes two items the same one)
PARTS: dict[str, tuple[type[Any], str, Callable[[Item, int, Lookup], Item], Callable[[Item], Any]]] = {
    "steps": (Step, "steps", _step, lambda item: item.get("title")),
    "budget": (
        BudgetLine,
        "budget",
        _line,
        lambda item: [item.get(k) for k in ("year", "nature", "kind", "unit", "funder")],
    ),
    "contacts": (ActionContact, "contacts", _contact, lambda item: [item.get("person"), item.get("role")]),
    "links": (ActionLink, "links", _link, lambda item: item.get("url")),
    "documents": (ActionDocument, "documents", _document, lambda item: item.get("sha256")),
}


def write_parts(work: Work, pairs: Sequence[tuple[Node, Any]], only: Iterable[str] | None = None) -> None:
    """The lists of these actions: in bulk for new ones; for changed ones (`only` names the lists) one by one."""
    for name, (model, related, values_of, same) in PARTS.items():
        if only is None:
            made = [
                (action, model(action=action, **values_of(item, order, work.lookup)))
                for node, action in pairs
                for order, item in enumerate(node.fields.get(name, []))
            ]
            roots = {index: action for index, (action, _child) in enumerate(made)}
            records.bulk_create([child for _action, child in made], actor=work.actor, roots=roots)
        elif name in set(only):
            for node, action in pairs:
                _sync(work, action, name, model, related, node.fields.get(name, []), values_of, same)


def _sync(
    work: Work,
    action: Action,
    name: str,
    model: type[Any],
    related: str,
    wanted: list[Item],
    values_of: Callable[[Item, int, Lookup], Item],
    same: Callable[[Item], Any],
) -> None:
    """Make the list what the document says: what is the same one is changed, the rest added or taken away."""
    there = list(zip(getattr(action, related).all(), children_of(action)[name], strict=True))
    for order, item in enumerate(wanted):
        match = next((pair for pair in there if pair[1] == item), None) or next(
            (pair for pair in there if same(pair[1]) == same(item) and pair[1] not in wanted), None
        )
        values = values_of(item, order, work.lookup)
        if match is None:
            records.create(model, {**values, "action": action}, actor=work.actor, root=action)
        else:
            there.remove(match)
            records.update(match[0], values, actor=work.actor, verb="import", root=action)
    for child, _item in there:
        records.delete(child, actor=work.actor, root=action)


# ---- From one record to another -----------------------------------------------------------------------------------


def write_references(work: Work, nodes: Iterable[Node], only: set[str] | None = None) -> None:
    """Relations between actions, ties between objectives, what merged into or replaced what."""
    for node in nodes:
        wanted = {name for name in _REFERENCES if name in node.fields and (only is None or name in only)}
        if not wanted or node.key not in work.ids:
            continue
        model = Action if node.kind == "action" else Objective
        record = model.objects.get(pk=work.ids[node.key])
        for name in sorted(wanted):
            try:
                _REFERENCES[name](work, record, node.fields[name])
            except ValidationError as error:
                work.refused.append(f"{record.code} {record}: {' '.join(error.messages)}"[:500])


def _relations(work: Work, action: Action, wanted: list[Item]) -> None:
    there = {(relation.kind, relation.other_id): relation for relation in action.relations.all()}
    for item in wanted:
        other = work.lookup.referred(Action, item["action"])
        if other is not None and there.pop((item["kind"], other.pk), None) is None:
            relate(action, other, RelationKind(item["kind"]), actor=work.actor)
    for relation in there.values():
        records.delete(relation, actor=work.actor, root=action)


def _ties(work: Work, objective: Objective, wanted: list[Item]) -> None:
    there = {link.other_id: link for link in objective.links.all()}
    for item in wanted:
        other = work.lookup.referred(Objective, item["objective"])
        link = there.pop(other.pk, None) if other is not None else None
        if link is not None:
            records.update(link, {"kind": item["kind"]}, actor=work.actor, verb="import", root=objective)
        elif other is not None:
            tie_objectives(objective, other, actor=work.actor, kind=ObjectiveLinkKind(item["kind"]))
    for link in there.values():
        records.delete(link, actor=work.actor, root=objective)


def _merged(work: Work, action: Action, text: str) -> None:
    other = work.lookup.referred(Action, text)
    if other is not None and action.merged_into_id != other.pk:
        merge_action(action, other, actor=work.actor, reason=work.run.file_name)


def _superseded(work: Work, action: Action, text: str) -> None:
    other = work.lookup.referred(Action, text)
    if other is not None and action.superseded_by_id != other.pk:
        supersede_action(action, other, actor=work.actor, reason=work.run.file_name)


def _copied(work: Work, action: Action, text: str) -> None:
    other = work.lookup.referred(Action, text)
    if other is not None and action.copy_of_id != other.pk:
        records.update(action, {"copy_of": other}, actor=work.actor, verb="import", reason=work.run.file_name)


_REFERENCES: dict[str, Callable[[Work, Any, Any], None]] = {
    "relations": _relations,
    "ties": _ties,
    "merged_into": _merged,
    "superseded_by": _superseded,
    "copy_of": _copied,
}


def link_objectives(work: Work, draft: Draft) -> None:
    """Objectives that the document repeats, and that a person left apart, are tied as the same."""
    for node in draft.of("objective"):
        if not node.same_as or node.same_as not in work.ids or node.key not in work.ids:
            continue
        one, other = work.ids[node.key], work.ids[node.same_as]
        if one != other and not ObjectiveLink.objects.filter(objective_id=one, other_id=other).exists():
            root = Objective.objects.get(pk=one)
            values = {"objective": root, "other": Objective.objects.get(pk=other), "kind": "same_as"}
            records.create(ObjectiveLink, values, actor=work.actor, root=root)
