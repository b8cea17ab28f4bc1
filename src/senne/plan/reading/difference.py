"""What a document would change: compared three ways, with what is stored and with what was there when it was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from senne.plan.columns import BY_KEY, fold
from senne.plan.reading.draft import KINDS, Draft, Node

SIMILAR = 85
MOST_ALIKE = 60
MOST_LOOKED_AT = 300
RARE_WORDS = 5
DOCUMENT, CONFLICT = "document", "conflict"


@dataclass(frozen=True)
class Known:
    """A stored record as this comparison sees it: `now` its fields, `imported` what the last import wrote (by field).

    `under` is the code of what it stands under, `fingerprint` the mark of all that it says.
    """

    kind: str
    id: int
    code: str
    code_given: bool
    parent: int | None
    name: str
    now: dict[str, Any]
    imported: dict[str, Any] = field(default_factory=dict)
    source_key: str = ""
    fingerprint: str = ""
    under: str = ""


@dataclass(frozen=True)
class FieldChange:
    """One field in which the document says something else.

    `state`: 'document' (its value is taken), or 'conflict' (what stands is kept, unless a person says so). `why`: 'empty'
    (nothing stands there), 'untouched' (nobody changed it since the last import), 'unchanged' (nobody changed the record
    since the file was taken out of Senne), 'edited' (somebody wrote what stands).
    """

    name: str
    now: Any
    new: Any
    state: str
    why: str


@dataclass
class Difference:
    """Matched nodes (by key) with their records, what is new, changed field by field, moved, and gone."""

    matched: dict[str, Known] = field(default_factory=dict)
    new: list[Node] = field(default_factory=list)
    changed: list[tuple[Node, Known, list[FieldChange]]] = field(default_factory=list)
    moved: list[tuple[Node, Known, FieldChange]] = field(default_factory=list)
    gone: list[Known] = field(default_factory=list)
    plan: list[FieldChange] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.moved or self.gone or self.plan)

    def conflicts(self) -> list[tuple[Node, Known, FieldChange]]:
        """Every change that waits for somebody's word."""
        fields = [(node, known, change) for node, known, changes in self.changed for change in changes]
        return [entry for entry in (*fields, *self.moved) if entry[2].state == CONFLICT]


def compare(draft: Draft, known: Sequence[Known], plan: Known | None = None) -> Difference:
    """Match by code where the document gave it, then by exact text, then by likeness; compare what is matched.

    Only a file that Senne wrote says something of the plan itself.
    """
    result = Difference()
    if plan is not None and draft.own and draft.root.code:
        result.plan = field_changes(draft.root, plan)
    parents = {child.key: node for node in draft.root.walk() for child in node.children}
    covered = _covered(draft)
    for kind in KINDS:
        nodes, records = draft.of(kind), [record for record in known if record.kind == kind]
        _Matching(nodes, records, result, parents).run()
    _match_made(draft, known, result)
    taken = {(record.kind, record.id) for record in result.matched.values()}
    result.gone = [r for r in known if (r.kind, r.id) not in taken and (draft.own or r.source_key)]
    needed = _needed(draft, result)
    for kind in KINDS:
        for node in draft.of(kind):
            record = result.matched.get(node.key)
            if record is not None:
                _compare_one(node, record, parents[node.key], covered[kind], result)
            elif node.key in needed:
                result.new.append(node)
    return result


def _match_made(draft: Draft, known: Sequence[Known], result: Difference) -> None:
    """What the reader had to make up is the record under which its children stand, whatever it was called last time."""
    by_id = {(record.kind, record.id): record for record in known}
    taken = {(record.kind, record.id) for record in result.matched.values()}
    for kind in ("objective", "axis", "theme"):
        for node in draft.of(kind):
            if not node.made or node.key in result.matched:
                continue
            above = {(kind, record.parent or 0) for child in node.children if (record := result.matched.get(child.key))}
            if len(above) == 1 and (place := above.pop()) in by_id and place not in taken:
                result.matched[node.key] = by_id[place]
                taken.add(place)


def _needed(draft: Draft, result: Difference) -> set[str]:
    """New nodes; one that the reader made up only counts where something new stands under it."""
    found: set[str] = set()
    for node in draft.root.walk():
        unmatched = [below for below in node.walk() if below.key not in result.matched]
        if node.key not in result.matched and (not node.made or any(not below.made for below in unmatched)):
            found.add(node.key)
    return found


def _compare_one(node: Node, record: Known, parent: Node, covered: set[str], result: Difference) -> None:
    changes = field_changes(node, record, covered)
    if changes:
        result.changed.append((node, record, changes))
    move = _move(node, record, parent, result)
    if move is not None:
        result.moved.append((node, record, move))


def _move(node: Node, record: Known, parent: Node, result: Difference) -> FieldChange | None:
    """Does the document put the record under another one than it stands under, and than it put it before?"""
    above = result.matched.get(parent.key)
    if node.kind == "theme" or parent.made or (above is not None and above.id == record.parent):
        return None
    there = above.code if above else parent.code
    base = record.imported.get("under")
    if base is not None and base == there and there:
        return None
    state, why = _who_wins(
        node, record, untouched=base is not None and base == record.under, empty=record.parent is None
    )
    return FieldChange("under", record.under, there or parent.label, state, why)


def _who_wins(node: Node, record: Known, untouched: bool, empty: bool) -> tuple[str, str]:
    if empty:
        return DOCUMENT, "empty"
    if untouched:
        return DOCUMENT, "untouched"
    if node.fingerprint and node.fingerprint == record.fingerprint:
        return DOCUMENT, "unchanged"
    return CONFLICT, "edited"


# ---- Fields -------------------------------------------------------------------------------------------------------


def _covered(draft: Draft) -> dict[str, set[str]]:
    """For each kind of record, the fields for which the document has a column: blank there, it takes a value back."""
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for key in draft.columns if not draft.own else ():
        column = BY_KEY.get(key)
        if column is not None and column.level in found:
            found[column.level].add(column.field)
        elif key in {"budget", "steps"}:
            found["action"].add(key)
    if "title" in found["action"]:
        found["action"].add("description")
    return found


def field_changes(node: Node, record: Known, covered: Iterable[str] = ()) -> list[FieldChange]:
    """Fields in which the document says something else than what is stored, and than what the last import wrote.

    Texts are compared language by language, other columns one by one: who translated a text has not rewritten it.
    """
    if node.made:
        return []
    changes = []
    for name, value in [*node.fields.items(), *_other_columns(node, record), *_taken_back(node, record, covered)]:
        now, base = record.now.get(name), record.imported.get(name)
        parts = _by_part(name, value, now, base)
        news = {key for key, (new, there, before) in parts.items() if not _same(new, there) and not _said(new, before)}
        if not news:
            continue
        empty = all(_same(parts[key][1], None) for key in news)
        untouched = all(parts[key][2] is not _UNKNOWN and _same(parts[key][1], parts[key][2]) for key in news)
        state, why = _who_wins(node, record, untouched, empty)
        changes.append(FieldChange(name, now, _merged(value, now, news, parts), state, why))
    return changes


_UNKNOWN = object()


def _by_part(name: str, value: Any, now: Any, base: Any) -> dict[str, tuple[Any, Any, Any]]:
    """part → (what the document says, what stands, what the last import wrote); one part for a field that has none."""
    if not isinstance(value, dict) or name == "location" or not all(isinstance(text, str) for text in value.values()):
        return {"": (value, now, _UNKNOWN if base is None else base)}
    there = now or {}
    return {key: (text, there.get(key), _UNKNOWN if base is None else base.get(key)) for key, text in value.items()}


def _said(new: Any, before: Any) -> bool:
    """Did the last import say the same?"""
    return before is not _UNKNOWN and _same(new, before)


def _merged(value: Any, now: Any, news: set[str], parts: dict[str, Any]) -> Any:
    """What would stand: the parts that are new over those that are there."""
    if set(parts) == {""}:
        return value
    return {key: text for key, text in {**(now or {}), **{key: value[key] for key in news}}.items() if text}


def _other_columns(node: Node, record: Known) -> Iterable[tuple[str, Any]]:
    """The document's own columns, those that it dropped as empty."""
    before = record.imported.get("extra") or {}
    dropped = {column: "" for column in before if column not in node.extra}
    if node.extra or dropped:
        yield "extra", {**dropped, **node.extra}


def _taken_back(node: Node, record: Known, covered: Iterable[str]) -> Iterable[tuple[str, Any]]:
    """Fields that the last import filled, and that are blank in this document although it has their column."""
    for name in sorted(covered):
        base = record.imported.get(name)
        if name not in node.fields and base and record.now.get(name):
            is_text = isinstance(base, dict) and name != "location"
            yield name, dict.fromkeys(base, "") if is_text else type(record.now[name])()


def _same(a: Any, b: Any) -> bool:
    return a == b or (a in (None, "", {}, [], False) and b in (None, "", {}, [], False))


# ---- Matching -----------------------------------------------------------------------------------------------------


class _Matching:
    """Pairs the nodes of one kind with its records, each once."""

    def __init__(self, nodes: list[Node], records: list[Known], result: Difference, parents: dict[str, Node]) -> None:
        self.nodes, self.records, self.result, self.parents = nodes, records, result, parents
        self.taken: set[int] = set()

    def run(self) -> None:
        """Surest first."""
        self._by_code()
        self._by_text()
        self._by_likeness()

    def _take(self, node: Node, record: Known) -> None:
        self.result.matched[node.key] = record
        self.taken.add(record.id)

    def _open(self) -> list[Node]:
        return [node for node in self.nodes if node.key not in self.result.matched]

    def _by_code(self) -> None:
        by_code = {record.code: record for record in self.records}
        for node in self.nodes:
            record = by_code.get(node.code) if node.code else None
            if record is not None and record.id not in self.taken:
                self._take(node, record)

    def _by_text(self) -> None:
        by_text: dict[str, list[Known]] = defaultdict(list)
        for record in self.records:
            by_text[fold(record.name)].append(record)
        for node in self._open():
            same = by_text.get(fold(_name(node)), [])
            if node.code and any(record.code_given for record in same):
                continue
            above = self.result.matched.get(self.parents[node.key].key)
            free = [record for record in same if record.id not in self.taken]
            if free:
                self._take(node, min(free, key=_distance(above, node)))

    def _by_likeness(self) -> None:
        """Texts that were edited: compared only with records that share one of the text's rarest words."""
        nodes = [node for node in self._open() if not node.code and node.name and not node.made]
        rest = [record for record in self.records if record.id not in self.taken] if nodes else []
        names = {record.id: fold(record.name) for record in rest}
        holders: dict[str, list[int]] = defaultdict(list)
        for record in rest:
            for word in set(names[record.id].split()):
                holders[word].append(record.id)
        by_id = {record.id: record for record in rest}
        for node in nodes:
            text = fold(_name(node))
            near = _near(text, holders, self.taken)
            best = process.extractOne(text, {i: names[i] for i in near}, scorer=fuzz.ratio, score_cutoff=SIMILAR)
            if best is not None:
                self._take(node, by_id[best[2]])


def _near(text: str, holders: dict[str, list[int]], taken: set[int]) -> list[int]:
    """At most MOST_ALIKE records that share one of the text's rarest words."""
    words = sorted((word for word in set(text.split()) if word in holders), key=lambda w: (len(holders[w]), w))
    found: dict[int, None] = {}
    for word in words[:RARE_WORDS]:
        for record_id in holders[word][:MOST_LOOKED_AT]:
            if record_id not in taken:
                found[record_id] = None
            if len(found) >= MOST_ALIKE:
                return list(found)
    return list(found)


def _distance(above: Known | None, node: Node) -> Callable[[Known], tuple[bool, bool]]:
    """Of records with the same text, the one under the same parent, then the one from the same place, comes first."""
    return lambda record: (record.parent != (above.id if above else None), record.source_key != node.key)


def _name(node: Node) -> str:
    return next(iter(node.name.values()), "")
