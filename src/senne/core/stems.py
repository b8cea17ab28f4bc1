"""Words to stems: accents folded, one stemmer per language. Pure; the same stems on every store."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

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


@lru_cache(maxsize=50_000)
def _stem(word: str, language: str) -> str:
    return fold(_stemmer(language).stemWord(word))


def stems(text: str, language: str) -> list[str]:
    """The stems of the words of `text` in order, folded; numbers and codes stay as they are."""
    return [_stem(word, language) for word in _WORD.findall(text.casefold())]
