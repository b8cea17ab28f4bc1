"""Which documents are kept: of a known kind, not too big, and holding what their name says. Pure.

The name alone proves nothing: a program renamed to .pdf is refused by its first bytes, an office file by what its
archive holds.
"""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any

OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OFFICE = "application/vnd.openxmlformats-officedocument."
ALLOWED: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "pptx": f"{OFFICE}presentationml.presentation",
    "odt": f"{OPEN_DOCUMENT}text",
    "ods": f"{OPEN_DOCUMENT}spreadsheet",
    "odp": f"{OPEN_DOCUMENT}presentation",
    "csv": "text/csv",
    "txt": "text/plain",
    "json": "application/json",
    "geojson": "application/geo+json",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
}
_FOLDER = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")


class DocumentFault(ValueError):
    """A document that is refused: a code (empty, too_big, kind, disguised, macros) with what was found."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def content_type_of(content: bytes, name: str, limit: int) -> str:
    """The content type of an acceptable document of at most `limit` bytes. Raises DocumentFault."""
    if not content:
        raise DocumentFault("empty")
    if len(content) > limit:
        raise DocumentFault("too_big", limit=limit // (1024 * 1024))
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending not in ALLOWED:
        raise DocumentFault("kind", found=ending or name[:40])
    if not _is_really(ending, content):
        raise DocumentFault("disguised", found=ending)
    return ALLOWED[ending]


def _is_really(ending: str, content: bytes) -> bool:
    if ending == "pdf":
        return b"%PDF-" in content[:1024] and not content.startswith(_PROGRAMS)
    if ending in {"png", "jpg", "jpeg", "gif", "webp"}:
        return _is_picture(ending, content)
    if ending in _FOLDER or ALLOWED[ending].startswith(OPEN_DOCUMENT):
        return _is_office(ending, content)
    return _is_text(ending, content)


def _is_picture(ending: str, content: bytes) -> bool:
    if ending == "webp":
        return content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    starts = {"png": b"\x89PNG\r\n\x1a\n", "gif": b"GIF8"}
    return content.startswith(starts.get(ending, b"\xff\xd8\xff"))


def _is_office(ending: str, content: bytes) -> bool:
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
                raise DocumentFault("macros")
            if ending in _FOLDER:
                return "[Content_Types].xml" in names and any(name.startswith(_FOLDER[ending]) for name in names)
            with archive.open("mimetype") as handle:
                return handle.read(100).decode("ascii", "replace").strip() == ALLOWED[ending]
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError):
        return False


def _is_text(ending: str, content: bytes) -> bool:
    if content.startswith(_PROGRAMS) or b"\x00" in content:
        return False
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ending in {"csv", "txt"}
    if ending in {"json", "geojson"}:
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            return False
    return True
