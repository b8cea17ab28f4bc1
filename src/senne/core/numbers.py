"""Numbers as people type them. Pure: no Django."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

LARGEST = Decimal(10) ** 15
_SPACES = re.compile(r"[\s\u00a0\u202f']")


def decimal_of(text: str) -> Decimal | None:
    """The number that somebody wrote ('1 234,5', '1.234,5', '1,234.5', '1234.5'), or None where it is none.

    Where both marks stand, the later one is the decimal mark; a single mark is the decimal one.
    """
    plain = _SPACES.sub("", text)
    if "," in plain and "." in plain:
        plain = plain.replace("." if plain.rfind(",") > plain.rfind(".") else ",", "")
    try:
        found = Decimal(plain.replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < LARGEST else None


def plain(value: Decimal) -> str:
    """The number without needless zeros and without an exponent: as JSON keeps it."""
    return f"{value.normalize():f}" if value else "0"
