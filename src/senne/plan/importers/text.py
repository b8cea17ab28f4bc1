"""Tab-separated text and CSV: whatever cuts the cells, whatever their quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from senne.plan.importers.base import Importer, Note, Reading, register
from senne.plan.importers.cells import unescaped
from senne.plan.importers.encodings import MOST_TOLD, decode
from senne.plan.importers.grid import Grid, finished
from senne.plan.reading.exchange_tables import is_own
from senne.plan.reading.headers import header_of
from senne.plan.reading.tables import Row

MARKS = "\t;,|"
SAMPLE = 60
_SEPARATOR_LINE = re.compile(r"^sep=(.)\s*$", re.IGNORECASE)


def read(content: bytes) -> Reading:
    """One sheet. A quote is only a quote of CSV where it opens a cell and another one closes it."""
    text, notes = decode(content)
    told = _SEPARATOR_LINE.match(text.split("\n", 1)[0].strip())
    mark = told.group(1) if told else _mark_of(text)
    grid = Grid("")
    lone: list[int] = []
    for number, (cells, is_odd) in enumerate(_records(text, mark), 1):
        if told and number == 1:
            continue
        for column, cell in enumerate(cells):
            grid.put(number, column, unescaped(cell))
        if is_odd:
            lone.append(number)
    if lone and mark != "\t":
        notes.append(Note("lone_quotes", params={"rows": lone[:MOST_TOLD], "count": len(lone)}))
    return finished([grid], notes)


def _records(text: str, mark: str) -> Iterator[tuple[list[str], bool]]:
    """The records, each its cells and whether one opens with a quote that never closes (a character like any other)."""
    cut = re.escape(mark)
    cell = re.compile(rf'"((?:[^"]|"")*+)"(?=[ ]*(?:{cut}|[\r\n]|\Z))[ ]*|([^{cut}\r\n]*)')
    end = re.compile(r"\r\n|\r|\n")
    position, cells, is_odd = 0, [], False
    while position < len(text):
        match = cell.match(text, position)
        assert match is not None
        quoted, bare = match.groups()
        cells.append(quoted.replace('""', '"') if quoted is not None else bare)
        is_odd = is_odd or (quoted is None and bare.startswith('"'))
        position = match.end()
        if position < len(text) and text[position] == mark:
            position += 1
            if position < len(text):
                continue
            cells.append("")
        elif line := end.match(text, position):
            position = line.end()
        yield cells, is_odd
        cells, is_odd = [], False


def _mark_of(text: str) -> str:
    """What cuts the cells: the mark under which a header appears, else the one that cuts the lines most evenly."""
    return max(MARKS, key=lambda mark: _worth(text, mark))


def _worth(text: str, mark: str) -> tuple[int, int, int]:
    start = text[:200_000]
    if mark not in start:
        return (0, 0, 0)
    records = [cells for cells, _odd in islice(_records(start, mark), SAMPLE)]
    headers = [header_of(Row(1, tuple(cell.strip() for cell in cells))) for cells in records]
    known = max((len(header.keys()) for header in headers if header), default=0)
    if any(is_own(cells) for cells in records[:1]):
        known = 100
    widths = [len(cells) for cells in records if len(cells) > 1]
    usual = max(set(widths), key=widths.count, default=0)
    return (known, widths.count(usual) if usual else 0, usual)


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    sample = content[:65536]
    if sample.count(0) > len(sample) // 4:
        return bool(sample[1::2].count(0) > len(sample) * 0.3) != bool(sample[0::2].count(0) > len(sample) * 0.3)
    control = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return control <= max(2, len(sample) // 50)


register(Importer("text", ("txt", "tsv", "csv", "tab"), _is_text, read, rank=90))
