"""Takes a PDF apart, page by page: run as a process of its own by pdf.py, which reads its answer as JSON."""

from __future__ import annotations

import io
import json
import re
import resource
import sys
from collections.abc import Iterator
from typing import Any

MEMORY = 2 * 1024**3
CPU_SECONDS = 170
MOST_PAGES = 400
LONGEST_HEADING = 300
_BULLET = re.compile(r"^\s*(?:[•▪◦●○■□➢➤✓*·–—-]|\d{1,2}[.)]|[a-z]\))\s")
_LINES = {"vertical_strategy": "text", "horizontal_strategy": "lines"}


def main() -> None:
    """A PDF on standard input, its tables as JSON on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    json.dump(take_apart(sys.stdin.buffer.read()), sys.stdout)


def take_apart(content: bytes) -> dict[str, Any]:
    """{"tables": […], "notes": […]}, or {"problem": code, "params": {…}}."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            return _read(document)
    except PDFPasswordIncorrect:
        return {"problem": "password"}
    except MemoryError:
        return {"problem": "too_many_cells", "params": {"sheet": "PDF", "limit": MOST_PAGES}}
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            return {"problem": "password"}
        return {"problem": "broken_file", "params": {"found": str(error)[:200]}}
    except Exception as error:  # pdfminer raises many kinds of its own
        return {"problem": "broken_file", "params": {"found": f"{type(error).__name__}: {error}"[:200]}}


def _read(document: Any) -> dict[str, Any]:
    if len(document.pages) > MOST_PAGES:
        return {"problem": "too_many_pages", "params": {"pages": len(document.pages), "limit": MOST_PAGES}}
    tables: list[dict[str, Any]] = []
    letters = images = 0
    for settings in ({}, _LINES):
        for page in document.pages:
            if not settings:
                letters += len(page.chars)
                images += len(page.images)
            tables += _page(page, settings, first=not any(t["cells"] and not t["heading"] for t in tables))
            page.close()
        if any(not table["heading"] for table in tables):
            notes = ["scanned_pages"] if images and letters < 50 * len(document.pages) else []
            return {"tables": tables, "notes": notes}
        tables = []
    scanned = letters < 20 * max(1, len(document.pages))
    return {"problem": "scanned_pdf" if scanned else "no_table"}


def _page(page: Any, settings: dict[str, str], first: bool) -> Iterator[dict[str, Any]]:
    """The tables of a page and the headings over them, from top to bottom."""
    top, bottom = _ends_of_lines(page)
    closing = {"explicit_horizontal_lines": [y for y in (top, bottom) if y is not None]}
    found = sorted(page.find_tables({**settings, **closing}), key=lambda table: (table.bbox[1], table.bbox[0]))
    last = max((table.bbox[3] for table in page.find_tables(settings)), default=0.0) if found else 0.0
    lines = list(_headings(page, [table.bbox for table in found], first)) if found else []
    for number, table in enumerate(found, 1):
        name = f"page {page.page_number}, table {number}"
        for top, text, level in [line for line in lines if line[0] < table.bbox[1]]:
            lines.remove((top, text, level))
            yield {"name": name, "cells": [(1, 0, text)], "merged": [], "heading": level}
        yield {**_table(table, name), "open": table.bbox[3] > last + 3}


def _ends_of_lines(page: Any) -> tuple[float | None, float | None]:
    """The top and bottom of the upright lines: where a page break cuts a row, nothing else closes its cells."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > 4]
    if not upright:
        return None, None
    return min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)


def _headings(page: Any, boxes: list[tuple[float, ...]], first: bool) -> Iterator[tuple[float, str, int]]:
    """(top, text, level) of lines outside tables that name an axis or a theme; on the first page also the title."""
    from senne.plan.reading.headings import Headings

    def is_outside(item: dict[str, Any]) -> bool:
        middle = ((item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2)
        return not any(x0 <= middle[0] <= x1 and top <= middle[1] <= bottom for x0, top, x1, bottom in boxes)

    lines = page.filter(lambda item: item.get("object_type") != "char" or is_outside(item)).extract_text_lines()
    title = _title([line for line in lines if line["top"] < boxes[0][1]]) if first else []
    if title:
        text = " ".join(" ".join(line["text"].split()) for line in title)
        yield title[0]["top"], text[:LONGEST_HEADING], 1
    for line in lines:
        text = " ".join(line["text"].split())
        if line not in title and Headings.names_a_part(text) and len(text) <= LONGEST_HEADING:
            yield line["top"], text, 9


def _title(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines in the largest letters, the first of them and those right below it."""
    written = [line for line in lines if any(char.isalpha() for char in line["text"])]
    largest = max((_size(line) for line in written), default=0.0)
    found: list[dict[str, Any]] = []
    for line in written:
        if _size(line) >= largest - 0.1 and (not found or line["top"] - found[-1]["bottom"] < largest):
            found.append(line)
        elif found:
            break
    return found


def _size(line: dict[str, Any]) -> float:
    return max(float(char["size"]) for char in line["chars"])


def _table(table: Any, name: str) -> dict[str, Any]:
    texts = table.extract()
    cells, merged = [], []
    for number, (row, line) in enumerate(zip(table.rows, texts, strict=True), 1):
        for column, (box, text) in enumerate(zip(row.cells, line, strict=True)):
            if text and (flat := _flat(text)):
                cells.append((number, column, flat))
            if box:
                merged.append((number, column, *_corner(table, row, number, column, box)))
    spans = [area for area in merged if area[2] > area[0] or area[3] > area[1]]
    return {"name": name, "cells": cells, "merged": spans, "heading": 0}


def _corner(table: Any, row: Any, number: int, column: int, box: tuple[float, ...]) -> tuple[int, int]:
    """(last row, last column) that a cell covers, by its place on the page."""
    bottom = number
    for below, other in enumerate(table.rows[number:], number + 1):
        if other.bbox[1] < box[3] - 1:
            bottom = below
    right = column
    while right + 1 < len(row.cells) and row.cells[right + 1] is None:
        following = next((cell for cell in row.cells[right + 1 :] if cell), None)
        if following is not None and following[0] > box[2] + 1 and not _reaches(table, right + 1, box):
            break
        right += 1
    return bottom, right


def _reaches(table: Any, column: int, box: tuple[float, ...]) -> bool:
    """Does the cell reach over a column, by where that column's own cells begin?"""
    starts: list[float] = [row.cells[column][0] for row in table.rows if column < len(row.cells) and row.cells[column]]
    return bool(starts) and min(starts) < box[2] - 1


def _flat(text: str) -> str:
    """Lines that only wrap become one; entries of a list stay on lines of their own."""
    parts: list[str] = []
    for line in text.split("\n"):
        if parts and not _BULLET.match(line):
            glue = "" if re.search(r"\w-$", parts[-1]) and line[:1].islower() else " "
            parts[-1] += glue + line
        else:
            parts.append(line)
    return "\n".join(parts).strip()


if __name__ == "__main__":
    main()
