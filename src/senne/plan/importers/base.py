"""What every importer gives back, how one is found, and what stops a file at the door."""

from __future__ import annotations

import io
import pkgutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

LIMIT = 25 * 1024 * 1024
UNPACKED_LIMIT = 300 * 1024 * 1024
RATIO_LIMIT = 200


@dataclass(frozen=True)
class Row:
    """A row as people count it (from 1), with its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet, page or table with its rows; empty rows are left out, numbers stay true."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Note:
    """Something seen while reading that lost nothing of meaning, or that a person should know."""

    code: str
    place: str = ""
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """All that a file gave."""

    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...] = ()
    language: str = ""


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
            if module.name not in {"base", "messages", "cells"}:
                import_module(f"senne.plan.importers.{module.name}")
    return sorted(_importers, key=lambda importer: importer.rank)


def check_archive(content: bytes) -> None:
    """Refuse an archive that would unpack to far more than it weighs, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        raise ImportProblem("broken_archive") from None
    if unpacked > UNPACKED_LIMIT or (unpacked > 10_000_000 and unpacked > RATIO_LIMIT * max(1, len(content))):
        raise ImportProblem("zip_bomb", unpacked_mb=round(unpacked / 1e6))


def has_member(content: bytes, name: str) -> bool:
    """Is this an archive that holds this member?"""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return name in archive.namelist()
    except zipfile.BadZipFile:
        return False


def read_document(content: bytes, name: str) -> Reading:
    """Read a file by what it is, not by what it is called. Raises ImportProblem with what to do."""
    if not content.strip():
        raise ImportProblem("empty_file")
    if len(content) > LIMIT:
        raise ImportProblem("too_large", size_mb=round(len(content) / 1e6), limit_mb=LIMIT // 1_000_000)
    for importer in importers():
        if importer.recognises(content):
            reading = importer.read(content)
            if not any(sheet.rows for sheet in reading.sheets):
                raise ImportProblem("no_table", format=importer.name)
            ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
            if ending and ending not in importer.endings:
                note = Note("wrong_ending", params={"ending": ending, "format": importer.name})
                reading = Reading(reading.sheets, (*reading.notes, note), reading.language)
            return reading
    raise ImportProblem("unknown_format", name=name)
