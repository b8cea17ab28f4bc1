"""Decks: fifteen minutes are fifteen, notes speak three languages, nothing hangs over the edge, nothing is dropped."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.utils.translation import override
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn

from senne.core.text import LANGUAGE_NAMES
from senne.reports.blocks import Bar, Bars, Curve, Deck, Figures, Items, Paragraph, Table
from senne.reports.brand import Brand
from senne.reports.outline.college import college_deck
from senne.reports.outline.curves import curve
from senne.reports.outline.quarter_hour import MINUTES, quarter_hour_deck
from senne.reports.writers.pptx import write_pptx
from senne.reports.writers.slides import lay_out
from tests.reports.pictures import FROZEN, LANGUAGES, ORIGIN, PICTURES, usual

BRAND = Brand(name="Ville")


def quarter(name: str = "usual", language: str = "fr", organisation: str = "") -> Deck:
    with override(language):
        return quarter_hour_deck(PICTURES[name](), language, ORIGIN, organisation)


def opened(deck: Deck, brand: Brand = BRAND) -> Any:
    with override(deck.language):
        return Presentation(io.BytesIO(write_pptx(deck, brand)))


@pytest.mark.parametrize("organisation", ["", "roads"])
@pytest.mark.parametrize("name", PICTURES)
def test_the_minutes_add_up_to_a_quarter_of_an_hour(name: str, organisation: str) -> None:
    said = [slide.notes for slide in quarter(name, "en", organisation).slides]
    minutes = [int(found[1]) for notes in said if (found := re.match(r"(\d+) minutes?\.", notes))]
    assert sum(minutes) == MINUTES


def test_every_slide_has_notes_in_three_languages_its_own_first() -> None:
    for language in LANGUAGES:
        deck = quarter(language=language)
        for notes in (deck.notes, *(slide.notes for slide in deck.slides)):
            others = [LANGUAGE_NAMES[code] for code in LANGUAGES if code != language]
            parts = re.split(r"— (?:Français|Nederlands|English) —", notes)
            assert len(parts) == 3
            assert len({part.strip() for part in parts}) == 3, "three languages, three texts"
            assert [name for name in others if f"— {name} —" not in notes] == []


def test_somebody_new_sees_what_the_words_mean_before_the_figures() -> None:
    titles = [slide.title for slide in quarter().slides]
    assert titles.index("Comment le plan est fait") < titles.index("Où il en est aujourd'hui")


def test_a_newcomers_own_department_is_shown_when_asked_for() -> None:
    own = quarter("usual", "fr", "parks").slides
    shown = next(slide for slide in own if slide.title == "Ce que nous faisons\u00a0: Parcs" or "Parcs" in slide.title)
    table = next(block for block in shown.blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == ["A-2"]
    assert not any("Parcs" in slide.title for slide in quarter().slides)


def test_a_department_without_actions_is_told_so_kindly() -> None:
    slides = quarter("usual", "fr", "city-of-nothing").slides
    assert any("ne pilote encore aucune action" in b.text for s in slides for b in s.blocks if isinstance(b, Paragraph))


def test_the_college_sees_every_objective_of_every_theme() -> None:
    with override("fr"):
        deck = college_deck(PICTURES["crowded"](), None, "fr", FROZEN)
    text = "\n".join(shape_texts(opened(deck)))
    assert [f"Q{n:02}" for n in range(40) if f"Q{n:02}" not in text] == []
    assert "Et 46 autres" in text


def test_what_moved_is_told_to_the_college_if_there_is_something_to_compare_with() -> None:
    with override("fr"):
        titles = [slide.title for slide in college_deck(usual(), usual(), "fr", ORIGIN).slides]
        without = [slide.title for slide in college_deck(usual(), None, "fr", ORIGIN).slides]
    assert "Ce qui a bougé depuis le 24 novembre 2026" in titles
    assert not any(title.startswith("Ce qui a bougé") for title in without)


# ---- Laying out ---------------------------------------------------------------------------------------------------


def test_pieces_stay_on_the_page_and_keep_every_row_and_item() -> None:
    rows = tuple((f"R{n}", "mot " * (n % 30 + 1), str(n)) for n in range(60))
    items = tuple(f"point {n} " + "long " * (n % 25) for n in range(50))
    blocks = (
        Paragraph("bla " * 60), Figures((("1", "un"), ("2", "deux"))),
        Table("t", ("a", "b", "c"), rows, wide=frozenset({1})), Items(items),
        Bars("c", tuple(Bar(str(n), n, "calm", str(n)) for n in range(8))), Bars("d", (Bar("x", 1, "good", "1"),)),
    )  # fmt: skip
    pages = lay_out(blocks, 880, 400)
    pieces = [piece for page in pages for piece in page]
    assert all(piece.top + piece.height <= 400.01 for piece in pieces)
    tables = [block for piece in pieces for block in piece.blocks if isinstance(block, Table)]
    assert [row[0] for table in tables for row in table.rows] == [row[0] for row in rows]
    lists = [block for piece in pieces for block in piece.blocks if isinstance(block, Items)]
    assert tuple(text for block in lists for text in block.texts) == items
    assert any(len(piece.blocks) == 2 for piece in pieces), "two charts side by side"


def test_a_total_stays_the_last_row_alone() -> None:
    table = Table("t", ("a", "b"), tuple((str(n), "x") for n in range(40)), totals=True)
    parts = [piece.blocks[0] for page in lay_out((table,), 400, 200) for piece in page]
    assert [part.totals for part in parts if isinstance(part, Table)] == [False] * (len(parts) - 1) + [True]


# ---- The file -----------------------------------------------------------------------------------------------------


def shape_texts(presentation: Any) -> list[str]:
    found = []
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            elif shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_a_deck_can_be_read_without_seeing_it(name: str, language: str) -> None:
    presentation = opened(quarter(name, language, "roads"))
    wide, high = presentation.slide_width, presentation.slide_height
    for slide in presentation.slides:
        assert slide.shapes.title.text
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= wide + 2
            assert shape.top + shape.height <= high + 2, slide.shapes.title.text
            if shape.has_chart or shape.has_table:
                assert shape.element.xpath(".//p:cNvPr")[0].get("descr")
            if shape.has_table:
                assert shape.table.first_row
            assert not (shape.is_placeholder and not shape.text_frame.text), "no 'click to add'"
        region = {"fr": "fr-BE", "nl": "nl-BE", "en": "en-GB"}[language]
        runs = list(slide.element.iter(qn("a:r")))
        assert {run.find(qn("a:rPr")).get("lang") for run in runs} == {region}


def test_notes_change_their_language_where_they_say_so() -> None:
    notes = opened(quarter()).slides[1].notes_slide.notes_text_frame
    spoken = [run._r.find(qn("a:rPr")).get("lang") for p in notes.paragraphs for run in p.runs]
    assert list(dict.fromkeys(spoken)) == ["fr-BE", "nl-BE", "en-GB"]


def test_titles_of_slides_that_go_on_are_numbered() -> None:
    with override("fr"):
        titles = [
            slide.shapes.title.text for slide in opened(college_deck(PICTURES["crowded"](), None, "fr", ORIGIN)).slides
        ]
    assert "Objectifs qui ne sont pas encore suivis (1/7)" in titles or any("(1/" in title for title in titles)
    assert all(len(title) <= 180 for title in titles)


# ---- Indicators ---------------------------------------------------------------------------------------------------


def test_figures_over_time_are_a_native_chart_with_words_for_those_who_cannot_see_it() -> None:
    for deck in (quarter(), _college("usual")):
        charts = [shape for slide in opened(deck).slides for shape in slide.shapes if shape.has_chart]
        (drawn,) = [shape for shape in charts if shape.chart.chart_type == XL_CHART_TYPE.XY_SCATTER_LINES]
        figures, path = drawn.chart.plots[0].series
        assert (figures.name, path.name) == ("valeurs", "trajectoire")
        assert list(figures.values) == [1000, 1130, 1260, 1390, 1520]
        assert list(path.values) == [900, 2500]
        assert "2024 1" in drawn.element.xpath(".//p:cNvPr")[0].get("descr")


def _college(name: str) -> Deck:
    with override("fr"):
        return college_deck(PICTURES[name](), usual(), "fr", FROZEN)


def test_the_college_sees_how_many_indicators_are_on_their_trajectory_and_the_worst_first() -> None:
    slide = next(slide for slide in _college("usual").slides if slide.title == "Indicateurs")
    figures = next(block for block in slide.blocks if isinstance(block, Figures))
    table = next(block for block in slide.blocks if isinstance(block, Table))
    assert [figure for figure, _label in figures.pairs] == ["1", "0", "1", "1"]
    assert table.rows[0][0] == "Pluie collectée"


def test_forty_indicators_take_a_few_slides_of_the_college() -> None:
    deck = _college("crowded")
    slides = [slide for slide in deck.slides if "ndicateurs" in slide.title]
    assert [len(lay_out(slide.blocks, 880, 380)) for slide in slides] == [2, 2], "even with names of 200 letters"


def test_a_curve_keeps_its_place_on_the_page() -> None:
    with override("fr"):
        curves = tuple(curve(indicator, "fr") for indicator in PICTURES["crowded"]().indicators[:5])
    pages = lay_out((Paragraph("bla " * 60), *curves), 880, 400)
    assert [block for page in pages for piece in page for block in piece.blocks if isinstance(block, Curve)] == list(
        curves
    )
    assert all(piece.top + piece.height <= 400 for page in pages for piece in page)
