"""What looks like personal data, and how a name and an address are taken out of texts and JSON. Pure: no Django."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from senne.core.talk.rules import folded

HIDDEN = "•••"
_NAMED = re.compile(
    r"(^|_)(name|first_?name|last_?name|surname|e?mail|phone|mobile|gsm|fax|ip|birth|born|iban|niss|nrn|by|address|"
    r"user|person|author|owner|sender|recipient)(_|$)"
)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Column:
    """A column as the check sees it: is it text that people write, and does it lead to a person or an account?"""

    name: str
    is_text: bool = False
    is_address: bool = False
    leads_to_people: bool = False


def looks_personal(column: Column) -> bool:
    """Whether somebody has to say what this column holds: an address, a way to a person, a text called like a name."""
    if column.is_address or column.leads_to_people:
        return True
    return column.is_text and bool(_NAMED.search(column.name.lower()))


def pseudonym(number: int) -> str:
    """What a person is called after erasure, in both languages of the city, since a name has no translations."""
    return f"Ancien agent / oud-medewerker {number}"


@dataclass
class Forgotten:
    """The names and addresses of somebody, and what takes their place.

    A full name is found in any text, whatever its case, accents and spaces; a single word ('Head') only where it is the
    whole value, since it may be a word like any other. With `shared`, somebody else bears the name too: then texts keep it.
    `titles` are job titles, by which the trail may call a person.
    """

    names: frozenset[str]
    addresses: frozenset[str]
    instead: str
    shared: bool = False
    titles: tuple[dict[str, str], ...] = ()
    _pattern: re.Pattern[str] | None = field(default=None, init=False)
    _mail: re.Pattern[str] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        full = sorted((n for n in self.names if " " in n.strip()), key=len, reverse=True)
        if full and not self.shared:
            self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(_loosely, full))})(?!\w)")
        if self.addresses:
            found = "|".join(re.escape(address.lower()) for address in sorted(self.addresses, key=len, reverse=True))
            self._mail = re.compile(rf"(?<![\w.+-])(?:{found})(?![\w-]|\.\w)")

    def text(self, text: str) -> str:
        """The text without them."""
        if not self.shared and text.strip() in self.names:
            return self.instead
        text = _replaced(text, self._pattern, self.instead)
        return _replaced(text, self._mail, HIDDEN)

    def value(self, value: Any) -> Any:
        """A JSON value without them, keys included, and what is JSON once more inside a string."""
        if isinstance(value, str):
            return self._packed(value) if value[:1] in ("{", "[") else self.text(value)
        if isinstance(value, dict):
            return {self.text(str(key)): self.value(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item) for item in value]
        return value

    def _packed(self, text: str) -> str:
        try:
            inner = json.loads(text)
        except ValueError:
            return self.text(text)
        kept = self.value(inner)
        return text if kept == inner else json.dumps(kept, ensure_ascii=False)

    def calls(self, label: Any) -> bool:
        """Whether the label of a reference calls them: by a name or by a job title."""
        return label in self.titles if isinstance(label, dict) else label in self.names

    def fragments(self) -> list[str]:
        """Pieces, one of which stands in every stored text that holds a name or an address, in any encoding of JSON.

        Plain letters of the longest word; '' where there are none: then everything has to be read.
        """
        names = () if self.shared else self.names
        return sorted({_fragment(text) for text in (*names, *self.addresses)})


def _fragment(text: str) -> str:
    pieces = re.findall(r"[A-Za-z0-9@.+-]+", text)
    longest = max(pieces, key=len, default="")
    return longest if len(longest) >= 3 else ""


def _loosely(name: str) -> str:
    """The name in lower case without accents, any spaces between its words."""
    return r"\s+".join(re.escape(word) for word in folded(_SPACES.sub(" ", name.strip())).split(" "))


def _replaced(text: str, pattern: re.Pattern[str] | None, instead: str) -> str:
    if pattern is None:
        return text
    composed = unicodedata.normalize("NFC", text)
    pieces, at = [], 0
    for match in pattern.finditer(folded(composed)):
        pieces += [composed[at : match.start()], instead]
        at = match.end()
    return "".join([*pieces, composed[at:]]) if pieces else text
