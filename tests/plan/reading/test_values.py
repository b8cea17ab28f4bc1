"""What cells mean: money, dates, words and codes as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from senne.plan.reading import values


@pytest.mark.parametrize(
    ("written", "amount", "about"),
    [
        ("1.234,50 €", "1234.50", False),
        ("1 234,50", "1234.50", False),
        ("1,234.50 EUR", "1234.50", False),
        ("env. 50k", "50000", True),
        ("2 M€", "2000000", False),
        ("€ 1,2 miljoen", "1200000", False),
        ("ca. 300.000 euro", "300000", True),
        ("12,5", "12.5", False),
    ],
)
def test_money_in_many_hands(written: str, amount: str, about: bool) -> None:
    found = values.money(written)
    assert (found.amount, found.approximate) == (Decimal(amount), about)


@pytest.mark.parametrize("written", ["", "à définir", "12 chevaux", "--"])
def test_what_is_no_money_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        values.money(written)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2030", "2030"), ("fin 2026", "2026"), ("09/2026", "2026-09"), ("15/09/2026", "2026-09-15"),
        ("1er mars 2027", "2027-03-01"), ("september 2025", "2025-09"), ("3 januari 2026", "2026-01-03"),
        ("2026-05", "2026-05"),
    ],
)  # fmt: skip
def test_dates_as_exact_as_written(written: str, iso: str) -> None:
    assert values.partial_date(written) == iso


@pytest.mark.parametrize("written", ["31/02/2025", "bientôt", "13/2026"])
def test_a_day_that_is_not_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        values.partial_date(written)


@pytest.mark.parametrize(
    ("written", "code", "rest"),
    [
        ("TA1 Une gestion", "TA1", "Une gestion"),
        ("1.2.3 Isoler", "1.2.3", "Isoler"),
        ("A-12: Planter", "A-12", "Planter"),
        ("100% des objectifs", "", "100% des objectifs"),
        ("Planter 3 arbres", "", "Planter 3 arbres"),
    ],
)
def test_a_code_in_front_of_a_text(written: str, code: str, rest: str) -> None:
    assert values.split_code(written) == (code, rest)


def test_words_in_three_languages() -> None:
    assert {values.word("status", w) for w in ("En cours", "lopend", "Under way", "Action en cours")} == {"under_way"}
    assert values.characteristic("Action d’atténuation") == "mitigation"
