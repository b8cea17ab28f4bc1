"""What cells mean: money, dates, words and codes as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override

from senne.plan import words
from senne.plan.reading import codes, values, wording
from senne.plan.reading.vocabulary import recognise


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
    ("written", "start", "end"),
    [
        ("2024-2026", "2024", "2026"), ("2025 – 2030", "2025", "2030"), ("janvier 2025 – fin 2026", "2025-01", "2026"),
        ("de 2025 à 2027", "2025", "2027"), ("01/01/2025 - 31/12/2026", "2025-01-01", "2026-12-31"),
        ("van 2025 tot 2027", "2025", "2027"), ("T3 2026", "2026-07", "2026-09"), ("2de kwartaal 2027", "2027-04", "2027-06"),
        ("1er semestre 2026", "2026-01", "2026-06"), ("d'ici 2030", "2030", "2030"),
    ],
)  # fmt: skip
def test_periods_as_planners_write_them(written: str, start: str, end: str) -> None:
    found = values.period(written)
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    ("written", "code", "rest"),
    [
        ("TA1 Une gestion", "TA1", "Une gestion"),
        ("1.2.3 Isoler", "1.2.3", "Isoler"),
        ("A-12: Planter", "A-12", "Planter"),
        ("Action 12 : Planter", "12", "Planter"),
        ("Actie 3.2 - Planten", "3.2", "Planten"),
        ("Mesure n° 4. Isoler", "4", "Isoler"),
        ("OS 1.2 – Réduire", "OS1.2", "Réduire"),
        ("1. Planter", "1", "Planter"),
        ("IV. Mobilité", "IV", "Mobilité"),
        ("100% des objectifs", "", "100% des objectifs"),
        ("Planter 3 arbres", "", "Planter 3 arbres"),
        ("3.000 arbres", "", "3.000 arbres"),
        ("1.5 °C à ne pas dépasser", "", "1.5 °C à ne pas dépasser"),
        ("10.000 m2 de toitures", "", "10.000 m2 de toitures"),
        ("CO2 neutre", "", "CO2 neutre"),
        ("PACE 2030 adopté", "", "PACE 2030 adopté"),
        ("2030 : neutralité", "", "2030 : neutralité"),
        ("2-wielers", "", "2-wielers"),
        ("A la carte", "", "A la carte"),
    ],
)
def test_a_code_in_front_of_a_text(written: str, code: str, rest: str) -> None:
    found = codes.take_apart(written)
    assert (found.code, found.text) == (code, rest)


@pytest.mark.parametrize(
    ("written", "kind", "code"),
    [
        ("Axe 2 : Mobilité", "axis", "2"),
        ("Thema 3 Energie", "theme", "3"),
        ("Objectif 1.1", "objective", "1.1"),
        ("Mobilité", "", ""),
    ],
)
def test_a_heading_that_names_its_level(written: str, kind: str, code: str) -> None:
    found = codes.take_apart(written)
    assert (found.kind, found.code) == (kind, code)


def test_words_in_three_languages() -> None:
    assert {wording.word("status", w) for w in ("En cours", "lopend", "Under way", "Action en cours")} == {"under_way"}
    assert wording.characteristic("Action d’atténuation") == "mitigation"


def test_our_words_are_those_of_the_pages() -> None:
    """Files made for reading say a status as the pages say it, in each language, and each word is read back."""
    kinds = {
        "status": words.Status, "phase": words.Phase, "priority": words.Priority, "visibility": words.Visibility,
        "health": words.Health, "nature": words.BudgetNature, "kind": words.BudgetKind, "role": words.ContactRole,
        "relation": words.RelationKind, "tie": words.ObjectiveLinkKind, "plan_kind": words.PlanKind,
    }  # fmt: skip
    for kind, choices in kinds.items():
        for choice in choices:
            for language in ("fr", "nl", "en"):
                with override(language):
                    said = str(choice.label)
                assert wording.word_in(kind, choice.value, language) == said
                assert wording.word(kind, said) == choice.value


@pytest.mark.parametrize(
    ("word", "key", "detail"),
    [
        ("Axe/As", "axis", {}), ("Objectif stratégique / Strategische doelstelling", "objective", {}),
        ("Responsable(s)", "lead", {}), ("Service pilote", "lead", {}), ("Uitvoerder", "lead", {}), ("Timing", "end", {}),
        ("Budget 2025", "budget", {"year": 2025}),
        ("Budget réalisé 2024 (k€)", "budget", {"year": 2024, "factor": 1000, "kind": "actual"}),
        ("Réalisé 2025 (k€)", "budget", {"year": 2025, "factor": 1000, "kind": "actual"}),
        ("Prévu 2026 (€)", "budget", {"year": 2026, "kind": "planned"}),
        ("Investissement 2026", "budget", {"nature": "investment", "year": 2026}), ("ETP 2026", "budget", {"unit": "FTE"}),
        ("Indicateur(s) de suivi", "indicator", {}), ("Action (NL)", "title", {"language": "nl"}),
        ("Titre français", "title", {"language": "fr"}), ("Atténuation", "characteristics", {"value": "mitigation"}),
        ("N° action", "code", {}), ("Porteur·euse", "lead", {}),
    ],
)  # fmt: skip
def test_what_the_head_of_a_column_says(word: str, key: str, detail: dict[str, object]) -> None:
    head = recognise(word)
    assert head is not None
    assert head.key == key
    assert {name: getattr(head, name) for name in detail} == detail


@pytest.mark.parametrize(
    "word", ["", "Planter des arbres", "2025", "Axe 2024-2026", "En cours", "x" * 200, "% avancement", "Réalisé"]
)
def test_what_heads_no_column(word: str) -> None:
    assert recognise(word) is None
