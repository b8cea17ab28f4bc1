"""Is a figure plausible? Pure."""

from __future__ import annotations

from decimal import Decimal

# A figure ten times the one before it is mostly a slip of the unit: kWh for MWh, euros for thousands.
JUMP = 10
TOO_LOW, TOO_HIGH, JUMPS, TOO_FINE = "too_low", "too_high", "jumps", "too_fine"
PLACES = 6


def fault_of(
    value: Decimal, lowest: Decimal | None, highest: Decimal | None, before: Decimal | None, explained: bool
) -> str:
    """'' where the figure may be kept; else 'too_low', 'too_high', 'too_fine' (over 6 decimals) or 'jumps'.

    A jump is a change of sign or a tenfold change against the figure before it; it may be kept where it is `explained`.
    """
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > PLACES:
        return TOO_FINE
    if lowest is not None and value < lowest:
        return TOO_LOW
    if highest is not None and value > highest:
        return TOO_HIGH
    return JUMPS if jumps(value, before) and not explained else ""


def jumps(value: Decimal, before: Decimal | None) -> bool:
    """Whether the figure is ten times, or a tenth of, the one before it, or has the other sign."""
    if not before or not value:
        return False
    return value / before >= JUMP or value * JUMP / before <= 1
