"""Figures as pages show them: rounded to the indicator's decimals, with the reader's separators, the unit beside them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format

from senne.indicators.models import Indicator

NO_BREAK = "\u00a0"


def number_shown(value: Decimal | None, decimals: int) -> str:
    """The number rounded half up to `decimals`, trailing zeros kept so that figures of one table align; '' for none."""
    if value is None:
        return ""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return number_format(rounded or abs(rounded), decimal_pos=decimals, use_l10n=True, force_grouping=True)


def figure_shown(value: Decimal | None, indicator: Indicator) -> str:
    """'1 234 arbres' in the reader's language; '' for none."""
    return f"{number_shown(value, indicator.decimals)}{NO_BREAK}{indicator.unit}" if value is not None else ""
