"""What a document would change: compared three ways, with what is stored and with what the last import wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from senne.plan.columns import fold
from senne.plan.reading.draft import Draft, Node

SIMILAR = 85


@dataclass(frozen=True)
class Known:
    """A stored record as this comparison sees it: `now` its fields, `imported` what the last import wrote (by field)."""

    kind: str
    id: int
    code: str
    code_given: bool
    parent: int | None
    name: str
    now: dict[str, Any]
    imported: dict[str, Any] = field(default_factory=dict)
    source_key: str = ""


@dataclass(frozen=True)
class FieldChange:
    """One field: `state` is 'theirs' (only the document changed), or 'conflict' (a person changed it too)."""

    name: str
    now: Any
    new: Any
    state: str


@dataclass
class Difference:
    """Matched nodes (by key) with their records, what is new, changed field by field, moved, and gone."""

    matched: dict[str, Known] = field(default_factory=dict)
    new: list[Node] = field(default_factory=list)
    changed: list[tuple[Node, Known, list[FieldChange]]] = field(default_factory=list)
    moved: list[tuple[Node, Known]] = field(default_factory=list)
    gone: list[Known] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.moved or self.gone)


def compare(draft: Draft, known: Sequence[Known]) -> Difference:
    """Match by code where the document gave it, then by exact text, then by likeness; compare what is matched."""
    result = Difference()
    parents = {child.key: node for node in draft.root.walk() for child in node.children}
    for kind in ("theme", "axis", "objective", "action"):
        nodes, records = draft.of(kind), [record for record in known if record.kind == kind]
        taken = _match(nodes, records, result, parents)
        result.gone += [record for record in records if record.id not in taken]
        for node in nodes:
            record = result.matched.get(node.key)
            if record is None:
                result.new.append(node)
                continue
            changes = field_changes(node, record)
            if changes:
                result.changed.append((node, record, changes))
            above = result.matched.get(parents[node.key].key)
            if kind != "theme" and (above is None or above.id != record.parent) and record.parent is not None:
                result.moved.append((node, record))
    return result


def _match(nodes: list[Node], records: list[Known], result: Difference, parents: dict[str, Node]) -> set[int]:
    taken: set[int] = set()

    def take(node: Node, record: Known) -> None:
        result.matched[node.key] = record
        taken.add(record.id)

    by_code = {record.code: record for record in records}
    for node in nodes:
        record = by_code.get(node.code) if node.code else None
        if record is not None and record.id not in taken:
            take(node, record)
    _by_text(nodes, records, result, taken, take, parents)
    rest = [record for record in records if record.id not in taken]
    names = {record.id: fold(record.name) for record in rest}
    for node in (n for n in nodes if n.key not in result.matched and not n.code and n.name):
        best = process.extractOne(
            fold(_name(node)),
            {i: n for i, n in names.items() if i not in taken},
            scorer=fuzz.ratio,
            score_cutoff=SIMILAR,
        )
        if best is not None:
            take(node, next(record for record in rest if record.id == best[2]))
    return taken


def _by_text(
    nodes: Any, records: Any, result: Difference, taken: set[int], take: Any, parents: dict[str, Node]
) -> None:
    by_text: dict[str, list[Known]] = defaultdict(list)
    for record in records:
        by_text[fold(record.name)].append(record)
    for node in nodes:
        if node.key in result.matched or (node.code and any(r.code_given for r in by_text.get(fold(_name(node)), ()))):
            continue
        free = [record for record in by_text.get(fold(_name(node)), ()) if record.id not in taken]
        above = result.matched.get(parents[node.key].key)
        free.sort(key=lambda record: (record.parent != (above.id if above else None), record.source_key != node.key))
        if free:
            take(node, free[0])


def _name(node: Node) -> str:
    return next(iter(node.name.values()), "")


def field_changes(node: Node, record: Known) -> list[FieldChange]:
    """Fields in which the document says something else than what is stored, and than what the last import wrote."""
    changes = []
    for name, new in _document_fields(node, record):
        now, base = record.now.get(name), record.imported.get(name)
        if _same(new, now) or (name in record.imported and _same(new, base)):
            continue
        edited = name in record.imported and not _same(now, base)
        untouched = name not in record.imported and now in (None, "", {}, [])
        changes.append(FieldChange(name, now, new, "conflict" if edited and not untouched else "theirs"))
    return changes


def _document_fields(node: Node, record: Known) -> Iterable[tuple[str, Any]]:
    for name, value in node.fields.items():
        if isinstance(value, dict) and isinstance(record.now.get(name), dict) and name != "budget":
            yield name, {**record.now[name], **value}
        else:
            yield name, value
    if node.extra:
        yield "extra", {**record.now.get("extra", {}), **node.extra}


def _same(a: Any, b: Any) -> bool:
    return a == b or (a in (None, "", {}, []) and b in (None, "", {}, []))
