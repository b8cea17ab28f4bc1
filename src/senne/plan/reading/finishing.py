"""When all rows are read: names for what the document does not name, codes that restart, titles that fit on a line."""

from __future__ import annotations

import re
from collections import defaultdict

from senne.plan.reading.codes import LONGEST
from senne.plan.reading.draft import KINDS, NAME_OF, Draft, Node
from senne.plan.reading.filling import with_short_title

NOT_SAID = {
    "axis": {"fr": "Axe unique", "nl": "Enige as", "en": "Single axis"},
    "objective": {
        "fr": "Objectif non précisé dans le document",
        "nl": "Doelstelling niet vermeld in het document",
        "en": "Objective not stated in the document",
    },
}
_SHORT = re.compile(r"^(?:\d{1,3}[a-z]?|[A-Za-z]|[IVX]{1,5})$")
_LETTER = {"theme": "T", "axis": "A", "objective": "O", "action": "M"}


def finish(draft: Draft, title: str) -> None:
    """Make the draft whole: every node has a name, and codes that restart are told apart by what they stand under."""
    draft.root.fields["name"] = {draft.language: title or "–"}
    name_parts(draft)
    for node in draft.of("action"):
        with_short_title(node)
    for kind in ("axis", "objective", "action"):
        _tell_apart(draft, kind)


def name_parts(draft: Draft) -> None:
    """Give every theme, axis, objective and action that has no name one."""
    for kind in KINDS:
        for node in draft.of(kind):
            if not node.name:
                node.fields[NAME_OF[kind]] = _name(draft, node)


def _name(draft: Draft, node: Node) -> dict[str, str]:
    """A name for what has none: its code, else the plan's for a theme, else words that say so."""
    if node.code:
        return {draft.language: node.code}
    return dict(NOT_SAID.get(node.kind) or draft.root.fields["name"])


def _tell_apart(draft: Draft, kind: str) -> None:
    """'1' under axis A and '1' under axis B become 'A.1' and 'B.1', where numbering restarts."""
    parents = {child.key: node for node in draft.root.walk() for child in node.children}
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in draft.of(kind):
        if node.code:
            groups[node.code].append(node)
    restarting = {
        code
        for code, nodes in groups.items()
        if _SHORT.match(code) and len({parents[node.key].key for node in nodes}) == len(nodes) > 1
    }
    if not restarting:
        return
    for code, nodes in groups.items():
        if not _SHORT.match(code):
            continue
        for node in nodes:
            told = f"{_stem(parents[node.key], parents)}.{code}"
            if len(told) <= LONGEST:
                node.code = told
                draft.odd("renumbered", node.place, found=f"{code} → {told}")


def _stem(node: Node, parents: dict[str, Node]) -> str:
    if node.code:
        return node.code
    above = parents.get(node.key)
    own = (
        f"{_LETTER[node.kind]}{1 + next(i for i, child in enumerate(above.children) if child is node)}" if above else ""
    )
    return own if above is None or above.kind == "plan" else f"{_stem(above, parents)}.{own}"
