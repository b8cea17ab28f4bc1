"""Bytes into text, in whatever encoding they come: UTF-8, UTF-16, Windows, old Mac and DOS, or two of them mixed."""

from __future__ import annotations

import re
from functools import lru_cache

from senne.plan.importers.base import Note

MOST_TOLD = 20
_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OLD = ("cp1252", "mac_roman", "cp850")
_USUAL = frozenset("éèêëàâçîïôûùüöäÉÈÊÀÂÇÎÔÛÖÜœŒ’‘“”–—…€«»°²³·•ß\u00a0")


def decode(content: bytes) -> tuple[str, list[Note]]:
    """The text and what was odd about its encoding. No byte is dropped."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace").removeprefix("\ufeff"), []
    if encoding := _wide(content):
        return content.decode(encoding, errors="replace"), []
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        return _old(content)


def _wide(content: bytes) -> str:
    """UTF-16 without its mark: nearly every other byte is zero."""
    sample = content[:2000]
    pairs = len(sample) // 2
    if pairs < 2:
        return ""
    even, odd = sample[0 : pairs * 2 : 2].count(0), sample[1 : pairs * 2 : 2].count(0)
    if odd > pairs * 0.7 and even < pairs * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > pairs * 0.7 and odd < pairs * 0.1 else ""


def _old(content: bytes) -> tuple[str, list[Note]]:
    """Line by line: UTF-8 where a line is that, else the old encoding that gives the likeliest letters."""
    raw = re.split(rb"(?<=\n)", content)
    plain: list[str | None] = []
    for line in raw:
        try:
            plain.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            plain.append(None)
    odd = b"".join(line for line, text in zip(raw, plain, strict=True) if text is None)
    encoding = max(_OLD, key=lambda name: (_likely(odd, name), name == "cp1252"))
    text = "".join(_by(line, encoding) if found is None else found for line, found in zip(raw, plain, strict=True))
    mixed = any(found is not None and not found.isascii() for found in plain)
    rows = [number for number, found in enumerate(plain, 1) if found is None]
    name = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS 850"}[encoding]
    if mixed:
        return text, [Note("mixed_encodings", params={"rows": rows[:MOST_TOLD], "count": len(rows), "encoding": name})]
    return text, [Note("old_encoding", params={"encoding": name})]


def _likely(content: bytes, encoding: str) -> int:
    letters = [char for char in _by(content, encoding) if not char.isascii()]
    return sum(1 if char in _USUAL else -2 for char in letters)


def _by(content: bytes, encoding: str) -> str:
    """Decoded; a byte that the encoding does not know keeps its place as the character of its number."""
    return (
        content.decode(encoding) if _knows(encoding, content) else "".join(map(_table(encoding).__getitem__, content))
    )


def _knows(encoding: str, content: bytes) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


@lru_cache(maxsize=4)
def _table(encoding: str) -> list[str]:
    found = []
    for number in range(256):
        try:
            found.append(bytes([number]).decode(encoding))
        except UnicodeDecodeError:
            found.append(chr(number))
    return found
