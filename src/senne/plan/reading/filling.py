"""The fields of an action, out of the cells of its row. What has no field, or cannot be read, is kept with the action."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from senne.plan.columns import fold
from senne.plan.reading import codes, values, wording
from senne.plan.reading.cells import PARTS, Cells, Found
from senne.plan.reading.draft import TITLE_LIMIT, Draft, Node, Place
from senne.plan.reading.vocabulary import Head

NOTE_LIMIT = 300
PLAIN_LIMIT = 500
LISTS = ("characteristics", "tags", "partners")
_EMPTY = re.compile(r"^[\W_]*$|^(?:n/?a|nvt|n\.v\.t\.|s\.?o\.?|néant|nihil|geen)$", re.IGNORECASE)


class Filler:
    """Puts cells into an action's fields; tells the draft what it could not read."""

    def __init__(self, draft: Draft, language: str) -> None:
        self.draft, self.language = draft, language

    def fill(self, node: Node, cells: Cells, place: Place) -> None:
        """Everything of the row that is the action's own."""
        self._title(node, cells, place)
        self.more(node, cells, place)

    def more(self, node: Node, cells: Cells, place: Place) -> None:
        """All but the title and the code; what the action has already is kept beside it (its row goes on)."""
        for key, texts in cells.texts.items():
            for language, text in texts.items():
                if key in _TEXTS:
                    _append(node.fields.setdefault(key, {}), language, text)
                elif key not in _OF_PARTS:
                    node.keep(key, text)
        for key, found in cells.plain.items():
            if key in _READ or key in LISTS:
                self._plain(node, key, found, place)
            elif key not in _OF_PARTS:
                node.keep(found.word, found.text)
        for found in cells.lists:
            if found.head.key == "budget":
                self._money(node, found, place)
            else:
                steps = [{"title": {self.language: part}} for part in values.split_list(found.text)]
                node.fields.setdefault("steps", []).extend(steps)
        if cells.ticks:
            node.fields.setdefault("characteristics", []).extend(cells.ticks)
        for word, text in cells.unknown:
            node.keep(word, text)

    def _title(self, node: Node, cells: Cells, place: Place) -> None:
        title = dict(cells.texts.get("title", {}))
        given = cells.plain.get("code")
        if given is not None:
            self._code(node, given, place)
        for language, text in title.items():
            found = codes.take_apart(text)
            if not found.code or not found.text or found.kind not in {"", "action"}:
                continue
            if not node.code and (given is None or node.code == found.code):
                node.code = found.code
            if found.code == node.code:
                title[language] = found.text
        node.fields["title"] = title or {self.language: node.code or "–"}

    def _code(self, node: Node, given: Found, place: Place) -> None:
        try:
            node.code = codes.whole_code(given.text)
        except ValueError:
            self.unread(node, given, place)
            return
        if not codes.is_exact(node.code, codes.take_apart(given.text).code or given.text):
            node.keep(given.word, given.text)

    def _plain(self, node: Node, key: str, found: Found, place: Place) -> None:
        """One value; a second one for the same field, and what cannot be read, stay beside it as they are written."""
        if key in LISTS:
            node.fields.setdefault(key, []).extend(values.split_list(found.text))
            return
        if key in node.fields:
            if node.fields[key] != found.text:
                node.keep(found.word, found.text)
            return
        try:
            put_value(node, key, found)
        except (ValueError, OverflowError):
            self.unread(node, found, place)

    def _money(self, node: Node, found: Found, place: Place) -> None:
        try:
            lines = [_line(money, found.head, found.text) for money in values.moneys(found.text)]
        except (ValueError, ArithmeticError):
            self.unread(node, found, place)
            return
        node.fields.setdefault("budget", []).extend(lines)
        if len(found.text) > NOTE_LIMIT:
            node.keep(found.word, found.text)

    def unread(self, node: Node, found: Found, place: Place) -> None:
        """Keep a cell as it is written; say so, unless it only says that there is nothing."""
        node.keep(found.word, found.text)
        if not _EMPTY.match(found.text.strip()):
            self.draft.odd("unreadable", place, found.word, found.text)


def _append(texts: dict[str, str], language: str, text: str) -> None:
    before = texts.get(language)
    texts[language] = text if not before or before == text else f"{before}\n{text}"


def _line(money: values.Money, head: Head, text: str) -> dict[str, Any]:
    """A budget line; the cell's own words stand in its note where the amount does not say them all."""
    bare = not re.search(r"[A-Za-z€]", text)
    amount = values.cents(money.amount * (head.factor if bare else 1))
    if Decimal(amount) >= values.LARGEST:
        raise ValueError(text)
    line: dict[str, Any] = {
        "nature": head.nature,
        "kind": head.kind or "planned",
        "year": money.year or head.year,
        "amount": amount,
        "unit": head.unit,
        "approximate": money.approximate,
        "note": "" if amount == text else text[:NOTE_LIMIT],
    }
    return {key: value for key, value in line.items() if value not in (None, "", False)}


# ---- One value of one field ---------------------------------------------------------------------------------------


def put_value(node: Node, key: str, found: Found) -> None:
    """Put the meaning of one cell into the node's fields. Raises ValueError where it has none."""
    _READ[key](node, key, found)


def _as_it_is(node: Node, key: str, found: Found) -> None:
    node.fields[key] = found.text


def _short(node: Node, key: str, found: Found) -> None:
    if len(found.text) > PLAIN_LIMIT:
        node.keep(found.word, found.text)
    node.fields[key] = found.text[:PLAIN_LIMIT]


def _word(node: Node, key: str, found: Found) -> None:
    """A word of ours; one that goes on ('En cours – 50 %') is read, and the whole is kept beside it."""
    try:
        node.fields[key] = wording.word(key, found.text)
    except ValueError:
        node.fields[key] = wording.word(key, re.split(r"\s*[(:;,/\n–—]|\s-\s|\s\d", found.text, maxsplit=1)[0])
        node.keep(found.word, found.text)


def _date(node: Node, key: str, found: Found) -> None:
    node.fields[key] = values.partial_date(found.text)


def _start(node: Node, key: str, found: Found) -> None:
    period = values.period(found.text)
    _put_dates(node, found, period, {"start": period.start} | ({"end": period.end} if period.spans else {}))


def _end(node: Node, key: str, found: Found) -> None:
    if fold(found.text) in wording.CONTINUOUS:
        node.fields["continuous"] = True
        if not fold(found.text).startswith(("continu", "en continu", "doorlopend", "permanent")):
            node.keep(found.word, found.text)
        return
    period = values.period(found.text)
    _put_dates(node, found, period, {"end": period.end} | ({"start": period.start} if period.spans else {}))


def _put_dates(node: Node, found: Found, period: values.Period, dates: dict[str, str]) -> None:
    """Dates that fit together; those that would end before they start are refused."""
    after: dict[str, str] = {name: node.fields[name] for name in ("start", "end") if name in node.fields}
    after |= dates
    if "start" in after and "end" in after and values.first_day(after["start"]) > values.last_day(after["end"]):
        raise ValueError(found.text)
    if any(name in node.fields and node.fields[name] != text for name, text in dates.items()):
        node.keep(found.word, found.text)
    for name, text in dates.items():
        node.fields.setdefault(name, text)
    if not period.exact:
        node.keep(found.word, found.text)


def _flag(node: Node, key: str, found: Found) -> None:
    node.fields[key] = fold(found.text) in wording.CONTINUOUS or wording.flag(found.text)


def _weight(node: Node, key: str, found: Found) -> None:
    node.fields[key] = values.small_number(found.text)


_READ: dict[str, Callable[[Node, str, Found], None]] = {
    "status": _word,
    "phase": _word,
    "priority": _word,
    "visibility": _word,
    "start": _start,
    "end": _end,
    "last_reported_on": _date,
    "continuous": _flag,
    "weight": _weight,
    "lead": _short,
    "sponsor": _short,
    "internal_notes": _as_it_is,
}
_TEXTS = frozenset({"description", "expected_effect", "status_reason", "news"})
_OF_PARTS = frozenset({"title", "code"} | {key for pair in PARTS.values() for key in pair})


def shorten(title: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """(title, whole text) by language: a text over 200 characters gets a title cut at a sentence or a word, and the
    whole text becomes the description, so that no character is lost."""
    short, long = {}, {}
    for code, text in title.items():
        if len(text) <= TITLE_LIMIT and "\n" not in text:
            short[code] = text
            continue
        sentence = re.split(r"(?<=[.!?:;])\s", text.replace("\n", " "), maxsplit=1)[0]
        if len(sentence) > TITLE_LIMIT:
            sentence = (sentence[: TITLE_LIMIT - 1].rsplit(" ", 1)[0] or sentence[: TITLE_LIMIT - 1]) + "…"
        short[code], long[code] = sentence, text
    return short, long


def with_short_title(node: Node) -> None:
    """Give an action a title that fits on a line; the whole text stands first in its description."""
    short, long = shorten(node.fields.get("title", {}))
    node.fields["title"] = short
    description = node.fields.get("description", {})
    if long:
        node.fields["description"] = {
            code: "\n\n".join(filter(None, (long.get(code, ""), description.get(code, ""))))
            for code in (long | description)
        }
