"""A comment's text: names after an @, links, and what is plain. Pure: no Django."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"“”«»]+", re.IGNORECASE)
_AT = re.compile(r"(?<![\w.@])@(?=\w)")
_SOMEBODY = re.compile(r"\w[\w'’-]*(?: \w[\w'’-]*)?")
_AFTER_LINK = ".,;:!?…)]}'’"


@dataclass(frozen=True)
class Token:
    """A stretch of the text: 'plain', 'link' (with its address) or 'mention'."""

    kind: str
    text: str
    href: str = ""


@dataclass(frozen=True)
class Mention:
    """Where in the text somebody is named, and who: more than one where people share a name."""

    start: int
    end: int
    people: tuple[int, ...]


def folded(text: str) -> str:
    """Lower case without accents, of the same length as the text: '@Helene' finds Hélène."""
    return "".join(_folded(letter) for letter in text)


def _folded(letter: str) -> str:
    base = unicodedata.normalize("NFD", "'" if letter == "’" else letter)[0].lower()
    return base if len(base) == 1 else letter


def mentions(text: str, names: Mapping[int, str]) -> list[Mention]:
    """The names of `names` ({number: name}) that stand after an @, in the order of the text; the longest name wins."""
    plain = folded(text)
    known: dict[str, list[int]] = {}
    for person, name in names.items():
        known.setdefault(folded(unicodedata.normalize("NFC", name)), []).append(person)
    longest_first = sorted(known, key=len, reverse=True)
    found = []
    for match in _AT.finditer(text):
        start = match.end()
        named = next((name for name in longest_first if _stands_at(plain, start, name)), None)
        if named is not None:
            found.append(Mention(match.start(), start + len(named), tuple(sorted(known[named]))))
    return found


def _stands_at(text: str, start: int, name: str) -> bool:
    end = start + len(name)
    return text.startswith(name, start) and not (end < len(text) and (text[end].isalnum() or text[end] == "_"))


def nobody(text: str, names: Mapping[int, str]) -> list[str]:
    """What stands after an @ and is nobody's name ('Jean Dupond'), each once."""
    taken = {mention.start for mention in mentions(text, names)}
    found = []
    for match in _AT.finditer(text):
        somebody = _SOMEBODY.match(text, match.end())
        if match.start() not in taken and somebody:
            found.append(somebody.group())
    return list(dict.fromkeys(found))


def tokens(text: str, names: Mapping[int, str]) -> list[Token]:
    """The text cut into plain stretches, links and mentions of `names`."""
    marks = sorted(_marks(text, names))
    found, at = [], 0
    for start, end, kind, href in marks:
        if start < at:
            continue
        if start > at:
            found.append(Token("plain", text[at:start]))
        found.append(Token(kind, text[start:end], href))
        at = end
    return [*found, Token("plain", text[at:])] if at < len(text) else found


def _marks(text: str, names: Mapping[int, str]) -> Iterator[tuple[int, int, str, str]]:
    for match in _LINK.finditer(text):
        link = _trimmed(match.group())
        yield match.start(), match.start() + len(link), "link", link if "://" in link else f"https://{link}"
    for mention in mentions(text, names):
        yield mention.start, mention.end, "mention", ""


def _trimmed(link: str) -> str:
    """Without the punctuation of the sentence around it; a bracket that the link itself opened stays."""
    while link and link[-1] in _AFTER_LINK and not (link[-1] == ")" and link.count("(") >= link.count(")")):
        link = link[:-1]
    return link
