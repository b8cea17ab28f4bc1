"""Tables of Word documents: merged cells, tables inside cells, headings between tables, tables that a page break cut."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from senne.plan.importers.archive import Archive, attribute, has_member, local
from senne.plan.importers.base import Importer, ImportProblem, Note, Reading, register
from senne.plan.importers.grid import Grid, finished
from senne.plan.reading.headings import Headings

_WRAPPERS = {
    "sdt",
    "sdtContent",
    "ins",
    "smartTag",
    "customXml",
    "moveTo",
    "hyperlink",
    "fldSimple",
    "AlternateContent",
    "Choice",
}
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "ptab": "\t"}
LONGEST_HEADING = 300


def read(content: bytes) -> Reading:
    """One sheet per table, and the headings that stand over it."""
    archive = Archive(content, "DOCX")
    path = "word/document.xml" if "word/document.xml" in archive.names else "word/document2.xml"
    tree = archive.tree(path)
    body = next((part for part in tree if local(part) == "body"), None) if tree is not None else None
    if body is None:
        raise ImportProblem("broken_file", format="DOCX", found=path)
    document = _Document(_heading_levels(archive, posixpath.dirname(path)))
    document.walk(body)
    if not document.tables:
        raise ImportProblem("no_table", format="DOCX")
    notes = [Note("comments")] if any("comments" in name for name in archive.names) else []
    return finished(document.grids, notes)


def _heading_levels(archive: Archive, folder: str) -> dict[str, int]:
    """The level of each paragraph style that is a heading, by its id: 'Kop1' is 1, whatever the language of Word."""
    tree = archive.tree(f"{folder}/styles.xml")
    levels: dict[str, int] = {}
    for style in tree if tree is not None else ():
        if local(style) != "style" or attribute(style, "type") != "paragraph":
            continue
        name = next((attribute(part, "val") for part in style if local(part) == "name"), "").lower()
        outline = [
            attribute(p, "val") for part in style if local(part) == "pPr" for p in part if local(p) == "outlineLvl"
        ]
        if name == "title":
            levels[attribute(style, "styleId")] = 1
        elif name.startswith("heading ") and name[8:].isdigit():
            levels[attribute(style, "styleId")] = int(name[8:]) + 1
        elif outline and outline[0].isdigit() and int(outline[0]) < 9:
            levels[attribute(style, "styleId")] = int(outline[0]) + 2
    return levels


@dataclass
class _Document:
    """Walks the body in its order."""

    levels: dict[str, int]
    grids: list[Grid] = field(default_factory=list)
    tables: int = 0
    before: str = ""

    def walk(self, part: Any) -> None:
        for element in part:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name in _WRAPPERS:
                self.walk(element)

    def _paragraph(self, paragraph: Any) -> None:
        text = _text_of(paragraph).strip()
        if not text:
            return
        level = self._level(paragraph)
        if level and len(text) <= LONGEST_HEADING:
            self._heading(text, level)
            self.before = ""
        else:
            self.before = text if len(text) <= LONGEST_HEADING else ""

    def _level(self, paragraph: Any) -> int:
        for properties in (part for part in paragraph if local(part) == "pPr"):
            for part in properties:
                if local(part) == "pStyle" and attribute(part, "val") in self.levels:
                    return self.levels[attribute(part, "val")]
                if local(part) == "outlineLvl" and attribute(part, "val").isdigit():
                    return min(8, int(attribute(part, "val"))) + 2
        return 0

    def _heading(self, text: str, level: int) -> None:
        grid = Grid(f"table {self.tables + 1}", continues=True)
        grid.put(1, 0, text)
        grid.headings[1] = level
        self.grids.append(grid)

    def _table(self, table: Any) -> None:
        if _is_frame(table):
            for cell in _cells_of(table):
                self.walk(cell)
            return
        if self.before and (not self.tables or Headings.names_a_part(self.before)):
            self._heading(self.before, 9 if Headings.names_a_part(self.before) else 1)
        self.before = ""
        self.tables += 1
        grid = Grid(f"table {self.tables}", continues=True)
        _fill(table, grid)
        self.grids.append(grid)


def _is_frame(table: Any) -> bool:
    """A table of one column that only holds other tables is a frame around them."""
    rows = [list(_cells_in(row)) for row in _rows_in(table)]
    holds = any(local(part) == "tbl" for cells in rows for cell in cells for part in cell)
    return holds and all(len(cells) <= 1 for cells in rows)


def _rows_in(table: Any) -> Iterator[Any]:
    yield from _inside(table, "tr")


def _cells_in(row: Any) -> Iterator[Any]:
    yield from _inside(row, "tc")


def _cells_of(table: Any) -> Iterator[Any]:
    for row in _rows_in(table):
        yield from _cells_in(row)


def _inside(part: Any, wanted: str) -> Iterator[Any]:
    """The rows of a table, or the cells of a row, also those that a content control wraps."""
    for element in part:
        if local(element) == wanted:
            yield element
        elif local(element) in _WRAPPERS:
            yield from _inside(element, wanted)


def _fill(table: Any, grid: Grid) -> None:
    open_cells: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(_rows_in(table), 1):
        column = _skipped(row)
        for cell in _cells_in(row):
            width, merge = _span(cell)
            text = _cell_text(cell)
            if merge == "continue" and column in open_cells:
                top, right = open_cells[column]
                grid.merge(top, column, number, right)
                if text:
                    grid.put(number, column, text)
            else:
                grid.put(number, column, text)
                grid.merge(number, column, number, column + width - 1)
                open_cells.pop(column, None)
                if merge == "restart":
                    open_cells[column] = (number, column + width - 1)
            column += width


def _skipped(row: Any) -> int:
    """Columns that the row leaves out at its start."""
    for properties in (part for part in row if local(part) == "trPr"):
        for part in properties:
            if local(part) == "gridBefore" and attribute(part, "val").isdigit():
                return min(int(attribute(part, "val")), 500)
    return 0


def _span(cell: Any) -> tuple[int, str]:
    """(columns spanned, 'restart', 'continue' or '') of a cell."""
    width, merge = 1, ""
    for properties in (part for part in cell if local(part) == "tcPr"):
        for part in properties:
            if local(part) == "gridSpan" and attribute(part, "val").isdigit():
                width = max(1, min(int(attribute(part, "val")), 500))
            elif local(part) == "vMerge":
                merge = attribute(part, "val") or "continue"
    return width, merge


def _cell_text(cell: Any) -> str:
    """Paragraphs as lines; a table inside the cell as lines too, its cells apart by bars."""
    lines: list[str] = []
    for element in cell:
        name = local(element)
        if name == "p":
            lines.append(_text_of(element))
        elif name == "tbl":
            for row in _rows_in(element):
                lines.append(" | ".join(filter(None, (_cell_text(inner).strip() for inner in _cells_in(row)))))
        elif name in _WRAPPERS:
            lines.append(_cell_text(element))
    return "\n".join(line for line in lines if line.strip())


def _text_of(part: Any) -> str:
    """The text of a paragraph as it stands: insertions in, deletions and field codes out."""
    parts: list[str] = []
    for element in part:
        name = local(element)
        if name == "t":
            parts.append(element.text or "")
        elif name in _BREAKS:
            parts.append(_BREAKS[name])
        elif name == "sym":
            code = attribute(element, "char")
            parts.append(chr(int(code, 16)) if code else "")
        elif name == "r" or name in _WRAPPERS:
            parts.append(_text_of(element))
        elif name in {
            "drawing",
            "pict",
            "object",
            "txbxContent",
            "textbox",
            "shape",
            "inline",
            "anchor",
            "wsp",
            "txbx",
        }:
            parts += [f"\n{_text_of(p)}" for p in element.iter() if local(p) == "p" and name in {"drawing", "pict"}]
    return "".join(parts)


register(Importer("docx", ("docx", "docm", "dotx"), lambda c: has_member(c, "word/document.xml"), read, rank=12))
