"""Values of Senne's own files, to cells and back. What goes out comes in the same; what people type is understood too."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from senne.plan.columns import LIST_SEPARATOR, Column
from senne.plan.reading import values, wording
from senne.plan.reading.tables import Number


def cell_of(column: Column, value: Any, language: str = "") -> str:
    """The cell of a value. With `language`, words are those of its readers; without, the codes of the schema."""
    if value in (None, "", [], {}) or value is False:
        return ""
    kind = column.kind
    if kind == "flag":
        return wording.FLAG[language] if language else "1"
    if kind == "word" or column.key == "health":
        return wording.word_in(column.key, str(value), language) if language else str(value)
    if kind == "told":
        return f"{round(value * 100)} %" if isinstance(value, float) else str(value)
    if kind == "list":
        return LIST_SEPARATOR.join(value)
    if kind == "json":
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if kind in {"year", "number", "amount"}:
        return Number(value)
    return str(value)


def value_of(column: Column, text: str) -> Any:
    """The value of a cell. Raises ValueError for what it cannot be."""
    return _READ.get(column.kind, _as_it_is)(column, text)


def _as_it_is(_column: Column, text: str) -> Any:
    return text


def _list(_column: Column, text: str) -> list[str]:
    return [part.strip() for part in text.split(LIST_SEPARATOR.strip()) if part.strip()]


def _json(_column: Column, text: str) -> Any:
    found = json.loads(text, parse_constant=_no_constant)
    if not isinstance(found, dict):
        raise ValueError(text)
    return found


def _no_constant(text: str) -> Any:
    raise ValueError(text)


def _amount(_column: Column, text: str) -> str:
    """A decimal number in its shortest form: '-55', '1234.5'."""
    sign = "-" if text.strip()[:1] in {"-", "−"} else ""
    try:
        plain = Decimal(text.strip().replace("−", "-")) if re.fullmatch(r"[-−]?\d+(\.\d+)?", text.strip()) else None
        number = plain if plain is not None else Decimal(sign + str(values.money(text.strip().lstrip("-−")).amount))
    except InvalidOperation:
        raise ValueError(text) from None
    if abs(number) >= values.LARGEST:
        raise ValueError(text)
    return shortest(number)


def shortest(number: Decimal) -> str:
    """'1234.5' for 1234.5000, '100' for 1E+2, '0' for -0."""
    return format(number.normalize(), "f") if number else "0"


_READ: dict[str, Any] = {
    "date": lambda _column, text: values.partial_date(text),
    "year": lambda _column, text: values.whole_year(text),
    "number": lambda _column, text: values.small_number(text),
    "amount": _amount,
    "flag": lambda _column, text: wording.flag(text),
    "word": lambda column, text: wording.word(column.key, text),
    "list": _list,
    "json": _json,
}
