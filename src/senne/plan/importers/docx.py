"""Tables of Word documents; a cell merged downwards is read once."""

from __future__ import annotations

import io

import docx

from senne.plan.importers.base import (
    Importer,
    ImportProblem,
    Reading,
    Row,
    Sheet,
    check_archive,
    has_member,
    register,
)
from senne.plan.importers.cells import clean


def read(content: bytes) -> Reading:
    """One sheet per table, preceded by the headings that stand before the first one."""
    check_archive(content)
    try:
        document = docx.Document(io.BytesIO(content))
    except Exception as error:  # python-docx raises what lxml and zipfile raise
        raise ImportProblem("broken_file", format="DOCX", found=str(error)[:200]) from None
    sheets = []
    for number, table in enumerate(document.tables, 1):
        seen: set[int] = set()
        rows = []
        for index, row in enumerate(table.rows, 1):
            cells = []
            for cell in row.cells:
                key = id(cell._tc)
                cells.append("" if key in seen else clean(cell.text))
                seen.add(key)
            if any(cells):
                rows.append(Row(index, tuple(cells)))
        sheets.append(Sheet(f"table {number}", tuple(rows)))
    if not sheets:
        raise ImportProblem("no_table", format="DOCX")
    title = next((clean(p.text) for p in document.paragraphs if clean(p.text)), "")
    if title:
        first = sheets[0]
        sheets[0] = Sheet(first.name, (Row(0, (title,)), *first.rows))
    return Reading(tuple(sheets))


register(Importer("docx", ("docx",), lambda content: has_member(content, "word/document.xml"), read, rank=12))
