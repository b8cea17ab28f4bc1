"""How a text names a record: 'PLAN:CODE', or one word alone for a plan or an indicator. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_SHAPE = re.compile(rf"^({_CODE})(?::({_CODE}))?$")


@dataclass(frozen=True)
class Reference:
    """A record by the code of its plan and its own; without its own, the plan itself, or the indicator of that code."""

    plan: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.plan}:{self.code}" if self.code else self.plan


def parse(written: str) -> Reference | None:
    """The reference that is written, or None where the text is none."""
    found = _SHAPE.match(written.strip())
    return Reference(found[1], found[2] or "") if found else None
