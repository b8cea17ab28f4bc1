"""A plan in Senne's own form (docs/exchange.md) as tables: one for reading, and one for each list that hangs on it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from senne.plan.columns import CHILDREN, COLUMNS, LANGUAGES, MARK, PLAN_FIELDS, Child, Column
from senne.plan.reading.exchange_values import cell_of

Document = dict[str, Any]
LEVELS = ("theme", "axis", "objective", "action")
PARENT_OF = {"axis": "theme", "objective": "axis", "action": "objective"}
LISTS_OF = {"theme": "themes", "axis": "axes", "objective": "objectives", "action": "actions"}
WORDS_NAMES = ("Mots", "Woorden", "Words")
_NAMES = frozenset({"theme", "axis", "objective"})
_OWNERS = {
    "action": next(column for column in COLUMNS if column.key == "code"),
    "objective": next(column for column in COLUMNS if column.key == "objective_code"),
}


@dataclass(frozen=True)
class Out:
    """A table that goes out: its name, its header, its rows of text; how many of its columns are there for people."""

    name: str
    header: list[str]
    rows: list[list[str]]
    human: int


def is_own(cells: Iterable[str]) -> bool:
    """Is this the header of a table that Senne wrote?"""
    return any(cell == MARK or cell.startswith(MARK + " ") for cell in cells)


def mark_of(cells: Iterable[str]) -> str | None:
    """Which table it heads: '' for the plan's rows, 'steps', 'budget', 'plan', 'words'…; None for a foreign one."""
    for cell in cells:
        if cell == MARK:
            return ""
        if cell.startswith(MARK + " "):
            return cell[len(MARK) + 1 :]
    return None


def header_columns(first: str) -> list[tuple[Column, str]]:
    """(column, language) of the main table: first what people read in their language, then other languages, then the
    rest. `first` is the reader's language."""
    others = [code for code in LANGUAGES if code != first]
    human = [column for column in COLUMNS if not column.technical]
    later = [column for column in COLUMNS if column.technical]
    found = [(column, first if column.kind == "text" else "") for column in human]
    found += [(column, code) for code in others for column in human if column.kind == "text"]
    for column in later:
        found += [(column, code) for code in (first, *others)] if column.kind == "text" else [(column, "")]
    return found


def name_of(column: Column, code: str, language: str) -> str:
    return f"{column.name(language)} ({code})" if code else column.name(language)


def workbook(document: Document, language: str) -> list[Out]:
    """The document as the sheets of a workbook, in the words of its readers."""
    columns = header_columns(language)
    human = sum(not column.technical and code in {"", language} for column, code in columns)
    header = [*(name_of(column, code, language) for column, code in columns), MARK]
    rows = [
        [*(_cell(records, column, code, language) for column, code in columns), kind]
        for kind, records in _lines(document)
    ]
    sheets = [Out(_sheet_name(language), header, rows, human), _plan_sheet(document, language)]
    sheets += [sheet for child in CHILDREN if (sheet := _child_sheet(document, child, language)) is not None]
    words = _words_sheet(document, language)
    return [*sheets, words] if words.rows else sheets


def single_table(document: Document) -> Out:
    """The document as one table with the codes of the schema; lists that hang on a record are cells of JSON."""
    columns = header_columns("fr")
    lists = [
        (child, level) for child in CHILDREN for level in ((child.level,) if child.level else ("objective", "action"))
    ]
    header = [
        *(name_of(column, code, "en") for column, code in columns),
        *(_list_name(child, level) for child, level in lists),
        MARK,
    ]
    rows = []
    for kind, records in _lines(document):
        cells = [_cell(records, column, code, "") for column, code in columns]
        for child, level in lists:
            value = records[level].get(child.field) if level in records else None
            cells.append(json.dumps(value, ensure_ascii=False) if value else "")
        rows.append([*cells, kind])
    return Out("Plan", header, rows, len(columns))


def _list_name(child: Child, level: str) -> str:
    return child.name("en") if child.level or level == "action" else f"{child.name('en')} of the objective"


def _sheet_name(language: str) -> str:
    return {"fr": "Actions", "nl": "Acties", "en": "Actions"}[language]


def _lines(document: Document) -> Iterator[tuple[str, dict[str, dict[str, Any]]]]:
    """(kind, records by level) of each row: every action, and every part that has nothing below it.

    A part's own fields come with its first row only; its code and name with each.
    """
    below: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for level, parent in PARENT_OF.items():
        for record in document.get(LISTS_OF[level], []):
            below.setdefault((level, record.get(parent, "")), []).append(record)
    told: set[tuple[str, str]] = set()

    def walk(level: str, record: dict[str, Any], above: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        here = {**above, level: record}
        children = below.get((LEVELS[LEVELS.index(level) + 1], record["code"]), []) if level != "action" else []
        for child in children:
            yield from walk(LEVELS[LEVELS.index(level) + 1], child, here)
        if not children:
            yield level, {kind: _once(kind, found, told) for kind, found in here.items()}

    for theme in document.get("themes", []):
        yield from walk("theme", theme, {})
    for action in below.get(("action", ""), []):
        yield "action", {"action": action}


def _once(level: str, record: dict[str, Any], told: set[tuple[str, str]]) -> dict[str, Any]:
    if level == "action" or (level, record["code"]) not in told:
        told.add((level, record["code"]))
        return record
    name = "statement" if level == "objective" else "name"
    return {"code": record["code"], name: record.get(name, {})}


def _cell(records: dict[str, dict[str, Any]], column: Column, code: str, language: str) -> str:
    if column.level == "row":
        marks = [str(records.get(level, {}).get("fingerprint", "")) for level in LEVELS]
        return "/".join(marks) if any(marks) else ""
    record = records.get(column.level, {})
    if column.kind == "told":
        return cell_of(column, record.get("computed", {}).get(column.field), language)
    value = record.get(column.field)
    return str((value or {}).get(code, "")) if column.kind == "text" else cell_of(column, value, language)


def _child_sheet(document: Document, child: Child, language: str) -> Out | None:
    """The sheet of one kind of list; None where no record has any."""
    owners = [child.level] if child.level else ["objective", "action"]
    columns = [
        (column, code) for column in child.columns for code in (_from(language) if column.kind == "text" else ("",))
    ]
    rows = []
    for level in owners:
        for record in document.get(LISTS_OF[level], []):
            for item in _items(child, record):
                codes = [record["code"] if owner == level else "" for owner in owners]
                title = record.get("title" if level == "action" else "statement", {})
                shown = title.get(language) or next(iter(title.values()), "")
                cells = [_child_cell(item, column, code, language) for column, code in columns]
                rows.append([*codes, shown, *cells, ""])
    header = [
        *(_OWNERS[owner].name(language) for owner in owners),
        {"fr": "(intitulé)", "nl": "(titel)", "en": "(title)"}[language],
        *(name_of(column, code, language) for column, code in columns),
        f"{MARK} {child.field}",
    ]
    return Out(child.name(language), header, rows, len(header) - 1) if rows else None


def _items(child: Child, record: dict[str, Any]) -> list[dict[str, Any]]:
    if child.field == "extra":
        return [{"column": column, "text": text} for column, text in record.get("extra", {}).items()]
    found: list[dict[str, Any]] = record.get(child.field, [])
    return found


def _child_cell(item: dict[str, Any], column: Column, code: str, language: str) -> str:
    value = item.get(column.field)
    return str((value or {}).get(code, "")) if column.kind == "text" else cell_of(column, value, language)


def _from(first: str) -> tuple[str, ...]:
    return (first, *(code for code in LANGUAGES if code != first))


def _plan_sheet(document: Document, language: str) -> Out:
    """The plan's own fields, one a line."""
    plan = document.get("plan", {})
    order = _from(language)
    rows = []
    for column in PLAN_FIELDS:
        value = plan.get(column.field)
        texts = [(value or {}).get(code, "") for code in order] if column.kind == "text" else None
        rows.append([column.name(language), *(texts or [cell_of(column, value, language), "", ""]), ""])
    head = {"fr": "Plan", "nl": "Plan", "en": "Plan"}[language]
    return Out("Plan", [head, *order, f"{MARK} plan"], rows, 4)


def _words_sheet(document: Document, language: str) -> Out:
    """Tags and characteristics, with their names."""
    order = _from(language)
    words = document.get("words", {})
    rows = [
        [kind, word["code"], *(word.get("name", {}).get(code, "") for code in order), ""]
        for kind in ("characteristics", "tags")
        for word in words.get(kind, [])
    ]
    header = ["", "Code", *order, f"{MARK} words"]
    return Out(WORDS_NAMES[LANGUAGES.index(language)], header, rows, 5)
