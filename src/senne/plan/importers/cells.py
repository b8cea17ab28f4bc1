"""From what a cell holds to clean text: no tags, no invisible marks, nothing else lost."""

from __future__ import annotations

import html
import re
from datetime import date, datetime
from typing import Any

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]{0,200})?/?>")
_INVISIBLE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
FORMULA_STARTS = ("=", "+", "-", "@")
_SPACES = re.compile(r"[ \t]+")


def clean(value: Any) -> str:
    """The text of a cell: entities resolved, tags and invisible marks taken out, spaces folded, line breaks kept."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    if text[:1] == "'" and text[1:2] in FORMULA_STARTS:
        text = text[1:]
    text = _TAG.sub(" ", text) if "<" in text else text
    text = html.unescape(text) if "&" in text else text
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def has_invisible(text: str) -> bool:
    """Does the text hold NUL bytes, direction marks or zero-width characters?"""
    return bool(_INVISIBLE.search(text))


def table_rows(rows: list[list[Any]], first: int = 1) -> list[tuple[int, tuple[str, ...]]]:
    """(number, cells) of the rows that hold something; trailing empty cells dropped."""
    found = []
    for number, row in enumerate(rows, first):
        cells = [clean(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            found.append((number, tuple(cells)))
    return found
