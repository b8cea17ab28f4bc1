"""Tables of web pages, also those that Word and Excel save: cells that span, tables inside tables, old encodings."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from senne.plan.importers.base import Importer, ImportProblem, Note, Reading, register
from senne.plan.importers.encodings import decode
from senne.plan.importers.grid import Grid, finished
from senne.plan.reading.headings import Headings

_LOOKS = re.compile(rb"<\s*(?:!doctype\s+html|html|table|body|head|meta)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_BLOCKS = {"p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dt", "dd", "table"}
_UNSEEN = {"script", "style", "template", "noscript", "head", "del"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"(?:display\s*:\s*none|mso-hide\s*:\s*all)", re.IGNORECASE)
WIDEST_SPAN = 1_000
LONGEST_HEADING = 300


def read(content: bytes) -> Reading:
    """One sheet per table, and the headings that stand over it."""
    text, notes = _decode(content)
    try:
        root = lxml_html.document_fromstring(
            re.sub(r"^\s*<\?xml[^>]*\?>", "", text),
            parser=lxml_html.HTMLParser(recover=True, no_network=True, remove_comments=True, remove_pis=True),
        )
    except (etree.LxmlError, ValueError) as error:
        raise ImportProblem("broken_file", format="HTML", found=str(error)[:200]) from None
    page = _Page()
    page.walk(root)
    if not page.tables:
        raise ImportProblem("no_table", format="HTML")
    return finished(page.grids, notes)


def _decode(content: bytes) -> tuple[str, list[Note]]:
    """By its marks or as UTF-8 if it is that; else as the page says; else as text files are decoded."""
    declared = _CHARSET.search(content[:4096])
    if declared and not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = declared.group(1).decode("ascii")
        name = "cp1252" if name.lower() in {"iso-8859-1", "latin1", "us-ascii"} else name
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return content.decode(name), []
            except (UnicodeDecodeError, LookupError):
                pass
    return decode(content)


class _Page:
    """Walks the page in its order."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self.tables = 0
        self.title = ""
        self.before = ""

    def walk(self, part: Any) -> None:
        for element in part:
            name = element.tag if isinstance(element.tag, str) else ""
            if name == "title" or (name == "head" and (found := element.find("title")) is not None):
                self.title = _flat(element if name == "title" else found)
            elif name in _HEADINGS:
                self._heading(_flat(element), _HEADINGS[name] + 1)
            elif name == "table":
                self._table(element)
            elif name not in _UNSEEN:
                if name == "p":
                    self.before = _flat(element) or self.before
                self.walk(element)

    def _heading(self, text: str, level: int) -> None:
        self.before = ""
        if text and len(text) <= LONGEST_HEADING:
            grid = Grid(f"table {self.tables + 1}", continues=True)
            grid.put(1, 0, text)
            grid.headings[1] = level
            self.grids.append(grid)

    def _table(self, table: Any) -> None:
        rows = _rows(table)
        if _is_frame(rows):
            for cell in (cell for row in rows for cell in _cells(row)):
                self.walk(cell)
            return
        caption = table.find("caption")
        over = _flat(caption) if caption is not None else self.before
        if over and (caption is not None or Headings.names_a_part(over)):
            self._heading(over, 9)
        elif not self.tables and not self.grids and (self.title or over):
            self._heading(self.title or over, 1)
        self.before = ""
        self.tables += 1
        grid = Grid(f"table {self.tables}", continues=True)
        _fill(rows, grid)
        self.grids.append(grid)


def _rows(table: Any) -> list[Any]:
    """The rows of the table itself, not those of tables inside its cells."""
    found = []
    for part in table:
        if part.tag == "tr":
            found.append(part)
        elif part.tag in {"thead", "tbody", "tfoot"}:
            found += _rows(part)
    return found


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def _is_frame(rows: list[Any]) -> bool:
    """A table whose rows hold one cell each, with tables in them, is a frame around those."""
    cells = [_cells(row) for row in rows]
    holds = any(cell.find(".//table") is not None for row in cells for cell in row)
    return holds and all(len(row) <= 1 for row in cells)


def _fill(rows: list[Any], grid: Grid) -> None:
    taken: dict[int, int] = {}
    for number, row in enumerate(rows, 1):
        column = 0
        if _HIDDEN.search(row.get("style") or ""):
            grid.hidden_rows.append(number)
        for cell in _cells(row):
            while taken.get(column, 0) >= number:
                column += 1
            width = min(_span(cell.get("colspan")), WIDEST_SPAN)
            height = len(rows) - number + 1 if cell.get("rowspan") == "0" else _span(cell.get("rowspan"))
            bottom = min(number + height - 1, len(rows))
            grid.put(number, column, _cell_text(cell))
            grid.merge(number, column, bottom, column + width - 1)
            for covered in range(column, column + width):
                taken[covered] = bottom
            column += width


def _span(text: str | None) -> int:
    return max(1, int(text)) if text and text.strip().isdigit() and len(text.strip()) < 6 else 1


def _flat(element: Any) -> str:
    return " ".join(_cell_text(element).split())


def _cell_text(element: Any) -> str:
    """Text as a page shows it: white space is one space, blocks and breaks are new lines."""
    parts: list[str] = []
    _collect(element, parts)
    text = re.sub(r"[ ]*\n[ \n]*", "\n", re.sub(r"[ \t\r\f\v]+", " ", "".join(parts)))
    return text.strip(" \n")


def _collect(element: Any, parts: list[str]) -> None:
    _put(parts, element.text)
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        if name == "br":
            parts.append("\n")
        elif name in {"td", "th"}:
            _collect(child, parts)
            parts.append(" | " if child.getnext() is not None else "")
        elif name and name not in _UNSEEN:
            if name in _BLOCKS:
                parts.append("\n")
            _collect(child, parts)
            if name in _BLOCKS:
                parts.append("\n")
        _put(parts, child.tail)


def _put(parts: list[str], text: str | None) -> None:
    if text:
        parts.append(re.sub(r"[ \t\r\n\f]+", " ", text))


def _is_page(content: bytes) -> bool:
    """Also where each letter takes two bytes (UTF-16)."""
    return bool(_LOOKS.search(content[:8192].replace(b"\x00", b"")))


register(Importer("html", ("html", "htm", "xls", "xhtml"), _is_page, read, rank=20))
