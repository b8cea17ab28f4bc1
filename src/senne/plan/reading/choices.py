"""What a person chose, done to the draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from senne.plan.reading.anomalies import Anomaly, halves, main_field
from senne.plan.reading.draft import NAME_OF, Draft, Node
from senne.plan.reading.filling import shorten

# What both halves of a split cell may say; money, steps and the like belong to one of them.
_SHARED = frozenset({
    "lead", "partners", "start", "end", "continuous", "status", "phase", "priority", "characteristics", "tags",
    "sponsor", "visibility", "weight", "horizon",
})  # fmt: skip


def apply_choices(draft: Draft, anomalies: Sequence[Anomaly], chosen: Mapping[str, str]) -> Draft:
    """A new draft with every choice made; where nothing was chosen, the default. Unknown choices count as default."""
    result = deepcopy(draft)
    nodes = {node.key: node for node in result.root.walk()}
    parents = {child.key: node for node in result.root.walk() for child in node.children}
    codes = {(node.kind, node.code) for node in nodes.values() if node.code}
    for anomaly in anomalies:
        choice = chosen.get(anomaly.id, anomaly.default)
        choice = choice if choice in anomaly.choices else anomaly.default
        here = [nodes[key] for key in anomaly.keys if key in nodes]
        if choice in {"make_action", "both"}:
            _to_action(here[0], parents[here[0].key], drop=choice == "make_action")
        elif choice == "split":
            _split(here[0], parents[here[0].key])
        elif choice == "keep_linked":
            for other in here[1:]:
                other.same_as = here[0].key
        elif choice in {"merge", "merge_actions"}:
            for other in here[1:]:
                _merge(here[0], other, parents)
        elif choice == "renumber":
            _renumber(here[1:], codes)
    return result


def _renumber(nodes: Sequence[Node], codes: set[tuple[str, str]]) -> None:
    for node in nodes:
        number = 2
        while (node.kind, f"{node.code}-{number}") in codes:
            number += 1
        node.code = f"{node.code}-{number}"
        codes.add((node.kind, node.code))


def _merge(kept: Node, other: Node, parents: dict[str, Node]) -> None:
    """One record of two: the first keeps its texts, what the second says otherwise is kept beside it."""
    for field, value in other.fields.items():
        if field not in kept.fields:
            kept.fields[field] = value
        elif kept.fields[field] != value:
            kept.keep(f"{field} ({other.place.row})", _text(value))
    for column, text in other.extra.items():
        kept.keep(column, text)
    for child in other.children:
        parents[child.key] = kept
    kept.children += other.children
    parents[other.key].children.remove(other)


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return " | ".join(map(str, value.values()))
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _to_action(node: Node, parent: Node, drop: bool) -> None:
    """The objective's text as an action: of the objective above it (which then takes its place), or of itself."""
    title, long = shorten(node.name)
    fields = {"title": title} | ({"description": long} if long else {})
    made = Node("action", f"{node.key}/action1", node.place, "", fields)
    before = parent.children[: parent.children.index(node)]
    if drop and before:
        made.code, made.extra = node.code, dict(node.extra)
        for field, value in node.fields.items():
            if field != "statement":
                made.keep(field, _text(value))
        before[-1].children.append(made)
        parent.children.remove(node)
    else:
        node.children.append(made)


def _split(node: Node, parent: Node) -> None:
    """'A / B' as two records: A keeps its place, children, money and steps; B follows."""
    name, whole = NAME_OF[node.kind], main_field(node)
    parts = {code: halves(text) for code, text in node.fields[whole].items()}
    if len({len(found) for found in parts.values()}) > 1:
        return  # the languages do not agree on where to cut
    count = len(next(iter(parts.values())))
    made = []
    for number in range(count):
        text = {code: found[number] for code, found in parts.items()}
        dropped = {name, whole}
        fields = {k: v for k, v in node.fields.items() if k not in dropped and (number == 0 or k in _SHARED)}
        if node.kind == "action":
            title, long = shorten(text)
            fields |= {"title": title} | ({"description": long} if long else {})
        else:
            fields[name] = text
        key = node.key if number == 0 else f"{node.key}+{number}"
        code, extra = (node.code, node.extra) if number == 0 else ("", {})
        made.append(Node(node.kind, key, node.place, code, fields, dict(extra)))
    made[0].children = node.children
    place = parent.children.index(node)
    parent.children[place : place + 1] = made
