"""Message catalogues without any binary: extraction and compilation by Babel and Django's own template reader."""

from __future__ import annotations

import io
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1]
LANGUAGES = ("fr", "nl")
KEYWORDS: dict[str, object] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def rooms() -> list[Path]:
    """Folders of the rooms that may have words for people."""
    return sorted(path for path in SOURCE.iterdir() if (path / "__init__.py").exists())


def _messages(room: Path) -> Iterator[tuple[object, str | None]]:
    for path in sorted(room.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            code = path.read_bytes()
        elif path.suffix in {".html", ".txt", ".xml"} and "templates" in path.parts:
            lines = templatize(path.read_text(encoding="utf-8"), origin=str(path.name)).splitlines()
            code = "\n".join(line.lstrip() for line in lines).encode()  # a template's indentation is not Python's
        else:
            continue
        for _line, message, _comments, context in extract("python", io.BytesIO(code), keywords=KEYWORDS):  # type: ignore[arg-type]
            yield message, context


def template_of(room: Path) -> Catalog:
    """Every message of the room, untranslated."""
    catalog = Catalog(charset="utf-8")
    for message, context in _messages(room):
        if message and message != ("",):
            catalog.add(message, context=context)  # type: ignore[arg-type]
    return catalog


def po_path(room: Path, language: str) -> Path:
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def merged(room: Path, language: str) -> Catalog:
    """The room's catalogue: today's messages with the translations that are there; obsolete ones dropped."""
    path = po_path(room, language)
    catalog = Catalog(locale=language, charset="utf-8")
    if path.exists():
        with path.open("rb") as handle:
            catalog = read_po(handle, locale=language)
    catalog.update(template_of(room), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def write_catalogues(names: Sequence[str] = ()) -> None:
    """Bring the .po files (of these rooms, or of all) up to date with the code, sorted and without line numbers."""
    for room in rooms():
        if (names and room.name not in names) or not len(template_of(room)):
            continue
        for language in LANGUAGES:
            path = po_path(room, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            buffer = io.BytesIO()
            write_po(
                buffer,
                merged(room, language),
                sort_output=True,
                no_location=True,
                omit_header=True,
                width=110,
            )
            header = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
            header += (
                '"Plural-Forms: nplurals=2; plural=' + ("(n > 1)" if language == "fr" else "(n != 1)") + ';\\n"\n\n'
            )
            path.write_bytes(header.encode() + buffer.getvalue())


def compile_catalogues() -> None:
    """Write a .mo beside each .po that is newer."""
    for room in rooms():
        for language in LANGUAGES:
            path = po_path(room, language)
            target = path.with_suffix(".mo")
            if not path.exists() or (target.exists() and target.stat().st_mtime >= path.stat().st_mtime):
                continue
            with path.open("rb") as handle:
                catalog = read_po(handle, locale=language)
            buffer = io.BytesIO()
            write_mo(buffer, catalog)
            write_whole(target, buffer.getvalue())


def write_whole(target: Path, content: bytes) -> None:
    """Write the file aside and put it in its place: whoever reads it, or cuts this off, never finds half of it."""
    descriptor, temporary = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
    os.chmod(temporary, 0o644)
    os.replace(temporary, target)


def _placeholders(text: object) -> set[str]:
    return {match.group(0) for match in _PLACEHOLDER.finditer(str(text))}


def _fault(message: Message) -> str:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    if not all(strings):
        return "not translated"
    if message.fuzzy:
        return "fuzzy"
    wanted = _placeholders(ids[-1])
    if any(_placeholders(text) - wanted or (wanted - _placeholders(text) and len(strings) == 1) for text in strings):
        return "placeholders differ"
    return ""


def faults() -> list[str]:
    """What is missing or wrong, as 'room language: fault: message'."""
    found = []
    for room in rooms():
        for language in LANGUAGES:
            for message in merged(room, language):
                if message.id and (fault := _fault(message)):
                    found.append(f"{room.name} {language}: {fault}: {message.id!r}")
    return found
