"""Headings between and inside tables, and the names of sheets: what they name, and where it belongs in the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from senne.plan.reading.codes import is_code, take_apart
from senne.plan.reading.draft import Place
from senne.plan.reading.headers import PARTS, Header
from senne.plan.reading.tables import Row, Sheet

if TYPE_CHECKING:
    from senne.plan.reading.growing import Grower


@dataclass(frozen=True)
class Heading:
    """A text that stands over what follows; `level` 1 is the highest, 0 where the document does not say."""

    text: str
    level: int
    place: Place


class Headings:
    """Collects headings until a row of actions comes; then says which theme, axis and objective they name."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        found = [row for sheet in sheets for row in sheet.rows if row.heading]
        highest = [row for row in found if row.heading == min((r.heading for r in found), default=0)]
        alone = len(highest) == 1 and (len(found) > 1 or not self.names_a_part(highest[0].cells[0]))
        self.title = highest[0].cells[0] if alone else ""
        self._title_row = highest[0] if alone else None
        self._path: list[Heading] = []
        self._waiting: list[Heading] = []
        self._sheet = ""

    @staticmethod
    def names_a_part(text: str) -> bool:
        """Does the text say itself that it is a theme, an axis or an objective ('Axe 2 : Mobilité')?"""
        return len(text) <= 300 and take_apart(text).kind in PARTS

    def start_sheet(self, name: str) -> None:
        """A sheet of its own: what stood over the one before is over; its name may be its theme."""
        self._path, self._waiting, self._sheet = [], [], name

    def meet(self, text: str, level: int, place: Place) -> None:
        """A heading comes by."""
        if level and text == self.title and self._title_row is not None:
            self._title_row = None
            return
        if level:
            self._path = [heading for heading in self._path if heading.level < level]
            self._path.append(Heading(text, level, place))
            self._waiting = [heading for heading in self._waiting if not heading.level] + self._path
        else:
            self._waiting.append(Heading(text, 0, place))

    def left(self) -> list[Heading]:
        """Rows over which nothing came in the end; they are forgotten here."""
        waiting, self._waiting = [heading for heading in self._waiting if not heading.level], []
        return waiting

    def apply(self, grow: Grower, header: Header, place: Place) -> None:
        """Enter what the headings since the last row name, highest first."""
        if self._sheet:
            found = take_apart(self._sheet)
            kind = found.kind if found.kind in PARTS else "theme"
            if kind not in header.keys() | {take_apart(h.text).kind for h in self._waiting}:
                code, text = (found.code, found.text or self._sheet) if found.kind in PARTS else ("", self._sheet)
                grow.enter(kind, code, {grow.language: text}, place)
        self._sheet = ""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        named = [(take_apart(heading.text).kind, heading) for heading in waiting]
        told = header.keys() | {kind for kind, _heading in named}
        free = [part for part in PARTS if part not in told]
        unnamed = [heading for kind, heading in named if kind not in PARTS]
        kinds = dict(zip(map(id, reversed(unnamed)), reversed(_levels(free, len(unnamed))), strict=False))
        entered = [(kind if kind in PARTS else kinds.get(id(heading), ""), heading) for kind, heading in named]
        for kind, heading in sorted(entered, key=lambda pair: PARTS.index(pair[0]) if pair[0] else -1):
            found = take_apart(heading.text)
            if not kind:
                grow.draft.odd("outside", heading.place, found=heading.text)
            elif found.kind in {"", kind}:
                grow.enter(kind, found.code, {grow.language: found.text} if found.text else {}, heading.place)
            else:
                grow.enter(kind, "", {grow.language: heading.text}, heading.place)


def _levels(free: list[str], count: int) -> list[str]:
    """Which free levels so many unnamed headings take: an axis first, then a theme above it, then an objective below."""
    if "objective" in free and count < 3 and len(free) > 1 and not (count == 2 and "theme" not in free):
        free = [part for part in free if part != "objective"]
    return free[-count:] if count else []


def is_section(row: Row, header: Header) -> bool:
    """Does the row only say what the rows below it are about?

    One text merged across most of the table; or alone in a column that does not hold such texts; or alone and naming a
    level itself ('Axe 2 : Mobilité') where the column is of another.
    """
    filled = [position for position, cell in enumerate(row.cells) if cell]
    if len(filled) != 1:
        return False
    position, text = filled[0], row.cells[filled[0]]
    head = header.at(position)[0]
    kind = take_apart(text).kind
    if kind in PARTS and len(text) <= 300:
        return head is None or head.key != kind
    across = sum(place in row.left for place in range(position + 1, len(header.heads)))
    if across + 1 >= max(3, round(len(header.heads) * 0.6)):
        return True
    alone = head is None or head.key in {"code", "theme_code", "axis_code", "objective_code"}
    return alone and position == 0 and not is_code(text) and any(char.isalpha() for char in text) and len(text) > 3
