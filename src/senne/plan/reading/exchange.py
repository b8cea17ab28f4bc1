"""From a file in Senne's own form, as tables or as JSON, to a draft. Texts stay exactly as they are written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from senne.plan.columns import BY_KEY, CHILDREN, LANGUAGES, MARK, PLAN_FIELDS, Child, Column
from senne.plan.reading import codes
from senne.plan.reading.draft import CHILD, KINDS, NAME_OF, PARENT, Draft, Node, Place
from senne.plan.reading.exchange_tables import LISTS_OF, header_columns, is_own, mark_of, name_of
from senne.plan.reading.exchange_values import value_of
from senne.plan.reading.finishing import name_parts
from senne.plan.reading.tables import Row, Sheet

_GOES_ON = re.compile(r"^(.*) \+\d+$", re.DOTALL)
_PLAN = Place("Plan", 0)


def is_exchange(sheets: Sequence[Sheet]) -> bool:
    """Did Senne write these sheets?"""
    return bool(sheets) and bool(sheets[0].rows) and is_own(sheets[0].rows[0].cells)


def read_exchange(sheets: Sequence[Sheet], name: str) -> Draft:
    """The draft of the sheets of a workbook, or of one table, that Senne wrote and people may have edited since."""
    reader = _Reader()
    for sheet in sheets:
        mark = mark_of(sheet.rows[0].cells) if sheet.rows else None
        if mark == "":
            reader.main(sheet)
    for sheet in sheets:
        mark = mark_of(sheet.rows[0].cells) if sheet.rows else None
        if mark:
            reader.other(sheet, mark)
        elif mark is None:
            for row in sheet.rows:
                for cell in row.filled():
                    reader.draft.odd("outside", Place(sheet.name, row.number), found=cell)
    return reader.finished(name)


def read_document(document: dict[str, Any], name: str) -> Draft:
    """The draft of a JSON document of schema senne-plan/1. Raises ValueError where it is not one."""
    reader = _Reader()
    plan = document.get("plan", {})
    reader.draft.root.fields = {
        k: v for k, v in plan.items() if k not in {"code", "fingerprint"} and v not in (None, "")
    }
    reader.draft.root.fingerprint = str(plan.get("fingerprint") or "")
    reader.draft.root.code = str(document.get("plan", {}).get("code", ""))
    reader.draft.words = document.get("words", {})
    for kind in KINDS:
        for number, record in enumerate(document.get(LISTS_OF[kind], []), 1):
            place = Place(LISTS_OF[kind], number)
            own = {
                k: v for k, v in record.items() if k not in {"code", "fingerprint", "computed", "extra", PARENT[kind]}
            }
            parent = reader.parent_of(kind, str(record.get(PARENT[kind]) or ""), place)
            node = reader.node(kind, str(record.get("code") or ""), {}, parent, place)
            node.fields |= {k: v for k, v in own.items() if v not in (None, "", [], {}) and v is not False}
            node.extra |= record.get("extra", {})
            node.fingerprint = str(record.get("fingerprint") or "")
    return reader.finished(name)


def _main_columns() -> dict[str, tuple[str, Column, str]]:
    """header → ('column' or 'list:<level>', column, language): the names in every language."""
    found: dict[str, tuple[str, Column, str]] = {}
    for language in LANGUAGES:
        for column, code in header_columns(language):
            found[name_of(column, code, language)] = ("column", column, code)
    return found


_MAIN = _main_columns()
_PLAN_NAMES = {column.name(language): column for column in PLAN_FIELDS for language in LANGUAGES}
_LISTS = {
    **{child.name("en"): (child, child.level or "action") for child in CHILDREN},
    "Other columns of the objective": (next(c for c in CHILDREN if c.field == "extra"), "objective"),
}


class _Reader:
    """Builds the tree by codes; a row without them goes under the one before, as people add rows."""

    def __init__(self) -> None:
        self.draft = Draft(Node("plan", "plan", _PLAN), own=True)
        self.nodes: dict[tuple[str, str], Node] = {}
        self.here: dict[str, Node] = {"plan": self.draft.root}

    # ---- The tree -------------------------------------------------------------------------------------------------

    def parent_of(self, kind: str, code: str, place: Place) -> Node:
        """The record of the level above with this code; one that is made up where there is none."""
        above = PARENT[kind]
        if above == "plan":
            return self.draft.root
        found = self.nodes.get((above, code))
        if found is None:
            found = self.node(above, code, {}, self.parent_of(above, "", place), place)
            found.made = not code
        return found

    def node(self, kind: str, code: str, name: dict[str, str], parent: Node, place: Place) -> Node:
        """The record of this code (or of this name, where it has no code), new where it is not there yet."""
        key = (kind, code or next((f"\x00{text}" for text in name.values()), "") if kind != "action" else code)
        node = self.nodes.get(key) if kind != "action" or code else None
        if node is None or (kind == "action" and node.name and name and node.name != name):
            node = Node(
                kind, f"{'' if parent is self.draft.root else parent.key + '/'}{kind}{len(parent.children) + 1}", place
            )
            node.code = code
            parent.children.append(node)
            self.nodes.setdefault(key, node)
        return node

    # ---- Tables ---------------------------------------------------------------------------------------------------

    def main(self, sheet: Sheet) -> None:
        """The rows of the plan."""
        header = sheet.rows[0].cells
        for row in sheet.rows[1:]:
            self._row(header, row, Place(sheet.name, row.number))

    def _row(self, header: tuple[str, ...], row: Row, place: Place) -> None:
        values: dict[str, dict[str, Any]] = {}
        left: list[tuple[str, str]] = []
        kind = ""
        for word, text in _joined(header, row.cells):
            if word == MARK:
                kind = text
            elif found := _MAIN.get(word):
                self._put(values, found[1], found[2], text, place, left)
            elif word in _LISTS:
                self._put_list(values, *_LISTS[word], text, place, left)
            else:
                left.append((word or "?", text))
                self.draft.odd("unknown_column", place, word or "?", text)
        self._enter(values, kind, left, place)

    def _put(
        self,
        values: dict[str, dict[str, Any]],
        column: Column,
        language: str,
        text: str,
        place: Place,
        left: list[tuple[str, str]],
    ) -> None:
        record = values.setdefault(column.level, {})
        if column.kind == "told":
            return
        if column.kind == "text":
            record.setdefault(column.field, {})[language] = text
            return
        try:
            value = codes.own_code(text) if column.kind == "code" else value_of(column, text)
        except (ValueError, TypeError, ArithmeticError):
            self._unread(column.name("en"), text, place, left)
            return
        record[column.key if column.level == "row" else column.field] = value

    def _put_list(
        self,
        values: dict[str, dict[str, Any]],
        child: Child,
        level: str,
        text: str,
        place: Place,
        left: list[tuple[str, str]],
    ) -> None:
        try:
            values.setdefault(level, {})[child.field] = checked_list(child, json.loads(text))
        except (ValueError, TypeError, ArithmeticError):
            self._unread(child.name("en"), text, place, left)

    def _unread(self, word: str, text: str, place: Place, left: list[tuple[str, str]]) -> None:
        left.append((word, text))
        self.draft.odd("unreadable", place, word, text)

    def _enter(self, values: dict[str, dict[str, Any]], kind: str, left: list[tuple[str, str]], place: Place) -> None:
        marks = dict(zip(KINDS, str(values.pop("row", {}).get("fingerprints", "")).split("/"), strict=False))
        node: Node | None = None
        for level in KINDS:
            found = values.get(level, {})
            if not found.get("code") and not found.get(NAME_OF[level]):
                self._beside(self.here.get(level) if level != "action" else None, found, place)
                continue
            above = None if kind == "action" and node is None else self.here.get(PARENT[level])
            parent = above or self.parent_of(level, "", place)
            node = self.here[level] = self._one(level, found, parent, marks.get(level, ""), place)
            below = level
            while below := CHILD.get(below, ""):
                self.here.pop(below, None)
        bearer = node if node is not None and node.kind in {"objective", "action"} else None
        for word, text in left:
            if bearer is not None:
                bearer.keep(word, text)
            else:
                self.draft.odd("left_over", place, word, text)

    def _one(self, level: str, found: dict[str, Any], parent: Node, mark: str, place: Place) -> Node:
        name: dict[str, str] = found.get(NAME_OF[level], {})
        node = self.node(level, found.pop("code", ""), name, parent, place)
        extra = found.pop("extra", {})
        for field, value in found.items():
            if field not in node.fields:
                node.fields[field] = value
            elif isinstance(value, dict) and isinstance(node.fields[field], dict):
                self._merge_texts(node.fields[field], value, place)
            elif node.fields[field] != value:
                self.draft.odd("other_wording", place, field, str(value))
        for word, text in extra.items():
            node.keep(word, text)
        node.fingerprint = node.fingerprint or mark
        return node

    def _merge_texts(self, own: dict[str, Any], new: dict[str, Any], place: Place) -> None:
        for language, text in new.items():
            if own.setdefault(language, text) != text:
                self.draft.odd("other_wording", place, language, str(text))

    def _beside(self, node: Node | None, found: dict[str, Any], place: Place) -> None:
        for field, value in found.items():
            if node is None or node.fields.setdefault(field, value) != value:
                self.draft.odd("left_over", place, field, str(value))

    # ---- Other sheets ---------------------------------------------------------------------------------------------

    def other(self, sheet: Sheet, mark: str) -> None:
        """The plan's own fields, the words, or one kind of list."""
        readers: dict[str, Callable[[Sheet], None]] = {"plan": self._plan_sheet, "words": self._words_sheet}
        if mark in readers:
            readers[mark](sheet)
            return
        child = next((child for child in CHILDREN if child.field == mark), None)
        for row in sheet.rows[1:]:
            if child is not None:
                self._child_row(child, sheet, row)

    def _child_row(self, child: Child, sheet: Sheet, row: Row) -> None:
        place = Place(sheet.name, row.number)
        owners = [child.level] if child.level else ["objective", "action"]
        cells = list(_joined(sheet.rows[0].cells, row.cells))
        names = {
            name_of(c, code, tongue): (c, code)
            for c in child.columns
            for tongue in LANGUAGES
            for code in ("", *LANGUAGES)
        }
        owner: Node | None = None
        item: dict[str, Any] = {}
        for word, text in cells:
            level = next((o for o in owners if word in _owner_names(o)), "")
            if level:
                owner = self.nodes.get((level, text.strip()), owner)
            elif found := names.get(word):
                self._put_item(item, *found, text, place)
        if owner is None or not item:
            for _word, text in cells:
                self.draft.odd("left_over", place, found=text)
        elif child.field == "extra":
            owner.keep(str(item.get("column", "?")), str(item.get("text", "")))
        else:
            owner.fields.setdefault(child.field, []).append(item)

    def _put_item(self, item: dict[str, Any], column: Column, language: str, text: str, place: Place) -> None:
        if column.kind == "text":
            item.setdefault(column.field, {})[language] = text
            return
        try:
            item[column.field] = value_of(column, text)
        except (ValueError, TypeError, ArithmeticError):
            self.draft.odd("unreadable", place, column.name("en"), text)

    def _plan_sheet(self, sheet: Sheet) -> None:
        order = [cell for cell in sheet.rows[0].cells if cell in LANGUAGES]
        fields = self.draft.root.fields
        for row in sheet.rows[1:]:
            column = _PLAN_NAMES.get(row.cells[0])
            texts = [(code, text) for code, text in zip(order, row.cells[1:], strict=False) if text]
            for code, text in texts:
                if column is None:
                    self.draft.odd("left_over", Place(sheet.name, row.number), row.cells[0], text)
                elif column.kind == "text":
                    fields.setdefault(column.field, {})[code] = text
                elif column.field in {"code", "fingerprint"}:
                    setattr(self.draft.root, column.field, text)
                else:
                    self._put_item(fields, column, "", text, Place(sheet.name, row.number))

    def _words_sheet(self, sheet: Sheet) -> None:
        order = [cell for cell in sheet.rows[0].cells if cell in LANGUAGES]
        for row in sheet.rows[1:]:
            kind, code, *names = (*row.cells, "", "")
            name = {language: text for language, text in zip(order, names, strict=False) if text}
            self.draft.words.setdefault(kind, []).append({"code": code, "name": name})

    def finished(self, name: str) -> Draft:
        """The draft, with a name for what has none."""
        self.draft.root.fields.setdefault("name", {"fr": name or "–"})
        name_parts(self.draft)
        return self.draft


def _owner_names(level: str) -> set[str]:
    column = BY_KEY["code" if level == "action" else "objective_code"]
    return {column.name(language) for language in LANGUAGES}


def _joined(header: tuple[str, ...], cells: tuple[str, ...]) -> list[tuple[str, str]]:
    """(word, text) of the filled cells; a text too long for one cell goes on in 'Word +1' beside it."""
    found: list[tuple[str, str]] = []
    for position, text in enumerate(cells):
        word = header[position] if position < len(header) else ""
        goes_on = _GOES_ON.match(word)
        if text and goes_on and found and found[-1][0] == goes_on.group(1):
            found[-1] = (found[-1][0], found[-1][1] + text)
        elif text:
            found.append((word, text))
    return found


def checked_list(child: Child, items: Any) -> Any:
    """A list as JSON gives it, each value in its canonical form. Raises ValueError where it is no such list."""
    if child.field == "extra":
        if not isinstance(items, dict):
            raise ValueError(items)
        return {str(column): str(text) for column, text in items.items()}
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValueError(items)
    known = {column.field: column for column in child.columns}
    checked = []
    for item in items:
        if not item.keys() <= known.keys():
            raise ValueError(item)
        checked.append({field: _checked(known[field], value) for field, value in item.items()})
    return checked


def _checked(column: Column, value: Any) -> Any:
    if column.kind == "text":
        if not isinstance(value, dict) or not value.keys() <= set(LANGUAGES):
            raise ValueError(value)
        return value
    return value if isinstance(value, bool) else value_of(column, str(value))
