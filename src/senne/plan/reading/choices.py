"""What a person chose, done to the draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy

from senne.plan.reading.anomalies import Anomaly, halves
from senne.plan.reading.draft import Draft, Node
from senne.plan.reading.structure import TEXT_OF, shorten


def apply_choices(draft: Draft, anomalies: Sequence[Anomaly], chosen: Mapping[str, str]) -> Draft:
    """A new draft with every choice made; where nothing was chosen, the default. Unknown choices count as default."""
    result = deepcopy(draft)
    nodes = {node.key: node for node in result.root.walk()}
    parents = {child.key: node for node in result.root.walk() for child in node.children}
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
        elif choice == "merge":
            for other in here[1:]:
                here[0].children += other.children
                parents[other.key].children.remove(other)
        elif choice == "renumber":
            for number, node in enumerate(here[1:], 2):
                node.code = f"{node.code}-{number}"
    return result


def _to_action(node: Node, parent: Node, drop: bool) -> None:
    """The objective's text as an action: of the objective above it (which then takes its place), or of itself."""
    title, long = shorten(node.name)
    made = Node(
        "action",
        f"{node.key}/action1",
        node.place,
        "",
        {"title": title} | ({"description": long} if long else {}),
    )
    before = parent.children[: parent.children.index(node)]
    if drop and before:
        before[-1].children.append(made)
        parent.children.remove(node)
    else:
        node.children.append(made)


def _split(node: Node, parent: Node) -> None:
    """'A / B' as two records: A keeps its place and children, B follows."""
    name = TEXT_OF[node.kind]
    whole = "description" if node.kind == "action" and "description" in node.fields else name
    texts: dict[str, str] = node.fields[whole]
    parts = {code: halves(text) for code, text in texts.items()}
    count = min(len(found) for found in parts.values())
    made = []
    for number in range(count):
        text = {code: found[number] for code, found in parts.items()}
        fields = {k: v for k, v in node.fields.items() if k not in {name, "description"}}
        if node.kind == "action":
            title, long = shorten(text)
            fields |= {"title": title} | ({"description": long} if long else {})
        else:
            fields[name] = text
        key = node.key if number == 0 else f"{node.key}+{number}"
        made.append(Node(node.kind, key, node.place, node.code if number == 0 else "", fields, dict(node.extra)))
    made[0].children = node.children
    place = parent.children.index(node)
    parent.children[place : place + 1] = made
