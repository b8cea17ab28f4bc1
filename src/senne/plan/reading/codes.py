"""Codes: in a column of their own, in front of a text, behind the word 'Action'; and headings that name a level."""

from __future__ import annotations

import re
from dataclasses import dataclass

from senne.plan.columns import fold

_LABEL = (
    r"(?P<label>axes?|as|axis|th[eè]mes?|thema|chapitre|hoofdstuk|chapter|objectifs?(?:\s+(?:strat[eé]giques?|op[eé]rationnels?|"
    r"sp[eé]cifiques?))?|(?:(?:strategische|operationele)\s+)?doelstelling|(?:(?:strategic|operational)\s+)?objective|actions?|"
    r"acties?|mesures?|maatregel|measure|fiche(?:[\s-]action)?|actiefiche|project|projet|pilier|pijler|pillar|volet|"
    r"os|oo|sd|od)"
)
_NUMBER = r"(?:n\s?[°º]\.?|nr\.?|no\.|num[eé]ro|nummer|number|#)"
# TA1 · A-12 · OS 1.2 · 1.2.3 · A.1.2 · 12 · IV · a (the last three only where a sign follows them).
_CODE = (
    r"(?P<code>[A-Z]{1,6}[.-]?\d+[a-z]?(?:[.-]\d+[a-z]?)*|[A-Z]{1,3} \d{1,3}[a-z]?(?:[.-]\d+[a-z]?)*|"
    r"\d+(?:\.\d+)+[a-z]?\.?|[A-Z](?:\.\d+)+)"
)
_SHORT = r"(?P<short>\d{1,3}[a-z]?|[IVX]{1,5}|[A-Za-z])"
_SIGN = r"\s*(?:[.:)–—](?!\d)|\.-|-(?=\s|[A-ZÀ-Ý][a-zà-ÿ]))\s*"
_LABELLED = re.compile(rf"^{_LABEL}\s*{_NUMBER}?\s*(?:{_CODE}|{_SHORT})\s*(?:[.:)–—-]+\s*|\s+(?=\S)|$)", re.IGNORECASE)
_PLAIN = re.compile(rf"^(?:{_NUMBER}\s*)?{_CODE}(?:[\s.:)–—-]+)(?=\S)")
_NUMBERED = re.compile(rf"^{_NUMBER}\s*{_SHORT}\s+(?=\S)", re.IGNORECASE)
_SIGNED = re.compile(rf"^(?:{_NUMBER}\s*)?{_SHORT}{_SIGN}(?=\S)")
_ALONE = re.compile(rf"^(?:{_CODE}|\d{{1,3}})\.?$")
LONGEST = 40
_WHOLE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,58}$")
_KINDS = {
    "axis": "axe axes as axis pilier pijler pillar volet",
    "theme": "theme themes thema chapitre hoofdstuk chapter",
    "objective": "objectif objectifs doelstelling objective os oo sd od",
    "action": "action actions actie acties mesure mesures maatregel measure fiche actiefiche project projet",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
# What looks like a code and is none: a year, a formula, thousands, a quantity with its unit.
_NO_CODE = re.compile(
    r"^(?:.*(?:19|20)\d\d$|(?:CO|PM|NO|SO|N|O|H)[ .-]?\d|COVID|(?:M|KM)[23]$|\d{1,3}(?:\.\d{3})+$)", re.IGNORECASE
)
_UNIT = re.compile(
    r"^(?:°|%|€|k€|m€|[kcm]?m[²³23]?\b|t\b|k?g\b|[kmgt]wh?\b|ha\b|l\b|degr|graden|milli|milj)", re.IGNORECASE
)


@dataclass(frozen=True)
class Coded:
    """A text taken apart: the level that its label names ('' for none), its code, the rest."""

    kind: str
    code: str
    text: str


def take_apart(text: str) -> Coded:
    """('axis', '2', 'Mobilité') from 'Axe 2 : Mobilité'; ('', 'TA1', 'Une gestion') from 'TA1 Une gestion'."""
    match = _LABELLED.match(text)
    if match and (match.group("code") or _is_numbered(match)):
        code = match.group("code") or match.group("short")
        label = fold(match.group("label")).split()
        kind = next((_KIND_OF[word] for word in label if word in _KIND_OF), "")
        prefix = match.group("label").upper() if label[0] in {"os", "oo", "sd", "od"} else ""
        return _fits(Coded(kind, _tidy(prefix + code), text[match.end() :].strip()), text)
    for pattern in (_PLAIN, _SIGNED, _NUMBERED):
        match = pattern.match(text)
        if match is None:
            continue
        code, rest = match.groupdict().get("code") or match.group(match.lastindex or 0), text[match.end() :].strip()
        if not _NO_CODE.match(code) and not (pattern is _PLAIN and code[0].isdigit() and _UNIT.match(rest)):
            return _fits(Coded("", _tidy(code), rest), text)
    return Coded("", "", text)


def _is_numbered(match: re.Match[str]) -> bool:
    """'Action 12 …' names number 12; 'Action a …' names nothing."""
    short = match.group("short")
    return bool(short) and (short[0].isdigit() or match.group(0).rstrip()[-1:] in ".:)–—-")


def _fits(found: Coded, whole: str) -> Coded:
    return found if len(found.code) <= LONGEST else Coded("", "", whole)


def _tidy(code: str) -> str:
    return re.sub(r"\s", "", code).rstrip(".-")


def is_code(text: str) -> bool:
    """Is the whole cell a code, such as '1.2' or 'TA1'?"""
    return bool(_ALONE.match(text.strip()))


def whole_code(text: str) -> str:
    """A code cell as a code: '1 / 2' is '1-2'. Raises ValueError where no code comes out that an address can bear."""
    found = take_apart(text.strip())
    code = found.code if found.code and not found.text else re.sub(r"[\s/\\]+", "-", text.strip()).strip(".:)-")
    if not _WHOLE.match(code):
        raise ValueError(text)
    return code


def is_own_code(text: str) -> bool:
    """Can a record bear this code as it stands?"""
    return bool(_WHOLE.match(text))


def own_code(text: str) -> str:
    """A code of Senne's own, as it stands. Raises ValueError where no record can bear it."""
    return text if is_own_code(text) else whole_code(text)


def is_exact(code: str, text: str) -> bool:
    """Does the code say all that the cell said?"""
    return fold(code).replace(" ", "") == fold(text).replace(" ", "")
