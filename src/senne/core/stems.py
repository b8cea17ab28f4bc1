"""Words to stems: accents folded, one stemmer per language. Pure; the same stems on every store."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_STEMMERS = {"fr": "french", "nl": "dutch", "en": "english"}


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_STEMMERS.get(language, "english"))


def fold(text: str) -> str:
    """Lower case without accents ('Énergie' is 'energie')."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def stems(text: str, language: str) -> list[str]:
    """The stems of the words of `text` in order, folded; numbers and codes stay as they are."""
    words = _WORD.findall(text.casefold())
    return [fold(stem) for stem in _stemmer(language).stemWords(words)]
