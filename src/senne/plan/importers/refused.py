"""Formats that are not read: each says what it is and in what to save it."""

from __future__ import annotations

from collections.abc import Callable

from senne.plan.importers.archive import members
from senne.plan.importers.base import Importer, ImportProblem, Reading, register

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh")


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def _is_picture(content: bytes) -> bool:
    if content.startswith(b"BM"):
        return content[6:10] == b"\x00\x00\x00\x00"
    riff = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return content.startswith(_PICTURES) or riff or content[4:12] in {b"ftypheic", b"ftypavif", b"ftypmif1"}


def _refuse(code: str, **params: str) -> Callable[[bytes], Reading]:
    def read(_content: bytes) -> Reading:
        raise ImportProblem(code, **params)

    return read


def _ole(content: bytes) -> Reading:
    """Old office files, and new ones behind a password, share one envelope."""
    if _wide("EncryptedPackage") in content:
        raise ImportProblem("password", format="Office")
    if _wide("WordDocument") in content:
        raise ImportProblem("old_office", format="Word 97 (.doc)", instead="DOCX")
    if _wide("PowerPoint Document") in content:
        raise ImportProblem("old_office", format="PowerPoint 97 (.ppt)", instead="XLSX")
    raise ImportProblem("old_office", format="Excel 97 (.xls)", instead="XLSX")


def _zipped(content: bytes) -> Reading:
    """Archives that are no document of ours."""
    names = members(content)
    if not names:
        raise ImportProblem("broken_archive")
    if "xl/workbook.bin" in names:
        raise ImportProblem("old_office", format="Excel (.xlsb)", instead="XLSX")
    if any(name.startswith("ppt/") for name in names):
        raise ImportProblem("old_office", format="PowerPoint", instead="XLSX")
    if any(name.startswith("Index/") or name.endswith(".iwa") for name in names):
        raise ImportProblem("old_office", format="Apple iWork", instead="XLSX")
    if "mimetype" in names:
        raise ImportProblem("old_office", format="OpenDocument", instead="ODS")
    raise ImportProblem("packed")


register(Importer("ole", (), lambda content: content.startswith(_OLE), _ole, rank=80))
register(Importer("picture", (), _is_picture, _refuse("picture"), rank=81))
register(Importer("zip", (), lambda content: content.startswith((b"PK\x03\x04", b"PK\x05\x06")), _zipped, rank=82))
register(Importer("packed", (), lambda content: content.startswith(_ARCHIVES), _refuse("packed"), rank=83))
register(
    Importer(
        "rtf",
        (),
        lambda content: content.startswith(b"{\\rtf"),
        _refuse("old_office", format="RTF", instead="DOCX"),
        rank=84,
    )
)
