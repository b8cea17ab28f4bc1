"""Sums of budget lines keep kinds and units apart."""

from dataclasses import dataclass
from decimal import Decimal

from senne.plan.rules.budget import totals


@dataclass
class Line:
    kind: str
    unit: str
    amount: Decimal
    approximate: bool = False


def test_kinds_and_units_are_never_added_up() -> None:
    lines = [
        Line("actual", "EUR", Decimal("10.50")),
        Line("planned", "FTE", Decimal("0.5")),
        Line("planned", "EUR", Decimal(100), approximate=True),
        Line("planned", "EUR", Decimal("20.25")),
    ]
    assert [(t.kind, t.unit, t.amount, t.approximate, t.lines) for t in totals(lines)] == [
        ("planned", "EUR", Decimal("120.25"), True, 2),
        ("planned", "FTE", Decimal("0.5"), False, 1),
        ("actual", "EUR", Decimal("10.50"), False, 1),
    ]


def test_nothing_sums_to_nothing() -> None:
    assert totals([]) == []
