"""Which level a column is, where its place among the others says more than its word."""

from __future__ import annotations

import pytest

from tests.plan.importers.makers import Made, xlsx
from tests.plan.reading.outline import draft_of, outline, themes

ROW = ("Sobriété", "Réduire la consommation", "Éteindre l'éclairage la nuit")


@pytest.mark.parametrize("word", ["Orientation", "Ambition", "Enjeu", "Speerpunt"])
def test_what_is_aimed_at_right_of_an_axis_is_its_objective(word: str) -> None:
    draft = draft_of(xlsx(Made([("Axe", word, "Action"), ROW])))
    assert outline(draft) == {ROW[0]: {ROW[1]: [ROW[2]]}}


def test_an_aim_alone_is_no_objective() -> None:
    draft = draft_of(xlsx(Made([("Enjeu", "Action"), ROW[1:]])))
    assert outline(draft) == {ROW[1]: {"–": [ROW[2]]}}


@pytest.mark.parametrize("word", ["Thème", "Volet", "Domaine"])
def test_a_theme_right_of_an_axis_stands_within_it(word: str) -> None:
    draft = draft_of(xlsx(Made([("Axe", word, "Objectif", "Action"), ("Énergie", *ROW)])))
    assert (themes(draft), outline(draft)) == (["Énergie"], {ROW[0]: {ROW[1]: [ROW[2]]}})


def test_a_theme_left_of_an_axis_stays_above_it() -> None:
    draft = draft_of(xlsx(Made([("Thème", "Axe", "Objectif", "Action"), ("Énergie", *ROW)])))
    assert (themes(draft), outline(draft)) == (["Énergie"], {ROW[0]: {ROW[1]: [ROW[2]]}})


def test_a_sheet_per_action_is_no_theme_of_its_own() -> None:
    sheets = [
        Made([("Fiche action n°", code), ("Intitulé", title), ("Axe", ROW[0]), ("Objectif", ROW[1])], name=f"Fiche {n}")
        for n, (code, title) in enumerate((("F1", "Éteindre"), ("F2", "Abaisser")), 1)
    ]
    draft = draft_of(xlsx(*sheets))
    assert outline(draft) == {ROW[0]: {ROW[1]: ["F1 Éteindre", "F2 Abaisser"]}}
