"""Which documents are kept: by what they hold, not by how they are called."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from senne.plan.rules.documents import DocumentFault, content_type_of

LIMIT = 1024 * 1024


def archive(**members: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as handle:
        for name, text in members.items():
            handle.writestr(name.replace("__", "/").replace("_types", "[Content_Types].xml"), text)
    return buffer.getvalue()


DOCX = archive(_types="<Types/>", word__document="<w/>")
ODT = archive(mimetype="application/vnd.oasis.opendocument.text", content="<x/>")
PROGRAM = b"MZ\x90\x00" + b"\x00" * 100


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", b"%PDF-1.7\n..."),
        ("PLAN.PDF", b"\n%PDF-1.4"),
        ("plan.docx", DOCX),
        ("plan.odt", ODT),
        ("photo.png", b"\x89PNG\r\n\x1a\n..."),
        ("photo.jpg", b"\xff\xd8\xff\xe0"),
        ("figures.csv", "année;tonnes\n2026;12".encode("cp1252")),
        ("area.geojson", b'{"type": "Point", "coordinates": [4, 50]}'),
    ],
)
def test_a_document_that_is_what_it_says_is_kept(name: str, content: bytes) -> None:
    assert "/" in content_type_of(content, name, LIMIT)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("plan.pdf", b"", "empty"),
        ("plan.pdf", b"%PDF" + b"x" * LIMIT, "too_big"),
        ("setup.exe", PROGRAM, "kind"),
        ("page.html", b"<html>", "kind"),
        ("drawing.svg", b"<svg>", "kind"),
        ("README", b"text", "kind"),
        ("plan.pdf", PROGRAM, "disguised"),
        ("plan.pdf", b"MZ %PDF-1.7", "disguised"),
        ("plan.docx", PROGRAM, "disguised"),
        ("plan.docx", archive(evil="x"), "disguised"),
        ("plan.xlsx", DOCX, "disguised"),
        ("plan.odt", DOCX, "disguised"),
        ("photo.png", b"\xff\xd8\xff\xe0", "disguised"),
        ("notes.txt", PROGRAM, "disguised"),
        ("notes.txt", b"#!/bin/sh\nrm", "disguised"),
        ("data.json", b"{not json", "disguised"),
    ],
)
def test_what_is_refused_and_why(name: str, content: bytes, code: str) -> None:
    with pytest.raises(DocumentFault) as fault:
        content_type_of(content, name, LIMIT)
    assert fault.value.code == code


def test_macros_are_refused() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as handle:
        for name in ("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"):
            handle.writestr(name, "x")
    with pytest.raises(DocumentFault) as fault:
        content_type_of(buffer.getvalue(), "plan.docx", LIMIT)
    assert fault.value.code == "macros"
