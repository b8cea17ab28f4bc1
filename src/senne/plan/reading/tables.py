"""Tables as this room sees them: any importer's sheets fit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A row: its number as people count it, its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A sheet, page or table."""

    name: str
    lines: tuple[Line, ...]
