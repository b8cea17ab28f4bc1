"""What somebody pasted from a spreadsheet: lines of cells, each keyed by an action's code. What a cell means, others say.

The mark between cells is the tab of a spreadsheet's clipboard, else the semicolon or the comma of a CSV file. The first
line may name the columns, in French, Dutch or English; without it they come in the order in which the page shows them.
An empty cell says nothing (what stands there stays); a dash empties the field.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from senne.plan.columns import fold
from senne.plan.reading.vocabulary import recognise

CODE = "code"
EMPTIES = frozenset({"-", "–", "—"})
MOST_LINES = 1000
_MARKS = ("\t", ";", ",")
# Columns that a table copied from the page brings along, and that identify or describe without being changed here.
_ALSO_KNOWN = frozenset({"plan", "title"})
# What plan documents call otherwise than the page.
_OURS = {"status_reason": "reason"}


@dataclass(frozen=True)
class Line:
    """A line that has a code: its number as people count, its cells by column (empty ones left out), as it was written."""

    number: int
    code: str
    plan: str
    cells: dict[str, str]
    raw: str


@dataclass(frozen=True)
class LineFault:
    """A line that cannot be used as a whole: what is wrong, by code (`no_code`, `cells`, `twice`, `too_many`)."""

    number: int
    kind: str
    raw: str
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Pasted:
    """A pasted table: its columns in order ('' for one that is not read here), what could be read, what could not."""

    columns: tuple[str, ...]
    mark: str
    heading: str
    unread: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    faults: tuple[LineFault, ...] = ()


def read_pasted(text: str, shown: Sequence[str], known: Iterable[str], heads: Mapping[str, str]) -> Pasted:
    """The table in `text`.

    `shown`: keys of the columns after the code where there is no heading; `known`: keys that a heading may name; `heads`:
    key of a column by the folded words of a heading (our own words, before those that plan documents use).
    """
    mark = mark_of(text)
    rows = _rows(text, mark)
    if not rows:
        return Pasted((), mark, "")
    columns, unread = _heading(rows[0][1], {*shown, *known}, heads)
    heading = ""
    if columns:
        heading, rows = rows[0][2], rows[1:]
    else:
        columns = (CODE, *shown)
    lines, faults = _lines(rows, columns)
    return Pasted(columns, mark, heading, unread, tuple(lines), tuple(faults))


def mark_of(text: str) -> str:
    """What stands between cells: a tab anywhere settles it, else the first line does."""
    if "\t" in text:
        return "\t"
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_MARKS[1:], key=first.count) if any(mark in first for mark in _MARKS[1:]) else "\t"


def write_lines(rows: Sequence[Sequence[str]], mark: str = "\t") -> str:
    """Rows as `read_pasted` reads them back, and as a spreadsheet takes them from the clipboard."""
    return "\n".join(mark.join(_quoted(cell, mark) for cell in row) for row in rows)


def _quoted(cell: str, mark: str) -> str:
    if any(sign in cell for sign in (mark, '"', "\n", "\r")):
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


def _rows(text: str, mark: str) -> list[tuple[int, list[str], str]]:
    """(number, cells, as written) of each line that holds anything."""
    lines = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows, number = [], 0
    while number < len(lines):
        last = _end_of_row(lines, number, mark)
        raw = "\n".join(lines[number : last + 1])
        cells = _cells(raw, mark)
        if any(cells):
            rows.append((number + 1, cells, raw))
        number = last + 1
    return rows


def _end_of_row(lines: list[str], first: int, mark: str) -> int:
    """The last line of the row that begins at `first`: a quoted cell may hold line breaks, if its quote is closed at all."""
    if not _inside_quote(lines[first], mark, False):
        return first
    for last in range(first + 1, min(len(lines), first + 60)):
        if not _inside_quote(lines[last], mark, True):
            return last
    return first


def _inside_quote(line: str, mark: str, inside: bool) -> bool:
    """Whether a quoted cell is still open at the end of the line. A quote opens only at the beginning of a cell."""
    beginning, place = True, 0
    while place < len(line):
        sign = line[place]
        if inside and sign == '"':
            if line[place + 1 : place + 2] == '"':
                place += 1
            else:
                inside = False
        elif not inside and sign == '"' and beginning:
            inside = True
        beginning = not inside and sign == mark
        place += 1
    return inside


def _cells(raw: str, mark: str) -> list[str]:
    """The cells of one row, without the blanks around them."""
    never_closed = _inside_quote(raw, mark, False)
    try:
        row = raw.split(mark) if never_closed else next(csv.reader(iter([raw]), delimiter=mark), [])
    except csv.Error:
        row = raw.split(mark)
    return [cell.strip() for cell in row]


def _heading(cells: list[str], known: set[str], heads: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(column keys, headings that are not read here); nothing where the first line names no code and no other column."""
    keys = [_key(cell, heads) for cell in cells]
    if CODE not in keys or (len(keys) > 1 and not any(key for key in keys if key != CODE)):
        return (), ()
    columns: list[str] = []
    unread: list[str] = []
    for cell, key in zip(cells, keys, strict=True):
        wanted = key in known or key == CODE or key in _ALSO_KNOWN
        if not wanted or key in columns:
            unread += [cell] if cell else []
            key = ""
        columns.append(key)
    return tuple(columns), tuple(unread)


def _key(cell: str, heads: Mapping[str, str]) -> str:
    own = heads.get(fold(cell))
    if own:
        return own
    known = recognise(cell) if cell else None
    return _OURS.get(known.key, known.key) if known else ""


def _lines(rows: list[tuple[int, list[str], str]], columns: tuple[str, ...]) -> tuple[list[Line], list[LineFault]]:
    lines: list[Line] = []
    faults: list[LineFault] = []
    first_seen: dict[tuple[str, str], int] = {}
    for number, cells, raw in rows:
        if len(lines) + len(faults) >= MOST_LINES:
            faults.append(LineFault(number, "too_many", raw, {"limit": MOST_LINES}))
            continue
        if len(cells) != len(columns):
            faults.append(LineFault(number, "cells", raw, {"found": len(cells), "expected": len(columns)}))
            continue
        named = {key: cell for key, cell in zip(columns, cells, strict=True) if key and cell}
        code, plan = named.pop(CODE, ""), named.pop("plan", "")
        named.pop("title", None)
        if not code:
            faults.append(LineFault(number, "no_code", raw))
            continue
        key = (fold(plan), code.casefold())
        if key in first_seen:
            faults.append(LineFault(number, "twice", raw, {"code": code, "first": first_seen[key]}))
            continue
        first_seen[key] = number
        lines.append(Line(number, code, plan, named, raw))
    return lines, faults
