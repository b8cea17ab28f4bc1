"""Plans as JSON, in the form that Senne itself writes (schema senne-plan/1, docs/exchange.md)."""

from __future__ import annotations

import json
from typing import Any

from senne.plan.columns import CHILDREN, COLUMNS, LANGUAGES, MARK, PLAN_FIELDS, Column
from senne.plan.importers.base import Importer, ImportProblem, Reading, register
from senne.plan.reading.codes import is_own_code
from senne.plan.reading.draft import KINDS, PARENT
from senne.plan.reading.exchange import checked_list
from senne.plan.reading.exchange_tables import LISTS_OF
from senne.plan.reading.exchange_values import value_of

_TYPES: dict[str, type] = {"list": list, "json": dict, "flag": bool, "year": int, "number": int}


def read(content: bytes) -> Reading:
    """The document, checked: every value has the type that its field needs."""
    try:
        text = content.decode("utf-8-sig").replace("\\u0000", "")
        found = json.loads(text, parse_constant=_refuse)
        json.dumps(found, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise ImportProblem("broken_json", row=error.lineno, column=error.colno, found=error.msg) from None
    except ValueError as error:
        raise ImportProblem("broken_json", row=1, column=1, found=str(error)[:200]) from None
    if not isinstance(found, dict) or found.get("schema") != MARK:
        raise ImportProblem("other_json", expected=MARK)
    return Reading(document=_checked(found))


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _checked(found: dict[str, Any]) -> dict[str, Any]:
    plan = _record(found.get("plan", {}), "plan", {column.field: column for column in PLAN_FIELDS})
    document: dict[str, Any] = {"schema": MARK, "plan": plan, "words": _words(found.get("words", {}))}
    for kind in KINDS:
        columns = {column.field: column for column in COLUMNS if column.level == kind and column.kind != "told"}
        name = LISTS_OF[kind]
        document[name] = [
            _record(record, f"{name}[{number}]", columns, kind) for number, record in enumerate(_list(found, name))
        ]
    return document


def _list(found: dict[str, Any], name: str) -> list[Any]:
    items = found.get(name, [])
    if not isinstance(items, list):
        raise _wrong(name, items, "list")
    return items


def _record(found: Any, place: str, columns: dict[str, Column], kind: str = "") -> dict[str, Any]:
    """One record. Fields that no schema knows are kept with it as other columns."""
    if not isinstance(found, dict):
        raise _wrong(place, found, "object")
    lists = {child.field: child for child in CHILDREN if kind and (child.level in {kind, ""})}
    record: dict[str, Any] = {}
    for field, value in found.items():
        where = f"{place}.{field}"
        if value is None or field == "computed":
            continue
        if field in lists:
            record[field] = _hanging(lists[field], value, where)
        elif field in columns:
            record[field] = _value(columns[field], value, where)
        elif field in {"fingerprint", PARENT.get(kind, "")}:
            record[field] = _text(value, where)
        elif kind in {"objective", "action"}:
            record.setdefault("extra", {})[field] = value if isinstance(value, str) else json.dumps(value)
        else:
            raise _wrong(where, value, "–")
    return record


def _hanging(child: Any, value: Any, where: str) -> Any:
    try:
        return checked_list(child, value)
    except (ValueError, TypeError, ArithmeticError):
        raise _wrong(where, value, f"list of {child.field}") from None


def _value(column: Column, value: Any, where: str) -> Any:
    if column.kind == "text":
        if not isinstance(value, dict) or not value.keys() <= set(LANGUAGES):
            raise _wrong(where, value, "fr, nl, en")
        return {code: _text(text, where) for code, text in value.items() if text}
    wanted = _TYPES.get(column.kind, str)
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise _wrong(where, value, wanted.__name__)
    if isinstance(value, list):
        return [_text(item, where) for item in value]
    if column.kind in {"json", "flag"}:
        return value
    if column.kind == "code" and not is_own_code(str(value)):
        raise _wrong(where, value, "A–Z 0–9 . - _")
    try:
        return value_of(column, str(value))
    except (ValueError, ArithmeticError):
        raise _wrong(where, value, column.kind) from None


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise _wrong(where, value, "text")
    return value


def _words(found: Any) -> dict[str, list[dict[str, Any]]]:
    if not isinstance(found, dict):
        raise _wrong("words", found, "object")
    words = {}
    for kind in ("characteristics", "tags"):
        words[kind] = [
            {"code": _text(item.get("code"), f"words.{kind}"), "name": dict(item.get("name") or {})}
            for item in _list(found, kind)
            if isinstance(item, dict)
        ]
    return words


def _wrong(place: str, found: Any, expected: str) -> ImportProblem:
    return ImportProblem("wrong_json", place=place, found=str(found)[:80], expected=expected)


def _is_json(content: bytes) -> bool:
    start = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and (b'"' in start[:20] or start[1:].lstrip().startswith(b"}"))


register(Importer("json", ("json",), _is_json, read, rank=30))
