"""The texts of a page, each with its place, so that two languages can stand side by side and two moments be compared. Pure.

A body is a list of blocks as they are stored: {"type", "value", "id"}. A place is 'title', 'lead', or 'ID.path' of a text
in a block; a translation keeps the ids of its source's blocks, so that places are the same in all languages.
"""

from __future__ import annotations

import copy
import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Block = dict[str, Any]
# Type of block → paths of its texts; '' is the value itself, which is HTML.
TEXTS: dict[str, tuple[str, ...]] = {
    "heading": ("text",),
    "text": ("",),
    "picture": ("picture.alt_text", "caption", "credit"),
    "quote": ("text", "who"),
    "document": ("label",),
}
_TAGS = re.compile(r"<[^>]+>")
_BLOCK_ENDS = re.compile(r"</(p|li|ul|ol)>|<br\s*/?>")


@dataclass(frozen=True)
class Segment:
    """A text at its place; `kind` is 'plain' or 'html', `block` the type of its block ('' for fields of the page)."""

    place: str
    text: str
    kind: str = "plain"
    block: str = ""

    @property
    def path(self) -> str:
        """'alt_text' of '…picture.alt_text': what the text is in its block."""
        return self.place.rsplit(".", 1)[-1]


def segments_of(fields: Mapping[str, str], body: Iterable[Block]) -> list[Segment]:
    """All texts that are there, in reading order."""
    found = [Segment(name, text) for name, text in fields.items() if text]
    for block in body:
        for path in TEXTS.get(block["type"], ()):
            text = _get(block["value"], path)
            if text:
                kind = "plain" if path else "html"
                found.append(Segment(_place(block, path), text, kind, block["type"]))
    return found


def texts_of(segments: Iterable[Segment]) -> dict[str, str]:
    """Place → text."""
    return {segment.place: segment.text for segment in segments}


def changed_places(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Places whose text is new or other than it was, in today's order; then those that are gone."""
    return [p for p, text in now.items() if then.get(p) != text] + [p for p in then if p not in now]


def translated_body(source: Sequence[Block], own: Sequence[Block], texts: Mapping[str, str]) -> list[Block]:
    """The source's blocks, in its order, with these texts; blocks that only the translation has stay behind the block
    that they follow there. A text that is not given keeps the translation's own, else the source's."""
    mine = {block["id"]: block for block in own}
    known = {block["id"] for block in source}
    following: dict[str, list[Block]] = {}
    before = ""
    for block in own:
        if block["id"] in known:
            before = block["id"]
        else:
            following.setdefault(before, []).append(copy.deepcopy(block))
    made = following.pop("", [])
    for block in source:
        made.append(_translated(block, mine.get(block["id"]), texts))
        made += following.pop(block["id"], [])
    return made


def _translated(block: Block, own: Block | None, texts: Mapping[str, str]) -> Block:
    made = copy.deepcopy(block)
    for path in TEXTS.get(block["type"], ()):
        given = texts.get(_place(block, path))
        if given is None and own is not None and own["type"] == block["type"]:
            given = _get(own["value"], path)
        if given is not None:
            made["value"] = _with(made["value"], path, given)
    return made


def _place(block: Block, path: str) -> str:
    return f"{block['id']}.{path}" if path else str(block["id"])


def _get(value: Any, path: str) -> str:
    for part in path.split(".") if path else ():
        value = value.get(part) if isinstance(value, Mapping) else None
    return str(value) if value else ""


def _with(value: Any, path: str, text: str) -> Any:
    if not path:
        return text
    first, _dot, rest = path.partition(".")
    inner = value.get(first) if isinstance(value, Mapping) else None
    return {**(value or {}), first: _with(inner, rest, text)}


# ---- What changed in a text, for the eye ----------------------------------------------------------------------------


def plain(text: str) -> str:
    """The words of a text without its HTML."""
    return html.unescape(_TAGS.sub("", _BLOCK_ENDS.sub("\n", text))).strip()


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """[('same' | 'gone' | 'new', words)]: how the one became the other, by words."""
    old, new = re.findall(r"\s*\S+", plain(before)), re.findall(r"\s*\S+", plain(after))
    told: list[tuple[str, str]] = []
    for operation, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            told.append(("same", "".join(old[a:b])))
            continue
        if b > a:
            told.append(("gone", "".join(old[a:b])))
        if d > c:
            told.append(("new", "".join(new[c:d])))
    return told


@dataclass(frozen=True)
class Difference:
    """A text that is new, gone or other: the segment as it is (or was), and its words."""

    segment: Segment
    words: list[tuple[str, str]]


def differences(then: Mapping[str, str], now: Iterable[Segment]) -> list[Difference]:
    """The texts that differ from what they were, in reading order; then those that are gone."""
    now = list(now)
    places = {segment.place for segment in now}
    found = [
        Difference(segment, word_changes(then.get(segment.place, ""), segment.text))
        for segment in now
        if then.get(segment.place) != segment.text
    ]
    gone = [Segment(place, text) for place, text in then.items() if place not in places]
    return found + [Difference(segment, word_changes(segment.text, "")) for segment in gone]
