"""A plan as a document gives it, before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

CHILD = {"plan": "theme", "theme": "axis", "axis": "objective", "objective": "action"}
PARENT = {child: parent for parent, child in CHILD.items()}
KINDS = ("theme", "axis", "objective", "action")
NAME_OF = {"plan": "name", "theme": "name", "axis": "name", "objective": "statement", "action": "title"}
TITLE_LIMIT = 200


@dataclass(frozen=True)
class Place:
    """Where in the document: sheet (or page, table) and row, as people count it."""

    sheet: str
    row: int


@dataclass
class Node:
    """A theme, axis, objective or action as read. `fields` are JSON values by field; texts are {language: text}.

    `key` finds the node again when the same document is read again. `made`: the document has no such record, but what
    hangs below it needs one. `fingerprint` is that of the record when it went out of Senne, where it did.
    """

    kind: str
    key: str
    place: Place
    code: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    same_as: str = ""
    made: bool = False
    fingerprint: str = ""

    @property
    def name(self) -> dict[str, str]:
        """The text by which people know it."""
        text: dict[str, str] = self.fields.get(NAME_OF[self.kind], {})
        return text

    @property
    def label(self) -> str:
        """Code and the first language of the name."""
        return " ".join(filter(None, (self.code, next(iter(self.name.values()), ""))))

    def walk(self, kind: str = "") -> Iterator[Node]:
        """The node and all below it, parents first; those of one kind where given."""
        if not kind or self.kind == kind:
            yield self
        for child in self.children:
            yield from child.walk(kind)

    def keep(self, column: str, text: str) -> None:
        """Keep a text that no field bears, under the word of its column; below what stands there already."""
        before = self.extra.get(column)
        self.extra[column] = text if before is None or before == text else f"{before}\n{text}"


@dataclass(frozen=True)
class LegendEntry:
    """A line of the document's legend."""

    text: str
    place: Place


@dataclass(frozen=True)
class Oddity:
    """Something the reader met that is not lost: a value it could not read, a column it does not know, a line left over."""

    code: str
    place: Place
    column: str = ""
    found: str = ""


@dataclass
class Draft:
    """All that was read: the tree (root of kind 'plan'), the legend, what was odd, the columns that were there.

    `words` are the tags and characteristics with their names that a file of Senne's own brings along.
    """

    root: Node
    legend: list[LegendEntry] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    language: str = "fr"
    own: bool = False
    words: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return next(iter(self.root.fields.get("name", {}).values()), "")

    def of(self, kind: str) -> list[Node]:
        return list(self.root.walk(kind))

    def odd(self, code: str, place: Place, column: str = "", found: str = "") -> None:
        self.oddities.append(Oddity(code, place, column, found))
