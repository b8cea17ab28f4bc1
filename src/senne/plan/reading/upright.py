"""Tables that stand upright: one action a column (or a table), its fields one below the other, as on action sheets."""

from __future__ import annotations

from dataclasses import replace

from senne.plan.reading.codes import take_apart
from senne.plan.reading.headers import header_of
from senne.plan.reading.tables import Row, Sheet
from senne.plan.reading.vocabulary import Head, recognise

LEAST = 3


def upright(sheet: Sheet) -> Sheet:
    """The sheet with every run of rows headed by its first column turned on its side; other sheets as they are.

    The first column must name three fields or more, an action among them, and no row may be a header.
    """
    if any(header_of(row) for row in sheet.rows):
        return sheet
    rows: list[Row] = []
    block: list[Row] = []
    for row in sheet.rows:
        if _is_field(row):
            if _head(row) and _head(row) in [_head(other) for other in block]:
                rows += _turned(block)
                block = []
            block.append(row)
        elif block and row.cells and not row.cells[0]:
            block.append(row)
        else:
            rows += _turned(block)
            named = _named(row)
            block = [named] if named else []
            rows += [] if named else [row]
    rows += _turned(block)
    turned = replace(sheet, rows=tuple(rows), width=0)
    return turned if any(header_of(row) for row in rows) else sheet


def _named(row: Row) -> Row | None:
    """A row over an action sheet that names the action: 'Fiche action 12 : Isoler les écoles'."""
    only = row.filled()
    if row.heading or len(only) != 1 or take_apart(only[0]).kind != "action":
        return None
    return Row(row.number, ("Action", only[0]))


def _head(row: Row) -> Head | None:
    return recognise(row.cells[0]) if row.cells else None


def _is_field(row: Row) -> bool:
    return (
        not row.heading
        and len(row.cells) > 1
        and bool(row.cells[0])
        and (_head(row) is not None or len(row.cells[0]) <= 60)
    )


def _turned(block: list[Row]) -> list[Row]:
    """The block as a header row and one row for each further column; the block itself where it names too little."""
    keys = {head.key for row in block if (head := _head(row))}
    if len(keys) < LEAST or not keys & {"title", "measure", "objective", "operational"}:
        return block
    fields: list[list[Row]] = []
    for row in block:
        if row.cells[0]:
            fields.append([row])
        else:
            fields[-1].append(row)
    width = max(len(row.cells) for row in block)
    columns = [
        tuple("\n".join(r.cells[n] for r in rows if n < len(r.cells) and r.cells[n]) for rows in fields)
        for n in range(1, width)
    ]
    header = Row(block[0].number, tuple(rows[0].cells[0] for rows in fields))
    return [header, *(Row(block[0].number + 1, cells) for cells in columns if any(cells))]
