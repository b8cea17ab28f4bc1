"""Which row of a table names its columns, and what each column then holds."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from senne.plan.columns import BY_KEY, LANGUAGES, fold
from senne.plan.reading.tables import Row
from senne.plan.reading.vocabulary import Head, recognise, recognise_loosely

LONGEST_WORD = 120
LONGEST_CELL = 400
PARTS = ("theme", "axis", "objective")
_NAMES = frozenset({"title", "measure", "objective", "operational"})
LEVELS = frozenset({"level", "aim"})
_CODES = frozenset({"theme_code", "axis_code"})
_STRUCTURE = frozenset({*PARTS, *LEVELS, "title", "measure", "operational"})
_REPEATS = frozenset({"budget", "characteristics", "indicator", "steps", "extra"})
# Without one of these no row is a header: looked for first, because most rows are none.
_MAIN = re.compile(
    r"acti|mesur|maatreg|measur|obje|doel|goal|aim|but|finalit|intitul|tit[rel]|projet|project|initiati|quoi|wat|what|libell|"
    r"descri|omschr|beschr|activ|étape|etape|stap|step|tâche|tache|taken|taak|task|milestone|jalon|mijlpa|naam|name"
)


@dataclass(frozen=True)
class Header:
    """For each position what the column holds (None: a column of the document's own) and the word that heads it."""

    heads: tuple[Head | None, ...]
    words: tuple[str, ...]

    def keys(self) -> set[str]:
        return {head.key for head in self.heads if head}

    def at(self, position: int) -> tuple[Head | None, str]:
        """What a position holds, and its word; 'column 7' where nothing heads it."""
        if position >= len(self.heads):
            return None, f"column {position + 1}"
        return self.heads[position], self.words[position] or f"column {position + 1}"

    def tongues(self) -> list[str]:
        """The languages of the header's own words, one entry for each word that belongs to one language alone."""
        return [t for head in self.heads if head for t in (head.language, *head.tongues[:1]) if _alone(head, t)]

    def is_bilingual(self) -> tuple[str, str] | None:
        """The two languages of headers such as 'Axe/As', in their order."""
        pairs = {head.tongues for head in self.heads if head and len(head.tongues) == 2 and not head.language}
        slashed = [word for word in self.words if re.search(r"[/|\n]", word)]
        return next(((a, b) for a, b in pairs if {a, b} == {"fr", "nl"}), None) if slashed else None


def _alone(head: Head, tongue: str) -> bool:
    return bool(tongue) and (bool(head.language) or len(head.tongues) == 1)


def header_of(row: Row, least: int = 2) -> Header | None:
    """The row as a header: its cells name `least` columns of ours or more, an action or an objective among them."""
    cells = row.cells
    filled = [cell for cell in cells if cell]
    long = sum(len(cell) > LONGEST_WORD for cell in filled)
    if long > len(filled) // 3 or not any(
        _MAIN.search(cell.casefold()) for cell in filled if len(cell) <= LONGEST_CELL
    ):
        return None
    exact = [recognise(cell) if cell else None for cell in cells]
    keys = {head.key for head in exact if head}
    known = sum(head is not None for head in exact)
    alone = len(filled) == 1 and known == 1 and keys <= {"title", "measure"}
    enough = known >= 3 or (not long and (known * least >= len(filled) or least < 2))
    if not alone and not (len(keys) >= least and enough):
        return None
    heads = _with_loose(exact, cells)
    keys = keys if known < 3 else {head.key for head in heads if head}
    if not (keys & _NAMES or {"code", "description"} <= keys or {"steps", "lead"} <= keys):
        return None
    return _settled(_spread(heads, row), list(cells))


def _with_loose(exact: list[Head | None], cells: tuple[str, ...]) -> list[Head | None]:
    """What the other cells say, loosely; a column that says it exactly comes first."""
    taken = {head.key for head in exact if head} - _REPEATS
    heads = list(exact)
    for position, cell in enumerate(cells):
        loose = recognise_loosely(cell) if cell and exact[position] is None else None
        if loose is not None and loose.key not in taken:
            heads[position] = loose
            taken |= {loose.key} - _REPEATS
    return heads


def _spread(heads: list[Head | None], row: Row) -> list[Head | None]:
    """A word merged across several columns heads them all (until a second line says more)."""
    for position in sorted(row.left):
        if 0 < position < len(heads) and heads[position] is None:
            heads[position] = heads[position - 1]
    return heads


def with_second_line(header: Header, first: Row, row: Row) -> Header | None:
    """The header that two lines make together; None where the second line is no header.

    Each cell of the second line must say something by itself ('NL', '2025', 'Pilote'), or with the word above it.
    """
    if any(len(cell) > LONGEST_WORD for cell in row.filled()) or not row.filled():
        return None
    width = max(len(header.heads), len(row.cells), len(first.cells))
    groups = _starts(first)
    heads: list[Head | None] = []
    words: list[str] = []
    above = ""
    for position in range(width):
        own = first.cells[position] if position < len(first.cells) else ""
        above = own if own or position not in first.left else above
        below = row.cells[position] if position < len(row.cells) else ""
        head = header.heads[position] if position < len(header.heads) else None
        if below:
            grouped = bool(above) and position in first.left | groups
            found = _both(above, below, head)
            same = found is not None and head is not None and found.key == head.key
            # Under a tick, '2027' is a cell; under 'Budget' it goes on with the header.
            same = same and (found is None or found.key == "budget" or not any(c.isdigit() for c in below))
            alone = found is not None and not own and (len(row.filled()) > 1 or found.key in _STRUCTURE)
            if not (grouped or same or alone):
                return None
            head = found
        heads.append(head)
        twice = bool(own and below and head and recognise(own) and recognise(below))
        own = own or (above if below and position in first.left else "")
        words.append((" / " if twice else " ").join(filter(None, (own, below if below != own else ""))))
    return _settled(heads, words)


def _starts(first: Row) -> set[int]:
    """Positions at which a word begins that is merged across the columns on its right."""
    return {position - 1 for position in first.left if position - 1 not in first.left}


def _both(above: str, below: str, head: Head | None) -> Head | None:
    """What a column holds that 'Budget' heads and '2025' below it."""
    own = recognise(below)
    together = recognise(f"{above} {below}") if above else None
    if together is not None and (own is None or (head is not None and together.key == head.key)):
        return together
    if own is not None and head is not None and own.key == head.key:
        return replace(own, tongues=tuple(dict.fromkeys((*head.tongues, *own.tongues))))
    return own


def is_numbering(row: Row) -> bool:
    """A line under the header that only numbers the columns: (1) (2) (3)."""
    numbers = [fold(cell) for cell in row.filled()]
    return len(numbers) >= 3 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _settled(heads: list[Head | None], words: list[str]) -> Header:
    """Every key once: levels find their place, doubles get their language or become columns of the document's own."""
    _place_levels(heads)
    _tell_languages(heads)
    seen: set[tuple[str, str]] = set()
    for position, head in enumerate(heads):
        if head is None or head.key in _REPEATS:
            continue
        if (head.key, head.language) in seen:
            heads[position] = None
        seen.add((head.key, head.language))
    if "title" not in {head.key for head in heads if head} and "description" in {h.key for h in heads if h}:
        heads[:] = [replace(h, key="title") if h and h.key == "description" else h for h in heads]
    return Header(tuple(heads), _distinct(words))


def _distinct(words: list[str]) -> tuple[str, ...]:
    counted: dict[str, int] = {}
    found = []
    for word in words:
        clean = " ".join(word.split())
        counted[clean] = counted.get(clean, 0) + 1
        found.append(f"{clean} ({counted[clean]})" if clean and counted[clean] > 1 else clean)
    return tuple(found)


def _place_levels(heads: list[Head | None]) -> None:
    """Give words that only say 'a level' their place: above the objective, or the action, in the order of columns."""
    keys = {head.key for head in heads if head}
    if "measure" in keys:
        free = "objective" if "title" in keys and not keys & {"objective", "operational"} else ""
        _rename(heads, "measure", "title" if "title" not in keys else free)
    if "operational" in keys:
        if "objective" in keys:
            upper = [part for part in ("axis", "theme") if part not in keys]
            _rename(heads, "objective", upper[0] if upper else "")
        _rename(heads, "operational", "objective")
    _place_free_levels(heads)
    _widest_first(heads)


def _place_free_levels(heads: list[Head | None]) -> None:
    """A level takes the lowest part that is free; an objective only where there are several levels, or a wider part
    stands to the left of a word that says what is aimed at ('Axe', 'Orientation')."""
    keys = {head.key for head in heads if head}
    levels = [position for position, head in enumerate(heads) if head and head.key in LEVELS]
    free = [part for part in PARTS if part not in keys]
    if "objective" in free and len(levels) < 2 and not any(_is_aim_below(heads, position) for position in levels):
        free.remove("objective")
    for position, part in zip(reversed(levels), reversed(free), strict=False):
        head = heads[position]
        assert head is not None
        heads[position] = replace(head, key=part)
    heads[:] = [None if head and head.key in LEVELS else head for head in heads]


def _is_aim_below(heads: list[Head | None], position: int) -> bool:
    head = heads[position]
    wider = {h.key for h in heads[:position] if h}
    return head is not None and head.key == "aim" and bool(wider & {"theme", "axis"})


def _widest_first(heads: list[Head | None]) -> None:
    """'Axe' left of 'Thème': the document's themes stand within its axes, whatever the words."""
    place = {head.key: position for position, head in enumerate(heads) if head and head.key in {"theme", "axis"}}
    if len(place) == 2 and place["axis"] < place["theme"] and not _CODES & {head.key for head in heads if head}:
        axis, theme = place["axis"], place["theme"]
        heads[axis], heads[theme] = _as(heads[axis], "theme"), _as(heads[theme], "axis")


def _as(head: Head | None, key: str) -> Head | None:
    return replace(head, key=key) if head else None


def _rename(heads: list[Head | None], key: str, new: str) -> None:
    for position, head in enumerate(heads):
        if head and head.key == key:
            heads[position] = replace(head, key=new) if new else None


def _tell_languages(heads: list[Head | None]) -> None:
    """Two columns 'Action' and 'Actie': the words themselves say in which language each is."""
    groups: dict[str, list[int]] = {}
    usual = Counter(head.tongues[0] for head in heads if head and len(head.tongues) == 1)
    for position, head in enumerate(heads):
        if head and (column := BY_KEY.get(head.key)) and column.kind == "text":
            groups.setdefault(head.key, []).append(position)
    for positions in groups.values():
        if len(positions) < 2:
            continue
        taken = {head.language for position in positions if (head := heads[position]) and head.language}
        for position in positions:
            head = heads[position]
            if head is None or head.language:
                continue
            own = sorted(set(head.tongues) - taken, key=lambda t: (-usual[t], LANGUAGES.index(t)))
            if own:
                heads[position] = replace(head, language=own[0])
                taken.add(own[0])
