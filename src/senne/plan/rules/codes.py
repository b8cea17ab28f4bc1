"""The next code in a row of codes. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBERED = re.compile(r"^(.*?)(\d+)$")


def next_code(near: Iterable[str], taken: Iterable[str], otherwise: str) -> str:
    """The code after the highest numbered one of `near` that has the commonest stem, free among `taken`.

    'AD-7', 'AD-12' give 'AD-13'; without any numbered code, `otherwise` begins the row: 'X' gives 'X-1'.
    """
    stems: dict[str, list[tuple[int, int]]] = {}
    for code in near:
        if match := _NUMBERED.match(code):
            stem, digits = match.groups()
            stems.setdefault(stem, []).append((int(digits), len(digits)))
    stem = max(stems, key=lambda s: (len(stems[s]), s), default=f"{otherwise}-")
    number, width = max(stems.get(stem, [(0, 1)]))
    wide = width if any(len(str(n)) < w for n, w in stems.get(stem, [])) else 1
    busy = set(taken)
    while True:
        number += 1
        code = f"{stem}{number:0{wide}}"
        if code not in busy:
            return code
