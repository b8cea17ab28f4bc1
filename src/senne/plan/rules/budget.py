"""Sums of budget lines. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


class Line(Protocol):
    """What a sum needs of a budget line: 'planned' or 'actual', 'EUR' or 'FTE', an amount of that unit."""

    kind: str
    unit: str
    amount: Decimal
    approximate: bool


@dataclass(frozen=True)
class Total:
    """The sum of the lines of one kind and unit; approximate as soon as one of them is."""

    kind: str
    unit: str
    amount: Decimal
    approximate: bool
    lines: int


def totals(lines: Iterable[Line]) -> list[Total]:
    """One total per kind and unit, planned before actual, EUR before FTE; EUR and FTE are never added up."""
    found: dict[tuple[str, str], Total] = {}
    for line in lines:
        key = (line.kind, line.unit)
        old = found.get(key, Total(*key, Decimal(0), False, 0))
        found[key] = Total(*key, old.amount + line.amount, old.approximate or line.approximate, old.lines + 1)
    return [found[key] for key in sorted(found, key=lambda key: (key[0] != "planned", key[1]))]
