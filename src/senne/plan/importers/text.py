"""Tab-separated text and CSV, in whatever encoding they come."""

from __future__ import annotations

import csv
import io
import sys

from senne.plan.importers.base import Importer, ImportProblem, Note, Reading, Row, Sheet, register
from senne.plan.importers.cells import clean, has_invisible

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def decode(content: bytes) -> tuple[str, list[Note]]:
    """The text and what was odd: UTF-8 and UTF-16 by their marks, else UTF-8, else Windows-1252, line by line if mixed."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), []
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    lines, windows = [], []
    for number, line in enumerate(content.split(b"\n"), 1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
            windows.append(number)
    mixed = any(any(ord(char) > 127 for char in line) for n, line in enumerate(lines, 1) if n not in set(windows))
    notes = [Note("mixed_encodings", params={"rows": windows[:20]})] if mixed else [Note("windows_encoding")]
    return "\n".join(lines), notes


def _delimiter(text: str) -> str:
    """Tab, semicolon, comma or bar: the one that cuts the lines most evenly."""
    lines = [line for line in text.splitlines() if line.strip()][:200]
    counts = {mark: sum(mark in line for line in lines) for mark in "\t;,|"}
    if counts["\t"] >= max(2, len(lines) // 4):
        return "\t"
    return max(";,|\t", key=lambda mark: (counts[mark], sum(line.count(mark) for line in lines[:20])))


def read(content: bytes) -> Reading:
    """One sheet. Quotes are honoured in CSV; in tab-separated text a quote is a quote."""
    text, notes = decode(content)
    if has_invisible(text.removeprefix("\ufeff")):
        odd = [n for n, line in enumerate(text.split("\n"), 1) if has_invisible(line)]
        notes.append(Note("invisible_marks", params={"rows": odd[:20]}))
    mark = _delimiter(text)
    rows: list[Row] = []
    if mark == "\t" and '\t"' not in text and not text.startswith('"'):
        for number, line in enumerate(text.split("\n"), 1):
            _add(rows, number, line.split("\t"))
    else:
        reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=mark)
        start = 1
        try:
            for cells in reader:
                _add(rows, start, cells)
                start = reader.line_num + 1
        except csv.Error as error:
            raise ImportProblem("broken_csv", row=reader.line_num, found=str(error)) from None
    return Reading((Sheet("1", tuple(rows)),), tuple(notes))


def _add(rows: list[Row], number: int, cells: list[str]) -> None:
    cleaned = [clean(cell) for cell in cells]
    while cleaned and not cleaned[-1]:
        cleaned.pop()
    if cleaned:
        rows.append(Row(number, tuple(cleaned)))


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    if content.startswith((b"PK", b"%PDF", b"\x89PNG", b"\xff\xd8", b"GIF8", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        return False
    sample = content[:65536]
    control = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return control <= len(sample) // 50


register(Importer("text", ("txt", "tsv", "csv", "tab"), _is_text, read, rank=90))
