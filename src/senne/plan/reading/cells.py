"""The cells of one row, sorted by what their columns hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from senne.plan.columns import BY_KEY
from senne.plan.reading.headers import Header
from senne.plan.reading.language import two_languages
from senne.plan.reading.tables import Row
from senne.plan.reading.vocabulary import Head
from senne.plan.reading.wording import is_yes

PARTS = {
    "theme": ("theme_code", "theme"),
    "axis": ("axis_code", "axis"),
    "objective": ("objective_code", "objective"),
}
# What a merged cell says of every row beside it; money is shared, not repeated.
_SHARED = frozenset({
    "lead", "partners", "start", "end", "status", "phase", "priority", "characteristics", "tags", "sponsor",
    "horizon", "news", "expected_effect", "description", "indicator",
})  # fmt: skip


@dataclass(frozen=True)
class Found:
    """One cell: what its column holds, the word that heads it, its text."""

    head: Head
    word: str
    text: str


@dataclass
class Cells:
    """A row's cells. `unknown` are those of the document's own columns; `ticks` characteristics that a column ticks."""

    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    plain: dict[str, Found] = field(default_factory=dict)
    lists: list[Found] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    ticks: list[str] = field(default_factory=list)

    def has(self, kind: str) -> bool:
        """Does the row name a theme, axis or objective?"""
        code, text = PARTS[kind]
        return bool(self.texts.get(text) or code in self.plain)

    def has_part(self) -> bool:
        return any(self.has(kind) for kind in PARTS)

    def is_action(self) -> bool:
        return bool(self.texts.get("title"))

    def is_empty(self) -> bool:
        return not (self.texts or self.plain or self.lists or self.unknown or self.ticks)


def sort_cells(row: Row, header: Header, language: str) -> Cells:
    """Every filled cell of the row under what it is. `language` is that of texts whose column does not say."""
    found = Cells()
    pair = header.is_bilingual()
    for position, text in enumerate(row.cells):
        if text:
            head, word = header.at(position)
            _put(found, head, word, text, language, pair)
    return found


def _put(found: Cells, head: Head | None, word: str, text: str, language: str, pair: tuple[str, str] | None) -> None:
    if head is None or head.key == "indicator":
        found.unknown.append((word, text))
    elif head.value:
        if is_yes(text):
            found.ticks.append(head.value)
        else:
            found.unknown.append((word, text))
    elif head.key in {"budget", "steps"}:
        found.lists.append(Found(head, word, text))
    elif BY_KEY[head.key].kind == "text":
        texts = found.texts.setdefault(head.key, {})
        both = two_languages(text, pair) if pair and not head.language else None
        if both and pair and not texts:
            texts.update(zip(pair, both, strict=True))
        elif texts.setdefault(head.language or language, text) != text:
            found.unknown.append((word, text))
    elif head.key in found.plain:
        found.unknown.append((word, text))
    else:
        found.plain[head.key] = Found(head, word, text)


def shared_cells(row: Row, header: Header, last: dict[int, str]) -> Row:
    """The row with what merged cells above say of it too: the lead of three actions, merged beside them."""
    wanted = {
        position: last[position]
        for position in row.above
        if position in last and (head := header.at(position)[0]) and head.key in _SHARED
    }
    if not wanted:
        return row
    width = max(len(row.cells), max(wanted) + 1)
    cells = tuple(
        (row.cells[position] if position < len(row.cells) else "") or wanted.get(position, "")
        for position in range(width)
    )
    return Row(row.number, cells, row.above, row.left)
