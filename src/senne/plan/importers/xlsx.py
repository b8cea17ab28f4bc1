"""Excel workbooks, read row by row: what people see in the cells, whoever wrote the file."""

from __future__ import annotations

import posixpath
import re
from typing import Any

from senne.plan.importers.archive import Archive, attribute, has_member, local
from senne.plan.importers.base import Importer, ImportProblem, Note, Reading, register
from senne.plan.importers.grid import MOST_TOLD, Grid, finished
from senne.plan.importers.numbers import BUILT_IN, shown

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"^\$?([A-Za-z]{1,3})\$?(\d{1,7})$")
MOST_STRINGS = 2_000_000


def read(content: bytes) -> Reading:
    """One sheet per worksheet. Hidden ones are read too, and told apart."""
    return _Workbook(Archive(content, "XLSX")).read()


def unescaped(text: str) -> str:
    """The text behind OOXML's escapes: '_x000D_' is a carriage return, '_x005F_' the underscore that protects one."""
    return _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text) if "_x" in text else text


def text_of(element: Any) -> str:
    """The text of a string item: its runs joined, without the readings that guide pronunciation."""
    parts: list[str] = []
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts += [part.text or "" for part in child if local(part) == "t"]
    return unescaped("".join(parts))


class _Workbook:
    """The parts of a workbook that a reader of cells needs."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.path = self._main()
        self.links = self._links(self.path)
        self.strings = self._strings()
        self.formats = self._formats()
        self.since_1904 = False
        self.notes: list[Note] = []

    def _main(self) -> str:
        found = [target for kind, target in self._links("").values() if kind == "officeDocument"]
        return found[0] if found and found[0] in self.archive.names else "xl/workbook.xml"

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """id → (kind, path) of what a part refers to."""
        folder, name = posixpath.split(part)
        tree = self.archive.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for link in tree if tree is not None else ():
            target = link.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[link.get("Id", "")] = (link.get("Type", "").rpartition("/")[2], path)
        return found

    def _linked(self, kind: str) -> str:
        return next((path for found, path in self.links.values() if found == kind and path in self.archive.names), "")

    def _strings(self) -> list[str]:
        path = self._linked("sharedStrings")
        found: list[str] = []
        for item in self.archive.stream(path, "si") if path else ():
            found.append(text_of(item))
            if len(found) > MOST_STRINGS:
                raise ImportProblem("too_many_cells", sheet="–", limit=MOST_STRINGS)
        return found

    def _formats(self) -> list[str]:
        """The number format of each cell style, as a format code."""
        path = self._linked("styles")
        tree = self.archive.tree(path) if path else None
        if tree is None:
            return []
        codes = dict(BUILT_IN)
        styles: list[str] = []
        for block in tree:
            if local(block) == "numFmts":
                codes |= {int(item.get("numFmtId", 0)): item.get("formatCode", "") for item in block}
            elif local(block) == "cellXfs":
                styles = [codes.get(int(item.get("numFmtId") or 0), "") for item in block if local(item) == "xf"]
        return styles

    def read(self) -> Reading:
        tree = self.archive.tree(self.path)
        if tree is None:
            raise ImportProblem("broken_file", format="XLSX", found=self.path)
        grids = []
        for block in list(tree):
            if local(block) == "workbookPr":
                self.since_1904 = block.get("date1904") in {"1", "true"}
        for sheet in (item for block in tree if local(block) == "sheets" for item in block):
            kind, path = self.links.get(attribute(sheet, "id"), ("", ""))
            if kind == "worksheet" and path in self.archive.names:
                hidden = sheet.get("state", "visible") != "visible"
                grids.append(self._sheet(path, Grid(sheet.get("name", ""), named=True, hidden=hidden)))
        if any("/comments" in name for name in self.archive.names):
            self.notes.append(Note("comments"))
        return finished(grids, self.notes)

    def _sheet(self, path: str, grid: Grid) -> Grid:
        uncomputed: list[int] = []
        last = 0
        for element in self.archive.stream(path, "row", "mergeCell", "col"):
            name = local(element)
            if name == "row":
                last = _whole(element.get("r")) or last + 1
                if _is_on(element.get("hidden")):
                    grid.hidden_rows.append(last)
                self._row(element, last, grid, uncomputed)
            elif name == "mergeCell":
                first, _colon, second = element.get("ref", "").partition(":")
                corner, opposite = _place(first), _place(second)
                if corner and opposite:
                    grid.merge(*corner, *opposite)
            elif _is_on(element.get("hidden")):
                self.notes.append(Note("hidden_columns", grid.name, {"column": _letters(_whole(element.get("min")))}))
        if uncomputed:
            params = {"rows": uncomputed[:MOST_TOLD], "count": len(uncomputed)}
            self.notes.append(Note("uncomputed", grid.name, params))
        return grid

    def _row(self, row: Any, number: int, grid: Grid, uncomputed: list[int]) -> None:
        column = -1
        for cell in row:
            if local(cell) != "c":
                continue
            place = _place(cell.get("r", ""))
            column = place[1] if place else column + 1
            text, computed = self._text(cell)
            grid.put(number, column, text)
            if not computed and number not in uncomputed:
                uncomputed.append(number)

    def _text(self, cell: Any) -> tuple[str, bool]:
        """(text, computed) of a cell; a formula whose result was never computed gives its own text."""
        value = formula = ""
        for child in cell:
            name = local(child)
            if name == "v":
                value = child.text or ""
            elif name == "is":
                return text_of(child), True
            elif name == "f":
                formula = f"={child.text or '…'}"
        kind = cell.get("t", "n")
        if not value:
            return (formula, False) if formula and kind != "str" else ("", True)
        if kind == "s":
            number = _whole(value)
            return (self.strings[number] if number < len(self.strings) else ""), True
        if kind in {"n", ""}:
            style = _whole(cell.get("s"))
            return shown(value, self.formats[style] if style < len(self.formats) else "", self.since_1904), True
        if kind == "d":
            return value.removesuffix("T00:00:00"), True
        return unescaped(value), True


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _is_on(text: str | None) -> bool:
    return text in {"1", "true"}


def _place(reference: str) -> tuple[int, int] | None:
    """(row from 1, column from 0) of 'B7'."""
    match = _REFERENCE.match(reference)
    if not match:
        return None
    column = 0
    for letter in match.group(1).upper():
        column = column * 26 + ord(letter) - 64
    return int(match.group(2)), column - 1


def _letters(column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


register(Importer("xlsx", ("xlsx", "xlsm", "xltx"), lambda c: has_member(c, "xl/workbook.xml"), read, rank=10))
