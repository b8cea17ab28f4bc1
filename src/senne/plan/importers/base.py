"""What every importer gives back, how one is found, and what stops a file at the door."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

from senne.plan.reading.tables import Sheet

LIMIT = 25 * 1024 * 1024


@dataclass(frozen=True)
class Note:
    """Something seen while reading that lost nothing of meaning, or that a person should know (see messages.py)."""

    code: str
    place: str = ""
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """All that a file gave: its tables, or a whole plan in Senne's own form (`document`, see docs/exchange.md)."""

    sheets: tuple[Sheet, ...] = ()
    notes: tuple[Note, ...] = ()
    document: dict[str, Any] | None = None


class ImportProblem(Exception):
    """The file cannot be read: `code` says why (see messages.py), `params` where, what was found, what was expected."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(f"{code} {params}")
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Importer:
    """A format: its name, the endings it usually has, how it is recognised in the bytes, how it is read."""

    name: str
    endings: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes], Reading]
    rank: int = 50


_importers: list[Importer] = []


def register(importer: Importer) -> None:
    """Called by each importer's module."""
    _importers.append(importer)


def importers() -> list[Importer]:
    """Every importer in the folder, the surest first."""
    if not _importers:
        package = import_module("senne.plan.importers")
        for module in pkgutil.iter_modules(package.__path__):
            if module.name == "messages":
                continue  # for people, with Django; the importers are without
            import_module(f"senne.plan.importers.{module.name}")
    return sorted(_importers, key=lambda importer: importer.rank)


def check_size(size: int) -> None:
    """Refuse what is larger than any plan."""
    if size > LIMIT:
        raise ImportProblem("too_large", size_mb=-(-size // 1_000_000), limit_mb=LIMIT // 1_000_000)


def read_document(content: bytes, name: str) -> Reading:
    """Read a file by what it is, not by what it is called. Raises ImportProblem with what to do."""
    check_size(len(content))
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"):
        raise ImportProblem("empty_file")
    for importer in importers():
        if importer.recognises(content):
            return _read(importer, content, name)
    raise ImportProblem("unknown_format", name=name)


def _read(importer: Importer, content: bytes, name: str) -> Reading:
    try:
        reading = importer.read(content)
    except RecursionError:
        raise ImportProblem("broken_file", format=importer.name.upper(), found="nested too deeply") from None
    except MemoryError:
        raise ImportProblem("too_many_cells", sheet="–", limit=0) from None
    if reading.document is None and not any(sheet.rows for sheet in reading.sheets):
        raise ImportProblem("no_table", format=importer.name.upper())
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending and ending not in importer.endings:
        note = Note("wrong_ending", params={"ending": ending[:20], "format": importer.name.upper()})
        return replace(reading, notes=(*reading.notes, note))
    return reading
