"""Search in the reader's language, with accents and stems, the same on both stores."""

from __future__ import annotations

import pytest

from senne.core import records, search
from senne.core.actors import SYSTEM
from senne.core.text import Text
from tests.city import City


@pytest.fixture
def renovation(city: City) -> int:
    action = city.actions["roads_public"]
    title = Text(fr="Rénovation énergétique des écoles", nl="Energierenovatie van de scholen", en="School renovations")
    records.update(action, {"title": title}, actor=SYSTEM)
    return action.pk


@pytest.mark.parametrize(
    ("query", "language"),
    [("rénovations", "fr"), ("ECOLE", "fr"), ("écol", "fr"), ("school", "nl"), ("scholen", "nl"), ("renovated", "en")],
)
def test_a_word_is_found_whatever_its_accents_case_and_ending(renovation: int, query: str, language: str) -> None:
    assert renovation in search.find("plan.action", query, language)


@pytest.mark.parametrize("query", ["", "   ", "!!!", "'; DROP TABLE core_user; --", '"quoted', "AND OR NOT", "a*b(c)"])
def test_odd_queries_do_no_harm(renovation: int, query: str) -> None:
    assert isinstance(search.find("plan.action", query, "fr"), list)


def test_internal_notes_are_not_indexed(city: City) -> None:
    assert search.find("plan.action", "secret", "fr") == []


def test_what_is_deleted_is_not_found(renovation: int, city: City) -> None:
    records.delete(city.actions["roads_public"], actor=SYSTEM)
    assert search.find("plan.action", "rénovation", "fr") == []
