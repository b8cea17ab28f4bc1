"""In which of our languages a text is written: counted by its smallest words, for want of anything better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from senne.plan.columns import LANGUAGES, fold

LONGEST = 400
_SMALL = {
    "fr": "le la les des du un une et est sont pour dans avec par sur au aux ce cette ces ses leur leurs qui que plus d l",
    "nl": "het een van en te voor met op aan door bij naar uit zijn worden wordt deze dit die dat ook meer om ter tot",
    "en": "the of and to in for with on by from at is are be this that these which more as an its their into",
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _words in _SMALL.items():
    for _word in _words.split():
        _LANGUAGES_OF.setdefault(_word, []).append(_language)


def counts(text: str) -> Counter[str]:
    """How many small words of each language the text holds."""
    found: Counter[str] = Counter()
    for word in fold(text).split():
        found.update(_LANGUAGES_OF.get(word, ()))
    return found


def language_of(texts: Iterable[str], otherwise: str = "fr", least: int = 3) -> str:
    """The language with most small words; `otherwise` where fewer than `least` are found, or two are level."""
    found: Counter[str] = Counter()
    for text in texts:
        found += counts(text[:LONGEST])
    ranked = sorted(LANGUAGES, key=lambda code: -found[code])
    clear = found[ranked[0]] >= least and found[ranked[0]] > found[ranked[1]]
    return ranked[0] if clear else otherwise


def two_languages(text: str, languages: tuple[str, str]) -> tuple[str, str] | None:
    """('Planter', 'Planten') from 'Planter / Planten' or from two lines, where each half reads as its language.

    At least one half must show it and neither may show the other language; else None: the text stays whole.
    """
    for mark in ("\n", " / ", " | "):
        halves = [half.strip() for half in text.split(mark)]
        if len(halves) != 2 or not all(halves):
            continue
        own = [counts(half)[code] for half, code in zip(halves, languages, strict=True)]
        other = [counts(half)[code] for half, code in zip(halves, reversed(languages), strict=True)]
        if max(own) > 0 and all(mine >= theirs for mine, theirs in zip(own, other, strict=True)):
            return halves[0], halves[1]
    return None
