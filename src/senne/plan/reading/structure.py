"""From rows to a tree: the header found by its words, merged cells filled down, the legend set apart."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from senne.plan.columns import BY_KEY, fold, recognise
from senne.plan.reading import values
from senne.plan.reading.draft import CHILD, Draft, LegendEntry, Node, Oddity, Place
from senne.plan.reading.tables import Line, Table

LEGEND = {"legende", "legenda", "legend", "key"}
_FOOTER = re.compile(r"^(page|pagina|p\.?|blz\.?)?\s*\d+(\s*(/|sur|van|of|de)\s*\d+)?$", re.IGNORECASE)
TITLE_LIMIT = 200
PARTS = {
    "theme": ("theme_code", "theme"),
    "axis": ("axis_code", "axis"),
    "objective": ("objective_code", "objective"),
}
TEXT_OF = {"theme": "name", "axis": "name", "objective": "statement", "action": "title"}
OWN = {
    "theme": {"vision": "description"},
    "axis": {},
    "objective": {"objective_description": "description", "horizon": "horizon"},
}


class NoHeader(Exception):
    """No table of the document has a header row; `found` shows the first row."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


@dataclass(frozen=True)
class Header:
    """For each column: (key, language) or None, and the word that stood there."""

    columns: tuple[tuple[str, str] | None, ...]
    words: tuple[str, ...]

    def keys(self) -> set[str]:
        return {column[0] for column in self.columns if column}


def header_of(cells: Sequence[str]) -> Header | None:
    """The row as a header, if two cells or more are words of ours, one of them an action or an objective."""
    found = tuple(recognise(cell) if len(cell) <= 60 else None for cell in cells)
    header = Header(found, tuple(cells))
    filled = sum(bool(cell) for cell in cells)
    keys = header.keys()
    enough = len(keys) >= 2 or (len(keys) == 1 and filled == 1 and keys == {"title"})
    return header if enough and keys & {"title", "objective"} and len(keys) * 2 >= filled * 0.6 else None


def read_draft(tables: Sequence[Table], name: str = "", language: str = "fr") -> Draft:
    """The draft of all tables of a document. Raises NoHeader where none has a header row."""
    draft = Draft(Node("plan", "plan", Place("", 0)))
    reader = _Reader(draft, language)
    for table in tables:
        reader.read(table)
    if not reader.found_header:
        first = next((line for table in tables for line in table.lines), None)
        raise NoHeader(" | ".join(first.cells)[:200] if first else "")
    draft.root.fields["name"] = {language: reader.title or name}
    return draft


class _Reader:
    """Reads line by line; remembers where in the tree it stands."""

    def __init__(self, draft: Draft, language: str) -> None:
        self.draft, self.language = draft, language
        self.header: Header | None = None
        self.found_header = False
        self.title = ""
        self.here: dict[str, Node] = {"plan": draft.root}
        self.index: dict[tuple[str, str, str], Node] = {}
        self.in_legend = False
        self.header_row = 0

    def read(self, table: Table) -> None:
        self.in_legend = False
        for line in table.lines:
            self._line(table.name, line)

    def _line(self, sheet: str, line: Line) -> None:
        place = Place(sheet, line.number)
        header = header_of(line.cells) or self._second_header(line)
        if header is not None:
            self._take_header(header, line.number)
            return
        only = [cell for cell in line.cells if cell]
        if len(only) == 1 and fold(only[0]) in LEGEND:
            self.in_legend = True
            return
        if self.in_legend:
            self.draft.legend += [LegendEntry(cell, place) for cell in only]
        elif self.header is None:
            self._before_header(only, place)
        elif len(only) == 1 and _FOOTER.match(only[0]):
            self.draft.oddities.append(Oddity("footer", place, found=only[0]))
        else:
            self._body(line, place)

    def _second_header(self, line: Line) -> Header | None:
        """A row right below the header that names nothing but columns is its second line."""
        if self.header is None or line.number != self.header_row + 1:
            return None
        found = tuple(recognise(cell) if cell else None for cell in line.cells)
        named = all(column for cell, column in zip(line.cells, found, strict=True) if cell)
        return Header(found, tuple(line.cells)) if named else None

    def _take_header(self, header: Header, number: int) -> None:
        self.in_legend = False
        if self.header is not None and number == self.header_row + 1:
            merged = tuple(
                old or new
                for old, new in zip(_pad(self.header.columns, header), _pad(header.columns, self.header), strict=True)
            )
            header = Header(
                merged,
                tuple(a or b for a, b in zip(_padw(self.header, header), _padw(header, self.header), strict=True)),
            )
        self.header, self.header_row, self.found_header = header, number, True
        self.draft.columns |= header.keys()

    def _before_header(self, cells: list[str], place: Place) -> None:
        if len(cells) == 1 and not self.title:
            self.title = cells[0]
        else:
            self.draft.oddities += [Oddity("before_header", place, found=cell) for cell in cells]

    # ---- One row of the body --------------------------------------------------------------------------------------

    def _body(self, line: Line, place: Place) -> None:
        cells = self._sort_cells(line, place)
        if not cells.texts and not cells.plain and not cells.extra:
            return
        for kind in ("theme", "axis", "objective"):
            self._step_into(kind, cells, place)
        if cells.texts.get("title") or cells.plain.get("code"):
            self._action(cells, place)
        elif not any(cells.has(kind) for kind in PARTS):
            self._continue(cells, place)

    def _sort_cells(self, line: Line, place: Place) -> _Cells:
        assert self.header is not None
        found = _Cells({}, {}, {})
        for position, cell in enumerate(line.cells):
            if not cell:
                continue
            column = self.header.columns[position] if position < len(self.header.columns) else None
            if column is None:
                word = self.header.words[position] if position < len(self.header.words) else ""
                found.extra[word or f"column {position + 1}"] = cell
                self.draft.oddities.append(Oddity("unknown_column", place, word, cell))
            elif BY_KEY[column[0]].translated:
                found.texts.setdefault(column[0], {})[column[1] or self.language] = cell
            else:
                found.plain[column[0]] = cell
        return found

    def _step_into(self, kind: str, cells: _Cells, place: Place) -> None:
        code_key, text_key = PARTS[kind]
        text, code = dict(cells.texts.get(text_key, {})), cells.plain.get(code_key, "")
        if not text and not code:
            if kind not in self.here and (cells.texts.get("title") or cells.has_below(kind)):
                self._enter(kind, "", {}, place, cells)
            return
        if not code and text:
            first = next(iter(text))
            code, rest = values.split_code(text[first])
            text[first] = rest if code else text[first]
        self._enter(kind, code, text, place, cells)

    def _enter(self, kind: str, code: str, text: dict[str, str], place: Place, cells: _Cells) -> None:
        parent_kind = next(k for k, child in CHILD.items() if child == kind)
        parent = self.here.get(parent_kind) or self.draft.root
        same = "" if kind == "theme" else parent.key
        key = (kind, same, code or fold(next(iter(text.values()), "")))
        node = self.index.get(key)
        if node is None:
            if not text and kind == "theme":
                text = {self.language: self.title or "–"}
            node = Node(
                kind,
                _key(kind, parent, len(parent.children)),
                place,
                code,
                {TEXT_OF[kind]: text} if text else {},
            )
            parent.children.append(node)
            self.index[key] = node
        elif text and node.name != text and node is not self.here.get(kind):
            node.fields[TEXT_OF[kind]] = {**text, **node.name}
        self._own_fields(kind, node, cells, place)
        self.here[kind] = node
        below = kind
        while (below := CHILD.get(below, "")) != "":
            self.here.pop(below, None)

    def _own_fields(self, kind: str, node: Node, cells: _Cells, place: Place) -> None:
        for key, name in OWN[kind].items():
            if key in cells.texts:
                node.fields[name] = cells.texts[key]
            elif key in cells.plain:
                try:
                    node.fields[name] = int(cells.plain[key])
                except ValueError:
                    self._unread(node, key, cells.plain[key], place)

    def _action(self, cells: _Cells, place: Place) -> None:
        parent = self.here.get("objective")
        if parent is None:
            self._enter("objective", "", {}, place, cells)
            parent = self.here["objective"]
        node = Node("action", _key("action", parent, len(parent.children)), place)
        parent.children.append(node)
        self._fill_action(node, cells, place)
        self.here["action"] = node

    def _fill_action(self, node: Node, cells: _Cells, place: Place) -> None:
        title = dict(cells.texts.get("title", {}))
        code = cells.plain.get("code", "")
        if not code and title:
            first = next(iter(title))
            code, rest = values.split_code(title[first])
            title[first] = rest if code else title[first]
        if code:
            try:
                node.code = values.whole_code(code)
            except ValueError:
                self._unread(node, "code", code, place)
        short, long = shorten(title)
        description = cells.texts.get("description", {})
        node.fields["title"] = short or {self.language: node.code or "–"}
        if long or description:
            node.fields["description"] = {
                k: "\n\n".join(filter(None, (long.get(k, ""), description.get(k, "")))) for k in (long | description)
            }
        for key in ("expected_effect", "status_reason", "news"):
            if key in cells.texts:
                node.fields[key] = cells.texts[key]
        for key, text in cells.plain.items():
            self._plain(node, key, text, place)
        node.extra.update(cells.extra)

    def _plain(self, node: Node, key: str, text: str, place: Place) -> None:
        """One value of an action; what cannot be read is kept as it stands and noted."""
        if key == "code" or key in {code for code, _text in PARTS.values()} or key in OWN["objective"]:
            return
        try:
            read_value(node.fields, key, text)
        except (ValueError, TypeError, KeyError):
            self._unread(node, key, text, place)

    def _unread(self, node: Node, key: str, text: str, place: Place) -> None:
        header = BY_KEY[key].header
        node.extra[header] = text
        self.draft.oddities.append(Oddity("unreadable", place, header, text))

    def _continue(self, cells: _Cells, place: Place) -> None:
        """A row that only goes on with the one above (a page break cut it)."""
        node = self.here.get("action")
        leftovers = [
            *(t for texts in cells.texts.values() for t in texts.values()),
            *cells.plain.values(),
            *cells.extra.values(),
        ]
        if node is None:
            self.draft.oddities += [Oddity("left_over", place, found=text) for text in leftovers]
            return
        for text in leftovers:
            node.extra[f"row {place.row}"] = "\n".join(filter(None, (node.extra.get(f"row {place.row}"), text)))
        self.draft.oddities.append(Oddity("continued", place, found=" | ".join(leftovers)))


@dataclass
class _Cells:
    """A row's cells by what they are."""

    texts: dict[str, dict[str, str]]
    plain: dict[str, str]
    extra: dict[str, str]

    def has(self, kind: str) -> bool:
        code, text = PARTS[kind]
        return bool(self.texts.get(text) or self.plain.get(code))

    def has_below(self, kind: str) -> bool:
        kinds = list(PARTS)
        return any(self.has(below) for below in kinds[kinds.index(kind) + 1 :])


def _pad(columns: tuple[Any, ...], other: Header) -> tuple[Any, ...]:
    return columns + (None,) * max(0, len(other.columns) - len(columns))


def _padw(header: Header, other: Header) -> tuple[str, ...]:
    return header.words + ("",) * max(0, len(other.words) - len(header.words))


def _key(kind: str, parent: Node, position: int) -> str:
    return f"{'' if parent.kind == 'plan' else parent.key + '/'}{kind}{position + 1}"


def shorten(title: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """(title, whole text) by language: a text over 200 characters gets a title cut at a sentence or a word, and the
    whole text becomes the description, so that no character is lost."""
    short, long = {}, {}
    for code, text in title.items():
        if len(text) <= TITLE_LIMIT and "\n" not in text:
            short[code] = text
            continue
        sentence = re.split(r"(?<=[.!?:;])\s", text.replace("\n", " "), maxsplit=1)[0]
        if len(sentence) > TITLE_LIMIT:
            sentence = sentence[: TITLE_LIMIT - 1].rsplit(" ", 1)[0] + "…"
        short[code], long[code] = sentence, text
    return short, long


def split_list(text: str) -> list[str]:
    """The entries of a cell that lists things by semicolons, commas or lines."""
    mark = r";|\n" if ";" in text or "\n" in text else ","
    return [part.strip() for part in re.split(mark, text) if part.strip()]


def read_value(fields: dict[str, Any], key: str, text: str) -> None:
    """Put the meaning of one plain cell of an action into its fields. Raises ValueError where it has none."""
    if key in {"status", "phase", "priority", "visibility"}:
        fields[key] = values.word(key, text)
    elif key in {"start", "end"}:
        if key == "end" and fold(text) in values.CONTINUOUS:
            fields["continuous"] = True
        else:
            fields[key] = values.partial_date(text)
    elif key == "last_report":
        fields["last_reported_on"] = values.partial_date(text)
    elif key == "continuous":
        fields[key] = fold(text) in values.YES | values.CONTINUOUS
    elif key in {"characteristics", "tags", "partners", "also_serves"}:
        fields[key] = split_list(text)
    elif key == "weight":
        fields[key] = int(text)
    elif key == "budget":
        found = values.money(text)
        fields["budget"] = {"amount": str(found.amount), "approximate": found.approximate, "raw": text}
    elif key in {"steps", "budget_lines"} and text.startswith("["):
        fields[key] = json.loads(text)
    elif key == "steps":
        fields[key] = [{"title": {"fr": part}} for part in split_list(text)]
    elif key == "indicator":
        raise ValueError(text)
    elif key == "notes":
        fields["internal_notes"] = text
    else:
        fields[key] = text
