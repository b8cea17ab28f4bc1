"""Dates as exact as they are known; texts in the reader's language, the source where it is missing."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from senne.core.periods import PartialDate, Precision, parse_partial
from senne.core.stems import stems
from senne.core.templatetags.senne import text as text_filter
from senne.core.text import Text


@pytest.mark.parametrize(
    ("written", "last_day"),
    [("2026", date(2026, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2026-09-15", date(2026, 9, 15))],
)
def test_a_partial_date_ends_with_its_period(written: str, last_day: date) -> None:
    assert parse_partial(written).last_day == last_day


@pytest.mark.parametrize("wrong", ["", "2026-13", "31/02/2025", "2025-02-31", "soon", "26"])
def test_what_is_no_date_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_partial(wrong)


@given(st.dates(), st.sampled_from(Precision))
def test_writing_and_reading_a_partial_date_gives_it_back(day: date, precision: Precision) -> None:
    partial = parse_partial(PartialDate(day, precision).isoformat())
    assert partial.precision is precision
    assert partial.isoformat() == PartialDate(day, precision).isoformat()


def test_a_missing_translation_shows_the_source_with_a_mark() -> None:
    title = Text(fr="Énergie <b>")
    with override("nl"):
        assert str(title) == "Énergie <b>"
        assert 'lang="fr" class="untranslated"' in text_filter(title)
        assert "&lt;b&gt;" in text_filter(title)
    with override("fr"):
        assert "untranslated" not in text_filter(title)
    assert title.missing() == ["nl", "en"]


def test_stems_ignore_accents_and_endings() -> None:
    assert stems("Rénovations énergétiques", "fr") == stems("renovation energetique", "fr") or stems(
        "Rénovations énergétiques", "fr"
    ) == stems("rénovation énergétique", "fr")
    assert stems("fietsen", "nl") == stems("fietst", "nl") or stems("wandelingen", "nl") == stems("wandeling", "nl")
