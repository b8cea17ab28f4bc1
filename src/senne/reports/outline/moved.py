"""What moved between two pictures, in words: one line per kind of movement, with the objects behind it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from senne.plan.api import compared, comparison
from senne.plan.api import picture as pictures

MOST_NAMED = 12


def moved_lines(
    found: comparison.Comparison, now: pictures.Picture, before: pictures.Picture, language: str
) -> list[str]:
    """'Done (3): AD-12 A grants officer; …'."""
    lines = []
    for key, label in compared.movements().items():
        if codes := found.summary.get(key):
            names = "; ".join(_names(codes[:MOST_NAMED], now, before, language))
            more = " " + _("and %(n)s more") % {"n": len(codes) - MOST_NAMED} if len(codes) > MOST_NAMED else ""
            lines.append(f"{label} ({len(codes)}): {names}{more}")
    return lines


def _names(codes: Iterable[str], now: pictures.Picture, before: pictures.Picture, language: str) -> Iterable[str]:
    for code in codes:
        for picture in (now, before):
            if action := picture.action(code):
                yield f"{code} {pictures.shown(action.title, language)}"
                break
            if objective := picture.objective(code):
                yield f"{code} {pictures.shown(objective.statement, language)}"
                break
