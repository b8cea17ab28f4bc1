"""From cells, wherever they stand, to the rows of a sheet: merged areas told, empty rows left out, sizes kept in bounds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from senne.plan.importers.base import ImportProblem, Note, Reading
from senne.plan.importers.cells import clean, has_invisible
from senne.plan.reading.exchange_tables import is_own
from senne.plan.reading.tables import Number, Row, Sheet

MOST_CELLS = 1_000_000
MOST_ROWS = 100_000
WIDEST = 1_000
MOST_COVERED = 2_000_000
MOST_TOLD = 20


@dataclass
class Grid:
    """One sheet while it is being read: text by row (from 1) and column (from 0), and the areas that are merged."""

    name: str
    named: bool = False
    continues: bool = False
    hidden: bool = False
    cut: bool = False
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    headings: dict[int, int] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    commented: bool = False
    count: int = 0

    def put(self, row: int, column: int, text: str) -> None:
        """A cell that holds something. Raises ImportProblem where the sheet outgrows any plan."""
        if not text:
            return
        self.rows.setdefault(row, {})[column] = text
        self.count += 1
        if self.count > MOST_CELLS or len(self.rows) > MOST_ROWS:
            raise ImportProblem("too_many_cells", sheet=self.name, limit=MOST_ROWS)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """An area read as one cell: rows `top` to `bottom`, columns `left` to `right`."""
        if bottom > top or right > left:
            self.merged.append((top, left, bottom, right))


def finished(grids: Iterable[Grid], notes: Iterable[Note] = ()) -> Reading:
    """The reading of these sheets. Cells of a file that Senne wrote stay as they are; others are cleaned."""
    grids = list(grids)
    told = list(notes)
    own = any(is_own(list(cells.values())) for grid in grids[:1] for cells in list(grid.rows.values())[:1])
    sheets = []
    for grid in grids:
        if own:
            _without_nul(grid)
        else:
            told += _clean(grid)
        sheets.append(_sheet(grid))
        shown = [row for row in grid.hidden_rows if row in grid.rows]
        if shown:
            told.append(Note("hidden_rows", grid.name, {"rows": shown[:MOST_TOLD], "count": len(shown)}))
    return Reading(tuple(sheets), tuple(told))


def _without_nul(grid: Grid) -> None:
    """Texts of our own stay as they are, but for the one character that no store of records takes."""
    for cells in grid.rows.values():
        for column, text in cells.items():
            if "\x00" in text:
                cells[column] = text.replace("\x00", "")


def _clean(grid: Grid) -> list[Note]:
    odd = []
    for number, cells in list(grid.rows.items()):
        found = False
        for column, text in list(cells.items()):
            if isinstance(text, Number):
                continue
            found = found or has_invisible(text)
            cells[column] = clean(text)
            if not cells[column]:
                del cells[column]
        if found:
            odd.append(number)
        if not cells:
            del grid.rows[number]
    name = grid.name if grid.named else ""
    return [Note("invisible_marks", name, {"rows": odd[:MOST_TOLD], "count": len(odd)})] if odd else []


def _sheet(grid: Grid) -> Sheet:
    columns = sorted({column for cells in grid.rows.values() for column in cells})
    if columns and columns[-1] >= WIDEST:
        if len(columns) > WIDEST:
            raise ImportProblem("too_many_cells", sheet=grid.name, limit=MOST_ROWS)
        _close_up(grid, columns)
    covered = _covered(grid)
    rows = []
    for number in sorted(grid.rows):
        cells = grid.rows[number]
        above, left = covered.get(number, (frozenset(), frozenset()))
        row = tuple(cells.get(column, "") for column in range(max(cells) + 1))
        rows.append(Row(number, row, above - cells.keys(), left - cells.keys(), grid.headings.get(number, 0)))
    width = max((len(row.cells) for row in rows), default=0)
    return Sheet(grid.name, tuple(rows), grid.named, grid.continues, grid.hidden, width, grid.cut)


def _close_up(grid: Grid, columns: list[int]) -> None:
    """A lone cell far to the right stands beside the others: nobody has a plan of ten thousand columns."""
    places = {column: place for place, column in enumerate(columns)}
    for number, cells in grid.rows.items():
        grid.rows[number] = {places[column]: text for column, text in cells.items()}
    grid.merged.clear()


def _covered(grid: Grid) -> dict[int, tuple[frozenset[int], frozenset[int]]]:
    """For each row that holds something: the columns that a merged cell above, and on the left, covers."""
    if not grid.merged:
        return {}
    numbers = sorted(grid.rows)
    last = max((max(cells) for cells in grid.rows.values()), default=0) + 50
    found: dict[int, tuple[set[int], set[int]]] = {}
    spent = 0
    for top, left, bottom, right in grid.merged:
        for number in _between(numbers, top, bottom):
            above, beside = found.setdefault(number, (set(), set()))
            columns = range(left, min(right, last) + 1)
            spent += len(columns)
            if spent > MOST_COVERED:
                return {}
            (above if number > top else beside).update(columns if number > top else columns[1:])
    return {number: (frozenset(above), frozenset(beside)) for number, (above, beside) in found.items()}


def _between(numbers: list[int], first: int, last: int) -> list[int]:
    return numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]
