"""From the tables of a document to a tree: header, body, headings, legend; nothing that stood in a cell is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from senne.plan.columns import fold
from senne.plan.reading.cells import sort_cells
from senne.plan.reading.draft import Draft, LegendEntry, Node, Place
from senne.plan.reading.finishing import finish
from senne.plan.reading.growing import Grower
from senne.plan.reading.headers import Header, header_of, is_numbering, with_second_line
from senne.plan.reading.headings import Headings, is_section
from senne.plan.reading.language import language_of
from senne.plan.reading.tables import Row, Sheet
from senne.plan.reading.upright import upright

SAMPLE = 120
LEGEND = frozenset({"legende", "legenda", "legend", "key", "leyenda", "legende des couleurs"})
_FOOTER = re.compile(
    r"^[-–\s]*(?:page|pagina|p\.|blz\.?)\s*\d+(?:\s*(?:/|sur|van|of|de)\s*\d+)?[-–\s]*$", re.IGNORECASE
)
_FOOTNOTE = re.compile(
    r"^(?:\*|\(\*\)|(?:sources?|notes?|nb|n\.b\.|remarques?|bron(?:nen)?|opmerking(?:en)?|nota)\s*:)", re.IGNORECASE
)
_NUMBER = re.compile(r"^[-–\s]*\d{1,4}(?:\s*(?:/|sur|van|of|de)\s*\d{1,4})?[-–\s]*$")
_TOTAL = re.compile(
    r"^(?:sous[- ]?|sub)?tota(?:l|ux|al)(?:\s+(?:g[eé]n[eé]ral|general|axe|as|budget|algemeen|th[eè]me|thema))?\b",
    re.IGNORECASE,
)
_TONGUES = {
    "fr": "fr",
    "francais": "fr",
    "nl": "nl",
    "nederlands": "nl",
    "neerlandais": "nl",
    "en": "en",
    "english": "en",
}
_UNNAMED = re.compile(
    r"^(?:sheet|feuil|feuille|blad|tabelle|tableau|table|plan|page|export|data|actions?|acties|"
    r"fiches?(?:[\s_-]+(?:actions?|projets?|mesures?))?|(?:actie|project|maatregel)?fiches?)[\s_-]*\d*$"
)


class NoHeader(Exception):
    """No table of the document has a header row; `found` shows the first row."""

    def __init__(self, found: str, sheet: str = "", row: int = 0) -> None:
        super().__init__(found)
        self.found, self.sheet, self.row = found, sheet, row


def read_draft(sheets: Sequence[Sheet], name: str = "", language: str = "") -> Draft:
    """The draft of all tables of a document. Raises NoHeader where none has a header row."""
    visible = [upright(sheet) for sheet in sheets if not sheet.hidden]
    shown = [_Headed.of(sheet) for sheet in visible]
    if not any(each.has_header() for each in shown):
        shown = [_Headed.of(sheet, least=1) for sheet in visible]
    headed = [each.sheet for each in shown if each.has_header()]
    if not headed:
        first = next(((each.sheet.name, row) for each in shown for row in each.sheet.rows), None)
        found = " | ".join(filter(None, first[1].cells))[:200] if first else ""
        raise NoHeader(found, first[0] if first else "", first[1].number if first else 0)
    draft = Draft(Node("plan", "plan", Place("", 0)), language=language or _language(shown, "fr", 3))
    reader = _Reader(draft, Headings([each.sheet for each in shown]))
    themed = sum(sheet.named and not _is_unnamed(sheet.name) for sheet in headed) > 1
    for each in shown:
        reader.read(each, themed and each.has_header())
    reader.list_headings()
    for sheet in sheets:
        if sheet.hidden:
            for row in sheet.rows:
                for cell in row.filled():
                    draft.odd("hidden", Place(sheet.name, row.number), found=cell)
    finish(draft, reader.title or name)
    return draft


@dataclass(frozen=True)
class _Headed:
    """A sheet, and for each of its rows the header that it is, or None."""

    sheet: Sheet
    headers: tuple[Header | None, ...]

    @classmethod
    def of(cls, sheet: Sheet, least: int = 2) -> _Headed:
        return cls(sheet, tuple(None if row.heading else header_of(row, least) for row in sheet.rows))

    def has_header(self) -> bool:
        return any(self.headers)


def _language(sheets: Sequence[_Headed], otherwise: str, least: int) -> str:
    """The language of the tables: by their small words, else by the words that head them, where these agree."""
    words = {tongue for each in sheets for header in each.headers if header for tongue in header.tongues()}
    headers = words.pop() if len(words) == 1 else otherwise
    texts = [cell for each in sheets if each.has_header() for row in each.sheet.rows[:SAMPLE] for cell in row.cells]
    return language_of(texts, headers, least)


def _is_unnamed(name: str) -> bool:
    return bool(_UNNAMED.match(fold(name))) or fold(name) in _TONGUES


class _Reader:
    """Reads row by row; knows the header, and hands what belongs to the tree to the grower."""

    def __init__(self, draft: Draft, headings: Headings) -> None:
        self.draft, self.headings = draft, headings
        self.grow = Grower(draft)
        self.header: Header | None = None
        self.header_row: Row | None = None
        self.title = headings.title
        self.in_legend = False
        self.first_body = True
        self.cut = False
        self.known: Header | None = None
        self.width = 0

    def read(self, headed: _Headed, is_theme: bool) -> None:
        """One sheet. A sheet of its own starts afresh; a page goes on with the header of the one before."""
        sheet = headed.sheet
        self.in_legend = fold(sheet.name) in LEGEND and not headed.has_header()
        self.header_row, self.first_body = None, True
        self.header = self.known if sheet.continues and sheet.width == self.width else None
        if not sheet.continues:
            self.list_headings()
            self.grow.start_sheet(_TONGUES.get(fold(sheet.name)) or _language([headed], self.draft.language, 8))
            self.headings.start_sheet(sheet.name if is_theme and not _is_unnamed(sheet.name) else "")
        following = [*headed.headers[1:], None]
        for row, header, below in zip(sheet.rows, headed.headers, following, strict=True):
            self._row(sheet, row, header, below is not None)
        if any(not row.heading for row in sheet.rows):
            self.cut = sheet.cut

    def list_headings(self) -> None:
        """Headings with nothing below them are listed."""
        for heading in self.headings.left():
            self.draft.odd("outside", heading.place, found=heading.text)

    def _row(self, sheet: Sheet, row: Row, header: Header | None, above_header: bool) -> None:
        place = Place(sheet.name, row.number)
        if row.heading:
            self.headings.meet(row.filled()[0], row.heading, place)
            self.in_legend = False
            return
        if self.header is not None and self._is_below_header(row):
            header = with_second_line(self.header, self.header_row or row, row) or header
            if header is None and is_numbering(row):
                self._left_over(row, place)
                return
        if header is not None:
            self._take_header(header, row)
            self.known, self.width = self.header, sheet.width
        elif not self._legend(row.filled(), place):
            self._plain_row(sheet, row, place, above_header)

    def _plain_row(self, sheet: Sheet, row: Row, place: Place, above_header: bool) -> None:
        only = row.filled()
        key = self._column_of(row) if len(only) == 1 else ""
        if len(only) == 1 and (_FOOTER.match(only[0]) or (_NUMBER.match(only[0]) and not key)):
            self.draft.odd("footer", place, found=only[0])
        elif self.header is None or (above_header and len(only) == 1 and key != "title"):
            self._before_header(only, place)
        else:
            self._body(sheet, row, place)

    def _is_below_header(self, row: Row) -> bool:
        return self.header_row is not None and row.number == self.header_row.number + 1

    def _column_of(self, row: Row) -> str:
        """The key of the column in which the row's only text stands, '' where it is none of ours."""
        position = next(position for position, cell in enumerate(row.cells) if cell)
        head = self.header.at(position)[0] if self.header else None
        return head.key if head else ""

    def _take_header(self, header: Header, row: Row) -> None:
        self.in_legend = False
        if self._is_below_header(row) and self.header_row is not None:
            row = Row(row.number, tuple(header.words), self.header_row.left | row.left)
        self.header, self.header_row = header, row
        self.draft.columns |= header.keys()
        self.grow.start_table()

    def _legend(self, only: list[str], place: Place) -> bool:
        """Is the row part of a legend? It is then kept there."""
        word, colon, rest = only[0].partition(":")
        if fold(word) in LEGEND and (len(only) <= 2 or self.header is None):
            self.in_legend = True
            texts = [rest.strip() if colon else "", *only[1:]]
            self.draft.legend += [LegendEntry(text, place) for text in texts if text]
            return True
        if self.in_legend and self.header is not None and len(only) > 2:
            self.in_legend = False
        if self.in_legend:
            self.draft.legend += [LegendEntry(cell, place) for cell in only]
        return self.in_legend

    def _before_header(self, cells: list[str], place: Place) -> None:
        """Above a table stand its title, or what it is about; the rest is listed."""
        if len(cells) == 1 and self.headings.names_a_part(cells[0]):
            self.headings.meet(cells[0], 0, place)
        elif len(cells) == 1 and not self.title and any(char.isalpha() for char in cells[0]):
            self.title = cells[0]
        elif len(cells) == 1 and self.header is not None:
            self.headings.meet(cells[0], 0, place)
        else:
            for cell in cells:
                self.draft.odd("outside", place, found=cell)

    def _left_over(self, row: Row, place: Place) -> None:
        for cell in row.filled():
            self.draft.odd("left_over", place, found=cell)

    # ---- The body -------------------------------------------------------------------------------------------------

    def _body(self, sheet: Sheet, row: Row, place: Place) -> None:
        assert self.header is not None
        if is_section(row, self.header):
            self.headings.meet(row.filled()[0], 0, place)
            return
        if _TOTAL.match(row.filled()[0]) or (len(row.filled()) == 1 and _FOOTNOTE.match(row.filled()[0])):
            self._left_over(row, place)
            return
        first, self.first_body = self.first_body, False
        if first and sheet.continues and self.grow.goes_on(row, self.header, place, sure=self.cut):
            return
        shared = self.grow.with_shared(row, self.header)
        cells = sort_cells(shared, self.header, self.grow.language)
        self.headings.apply(self.grow, self.header, place)
        self.grow.add(cells, replace(shared, cells=row.cells), self.header, place)
