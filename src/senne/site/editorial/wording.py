"""What a text must be to be read by everybody: headings in order, links that say where they lead. Pure.

WCAG 2.2: 1.3.1 and 2.4.6 (headings), 2.4.4 (link purpose).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup

VAGUE = frozenset(
    {
        "ici", "cliquez ici", "cliquer ici", "lire la suite", "lire plus", "en savoir plus", "plus", "plus d'infos", "lien",
        "ce lien", "voir", "suite", "hier", "klik hier", "lees meer", "lees verder", "meer", "meer info", "meer lezen",
        "link", "deze link", "bekijk", "here", "click here", "read more", "more", "more info", "learn more",
        "this link", "see", "this page", "cette page", "deze pagina",
    }
)  # fmt: skip
_ADDRESS = re.compile(r"^(https?://|www\.)\S+$", re.IGNORECASE)
FIRST_LEVEL = 2


def heading_faults(levels: Iterable[int]) -> list[int]:
    """Places (from 0) of headings that skip a level: the first is of level 2, each next at most one deeper."""
    faults, before = [], FIRST_LEVEL - 1
    for place, level in enumerate(levels):
        if level > before + 1:
            faults.append(place)
        before = level
    return faults


def vague_links(html: str) -> list[str]:
    """Texts of links in the HTML that do not say where they lead: 'click here', an address, nothing at all."""
    links = BeautifulSoup(html, "html.parser").find_all("a")
    return [text for text in (" ".join(link.get_text().split()) for link in links) if is_vague(text)]


def is_vague(text: str) -> bool:
    """Whether a link with this text tells nothing about where it leads."""
    bare = text.strip(" .…:>»→").replace("’", "'").lower()
    return not bare or bare in VAGUE or bool(_ADDRESS.match(text))
