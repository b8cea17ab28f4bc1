"""OpenDocument spreadsheets, and the tables of OpenDocument texts."""

from __future__ import annotations

import re
from typing import Any

from senne.plan.importers.archive import Archive, attribute, has_member, local
from senne.plan.importers.base import Importer, ImportProblem, Note, Reading, register
from senne.plan.importers.grid import MOST_CELLS, MOST_ROWS, Grid, finished
from senne.plan.importers.numbers import plain
from senne.plan.importers.xlsx import unescaped
from senne.plan.reading.tables import Number

_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_TEXT = b"application/vnd.oasis.opendocument.text"
_NUMBERS = {"float", "currency", "percentage"}
_AROUND = re.compile(r"^([^\d+-]*)[+-]?\d[\d\s.,'\u00a0\u202f]*(.*)$", re.DOTALL)
_SKIPPED = {"annotation", "frame", "shape", "note", "tracked-changes"}


def read(content: bytes) -> Reading:
    """One sheet per table; repeated rows and cells count as often as they repeat."""
    archive = Archive(content, "ODS")
    manifest = archive.bytes_of("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.names else b""
    if b"encryption-data" in manifest:
        raise ImportProblem("password", format="ODS")
    if "content.xml" not in archive.names:
        raise ImportProblem("broken_file", format="ODS", found="content.xml")
    grids = _tables_of_text(archive) if _TEXT in content[:200] else _sheets(archive)
    commented = any(grid.commented for grid in grids)
    return finished(grids, [Note("comments")] if commented else [])


def _sheets(archive: Archive) -> list[Grid]:
    """The tables of a spreadsheet, row by row."""
    grids: list[Grid] = []
    unseen: set[str] = set()
    number = 1
    for element in archive.stream("content.xml", "table-row", "style", starts=("table",)):
        name = local(element)
        if name == "style":
            if any(local(p) == "table-properties" and attribute(p, "display") == "false" for p in element):
                unseen.add(attribute(element, "name"))
        elif name == "table":
            grids.append(
                Grid(attribute(element, "name"), named=True, hidden=attribute(element, "style-name") in unseen)
            )
            number = 1
        elif grids:
            number = _row(element, number, grids[-1])
    return grids


def _tables_of_text(archive: Archive) -> list[Grid]:
    """The tables of a text document and the headings between them, in their order."""
    grids: list[Grid] = []
    tables = 0
    for element in archive.stream("content.xml", "table", "h"):
        if local(element) == "table":
            tables += 1
            grid, number = Grid(f"table {tables}", continues=True), 1
            for row in _rows(element):
                number = _row(row, number, grid)
        else:
            grid = Grid("", continues=True)
            grid.put(1, 0, _text(element))
            level = attribute(element, "outline-level")
            grid.headings[1] = int(level) if level.isdigit() else 1
        grids.append(grid)
    return grids


def _row(row: Any, number: int, grid: Grid) -> int:
    """Put a row, as often as it repeats, into the sheet; gives the number of the next one."""
    times = _times(row, "number-rows-repeated")
    if attribute(row, "visibility") in {"collapse", "filter"}:
        grid.hidden_rows += range(number, number + min(times, 1000))
    cells = _cells(row, grid)
    if cells and (times > MOST_ROWS or times * len(cells) > MOST_CELLS):
        raise ImportProblem("too_many_cells", sheet=grid.name, limit=MOST_ROWS)
    for line in range(number, number + times) if cells else ():
        for column, text, height, width in cells:
            grid.put(line, column, text)
            grid.merge(line, column, line + height - 1, column + width - 1)
    return number + times


def _rows(part: Any) -> list[Any]:
    """Rows in their order, also those in header groups and outlines."""
    found: list[Any] = []
    for element in part:
        name = local(element)
        if name == "table-row":
            found.append(element)
        elif name in {"table-header-rows", "table-rows", "table-row-group"}:
            found += _rows(element)
    return found


def _times(element: Any, name: str) -> int:
    text = attribute(element, name)
    return max(1, int(text)) if text.isdigit() else 1


def _cells(row: Any, grid: Grid) -> list[tuple[int, str, int, int]]:
    """(column, text, rows spanned, columns spanned) of the cells that hold something or span."""
    found: list[tuple[int, str, int, int]] = []
    column = 0
    for cell in row:
        if local(cell) not in {"table-cell", "covered-table-cell"}:
            continue
        times = _times(cell, "number-columns-repeated")
        height, width = _times(cell, "number-rows-spanned"), _times(cell, "number-columns-spanned")
        text = _cell_text(cell)
        if any(local(part) == "annotation" for part in cell):
            grid.commented = True
        if text and len(found) + times > MOST_CELLS:
            raise ImportProblem("too_many_cells", sheet=grid.name, limit=MOST_ROWS)
        if text or height > 1 or width > 1:
            found += [(column + extra, text, height, width) for extra in range(times if text else 1)]
        column += times
    return found


def _cell_text(cell: Any) -> str:
    """What the cell shows. A date is given in full, a number with a decimal point."""
    kind = attribute(cell, "value-type")
    if kind == "date" and (day := attribute(cell, "date-value")):
        return day.removesuffix("T00:00:00")
    text = "\n".join(_text(part) for part in _paragraphs(cell))
    value = attribute(cell, "value")
    if kind in _NUMBERS and value:
        return _number(value, text, kind)
    return text or attribute(cell, "formula")


def _number(value: str, text: str, kind: str) -> str:
    """The value, with what stands around the number that is shown ('k€', '%')."""
    try:
        number = float(value)
    except ValueError:
        return text
    if kind == "percentage":
        return Number(f"{plain(number * 100)}%")
    around = _AROUND.match(text)
    before, after = (around.group(1), around.group(2)) if around else ("", "")
    wanted = [part.strip() if any(char.isalpha() or char in "€$£" for char in part) else "" for part in (before, after)]
    return Number(f"{wanted[0]} {plain(number)} {wanted[1]}".strip())


def _paragraphs(part: Any) -> list[Any]:
    """The paragraphs of a cell, in lists and nested tables too, not those of comments and drawings."""
    found: list[Any] = []
    for element in part:
        name = local(element)
        if name in {"p", "h"}:
            found.append(element)
        elif name not in _SKIPPED:
            found += _paragraphs(element)
    return found


def _one_space(text: str | None) -> str:
    """White space as OpenDocument means it: however much there is, it is one space."""
    return re.sub(r"[ \t\r\n]+", " ", text) if text else ""


def _text(element: Any) -> str:
    """The text of a paragraph: spaces that are written as elements, tabs, line breaks; no comments."""
    parts = [_one_space(element.text)]
    for child in element:
        name = local(child)
        if name == "s":
            parts.append(" " * _times(child, "c"))
        elif name == "tab":
            parts.append("\t")
        elif name == "line-break":
            parts.append("\n")
        elif name not in _SKIPPED:
            parts.append(_text(child))
        parts.append(_one_space(child.tail))
    return unescaped("".join(parts))


register(
    Importer(
        "ods",
        ("ods", "odt", "ots"),
        lambda content: (
            has_member(content, "content.xml") and (_SPREADSHEET in content[:200] or _TEXT in content[:200])
        ),
        read,
        rank=11,
    )
)
