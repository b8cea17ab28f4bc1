"""A draft in a form that tests can write down."""

from __future__ import annotations

from typing import Any

from senne.plan.importers.base import read_document
from senne.plan.reading.draft import Draft, Node
from senne.plan.reading.structure import read_draft


def draft_of(content: bytes, name: str = "plan.xlsx") -> Draft:
    return read_draft(read_document(content, name).sheets, name.rsplit(".", 1)[0])


def outline(draft: Draft) -> dict[str, dict[str, list[str]]]:
    """axis → objective → actions, by code and text; what the reader had to make up is '–'."""
    found: dict[str, dict[str, list[str]]] = {}
    for axis in draft.of("axis"):
        objectives = found.setdefault(_label(axis), {})
        for objective in axis.children:
            objectives[_label(objective)] = [_label(action) for action in objective.children]
    return found


def themes(draft: Draft) -> list[str]:
    return [_label(theme) for theme in draft.of("theme")]


def _label(node: Node) -> str:
    return "–" if node.made else node.label


def action(draft: Draft, start: str) -> dict[str, Any]:
    """The fields of the action whose title begins so, its other columns among them."""
    node = next(node for node in draft.of("action") if next(iter(node.name.values())).startswith(start))
    return {**node.fields, "code": node.code, "extra": node.extra}


def left(draft: Draft) -> list[tuple[str, str]]:
    """What the reader lists, by kind and text."""
    return [(oddity.code, oddity.found) for oddity in draft.oddities]
