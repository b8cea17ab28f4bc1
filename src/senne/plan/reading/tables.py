"""Tables as every importer gives them: sheets of rows of text, with what was merged."""

from __future__ import annotations

from dataclasses import dataclass


class Number(str):
    """The text of a cell that holds a number, not digits that somebody typed: its point is a decimal point."""

    __slots__ = ()


@dataclass(frozen=True)
class Row:
    """A row: its number as people count it (from 1) and its cells as text.

    `above` and `left` are the positions (from 0) that a merged cell above, or on the left, covers: they are empty here.
    `heading` is the level of a heading that stands between tables (1 is the highest), 0 for a row of a table.
    """

    number: int
    cells: tuple[str, ...]
    above: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()
    heading: int = 0

    def filled(self) -> list[str]:
        return [cell for cell in self.cells if cell]


@dataclass(frozen=True)
class Sheet:
    """A sheet, page or table. Empty rows are left out; row numbers stay true.

    `named`: people gave it its name (a worksheet's tab). `continues`: it may go on with the table before it (a page).
    `hidden`: its author hid it. `width` is its number of columns, empty ones too (0: not known). `cut`: the end
    of the page cuts its last row, which goes on in the next sheet.
    """

    name: str
    rows: tuple[Row, ...]
    named: bool = False
    continues: bool = False
    hidden: bool = False
    width: int = 0
    cut: bool = False
