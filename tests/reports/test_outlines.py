"""What reports say: whole, in the reader's language, with nothing empty and nothing lost."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.utils.translation import override

from senne.plan import compared
from senne.plan.rules.comparison import compare
from senne.plan.rules.picture import Picture, TargetPicture
from senne.reports.blocks import Block, Curve, Figures, Heading, Items, NewPage, Paragraph, Report, Table
from senne.reports.outline import wording
from senne.reports.outline.moved import field_rows, labels, moved_lines
from senne.reports.outline.one_page import ROOMS, one_page
from senne.reports.outline.sheets import action_sheet, objective_sheet
from senne.reports.outline.yearly import yearly_report
from tests.reports.pictures import DAY, FROZEN, LANGUAGES, ORIGIN, PICTURES, action, usual, words


def texts(blocks: tuple[Block, ...]) -> str:
    """Everything that stands in the blocks."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            found.append(block.text)
        elif isinstance(block, Items):
            found += [block.intro, *block.texts]
        elif isinstance(block, Table):
            found += [block.caption, *block.header, *(cell for row in block.rows for cell in row)]
        elif isinstance(block, Figures):
            found += [" ".join(pair) for pair in block.pairs]
    return "\n".join(found)


def yearly(picture: Picture, language: str = "fr", before: Picture | None = None) -> Report:
    with override(language):
        return yearly_report(picture, before, language, FROZEN)


def later() -> Picture:
    """A year after the usual one: A-2 done at last, A-5 late, O1 with another target, A-3 reworded, a new action."""
    now = usual()
    changed = {
        "A-2": {"status": "done", "health": "on_track", "news": words("Enfin.")},
        "A-3": {"title": words("Autre titre")},
        "A-5": {"health": "late", "judged_because": words("Le hall est fermé."), "continuous": False, "end": "2028"},
    }
    actions = [replace(a, **changed.get(a.code, {})) for a in now.actions] + [action("A-9")]  # type: ignore[arg-type]
    objectives = [replace(o, target=TargetPicture(words("Émissions"), "t", "0", 2045)) if o.code == "O1" else o
                  for o in now.objectives]  # fmt: skip
    return replace(now, day="2027-11-24", actions=actions, objectives=objectives)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_no_section_is_empty_and_levels_leave_no_gap(name: str, language: str) -> None:
    now = PICTURES[name]()
    with override(language):
        made = [yearly_report(now, usual(), language, ORIGIN), one_page(now, usual(), language, ORIGIN)]
        made += [one_page(now, None, language, ORIGIN, "roads")]
        made += [action_sheet(now, found, language, ORIGIN) for found in now.actions[:5]]
        made += [objective_sheet(now, found, language, ORIGIN) for found in now.objectives[:5]]
    for report in made:
        level = 0
        blocks = [block for block in report.blocks if not isinstance(block, NewPage)]
        for block, following in zip(blocks, [*blocks[1:], None], strict=True):
            if isinstance(block, Heading):
                assert block.level <= level + 1, block
                level = block.level
                deeper = isinstance(following, Heading) and following.level > block.level
                assert deeper or (following is not None and not isinstance(following, Heading)), block
            if isinstance(block, Table):
                assert block.rows, block.caption
                assert {len(row) for row in block.rows} == {len(block.header)}
            if isinstance(block, Items):
                assert all(block.texts)


def test_every_action_and_objective_is_in_the_yearly_report() -> None:
    for name in ("usual", "crowded"):
        now = PICTURES[name]()
        said = texts(yearly(now).blocks)
        assert [a.code for a in now.actions if a.code not in said] == []
        assert [o.code for o in now.objectives if o.code not in said] == []


def test_it_says_where_its_figures_come_from() -> None:
    said = texts(yearly(usual()).blocks[-6:])
    assert "instantané 7" in said
    assert "Tour 2026" in said
    assert "ab" * 32 in said
    assert "Senne 1.2.3" in said
    assert "https://plan.example.org" in said


def test_late_and_unmonitored_say_why() -> None:
    said = texts(yearly(usual()).blocks)
    assert "sa fin est passée (15 septembre 2026)" in said
    assert "Le permis manque." in said
    assert "personne ne le porte encore" in said


def test_those_without_an_organisation_are_not_lost() -> None:
    tables = [
        b for b in yearly(usual()).blocks if isinstance(b, Table) and b.caption == "Actions par organisation pilote"
    ]
    assert [row[0] for row in tables[0].rows] == ["Le cabinet", "Parcs", "Voirie", "Pas encore de pilote"]


@pytest.mark.parametrize(
    ("language", "amount", "day", "share"),
    [("fr", "1 250 000 €", "24 novembre 2026", "41 %"), ("nl", "1.250.000 €", "24 november 2026", "41 %"),
     ("en", "1,250,000 €", "24 November 2026", "41 %")],
)  # fmt: skip
def test_numbers_and_dates_are_the_readers(language: str, amount: str, day: str, share: str) -> None:
    report = yearly(usual(), language)
    said = re.sub(r"[\u00a0\u202f]", " ", texts(report.blocks))
    assert amount in said
    assert share in said
    assert day in report.subtitle


def test_a_merged_action_says_where_it_goes_on() -> None:
    assert "Fusionnée" in texts(yearly(usual()).blocks)
    assert "A-1" in wording.status_of(usual().actions[3])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_moved_is_told_object_by_object(language: str) -> None:
    said = texts(yearly(later(), language, usual()).blocks)
    for told in ("A-2", "Enfin.", "A-9", "2028", "Le hall est fermé.", "Autre titre"):
        assert told in said
    with override("fr"):
        lines = moved_lines(compare(usual(), later()), "fr")
    assert "Actions réalisées (1)\u00a0: A-2 · Action A-2" in lines
    assert any(line.startswith("Cibles changées (1)") for line in lines)


def test_every_movement_that_a_comparison_knows_has_its_heading() -> None:
    assert list(labels()) == list(compared.movements())


def test_a_target_is_told_before_and_after() -> None:
    said = texts(yearly(later(), "fr", usual()).blocks)
    line = next(text for text in said.split("\n") if "O1" in text and "→" in text)
    assert "en 2040" in line
    assert line.index("en 2040") < line.index("→") < line.index("en 2045")


def test_each_field_that_differs_has_a_name_and_both_values() -> None:
    with override("fr"):
        rows = list(field_rows(compare(usual(), later()), usual(), later()))
    assert ("A-2", "Action A-2", "Statut", "En cours", "Réalisée") in rows
    assert ("A-5", "Action A-5", "Fin", "–", "2028") in rows
    assert ("A-9", "Action A-9", "Nouveau", "", "") in rows
    assert all(row[2] for row in rows)


def test_a_departments_page_holds_its_part_alone() -> None:
    with override("fr"):
        said = texts(one_page(usual(), None, "fr", ORIGIN, "parks").blocks)
        nothing = one_page(replace(usual(), actions=[], objectives=[], indicators=[]), None, "fr", ORIGIN, "parks")
    assert "A-2" in said
    assert "A-3" not in said
    assert texts(nothing.blocks) == "Cette organisation ne pilote aucun objectif ni aucune action du plan."


def test_less_room_means_less_of_everything() -> None:
    now = PICTURES["crowded"]()
    with override("fr"):
        lengths = [len(texts(one_page(now, usual(), "fr", ORIGIN, "", room).blocks)) for room in ROOMS]
    assert lengths == sorted(lengths, reverse=True)


def test_a_long_text_is_cut_at_a_word_and_says_so() -> None:
    assert wording.clip("court", 10) == "court"
    assert wording.clip("une phrase un peu longue", 15) == "une phrase un…"
    assert wording.clip("W" * 300, 20) == "W" * 19 + "…"
    assert len(wording.clip("mot " * 100, 60)) <= 60


def test_a_share_is_neither_nothing_nor_all_unless_it_is() -> None:
    shown = [wording.percent(share).replace("\u00a0", " ") for share in (0, 1, 4, 996, 999, 1000, None)]
    assert shown == ["0 %", "1 %", "1 %", "99 %", "99 %", "100 %", "–"]


def test_the_day_is_the_pictures_not_the_clocks() -> None:
    assert yearly(usual()).subtitle.endswith("24 novembre 2026")
    assert DAY == "2026-11-24"


# ---- Indicators ---------------------------------------------------------------------------------------------------


def test_every_indicator_stands_in_the_yearly_report_with_what_explains_its_figures() -> None:
    said = texts(yearly(usual()).blocks)
    for indicator in usual().indicators:
        assert indicator.name["fr"] in said
    for words_ in ("1\u202f520 (2024)", "900 (2019)", "2\u202f500 (2030)", "Registre des bâtiments", "Comptage"):
        assert words_.replace("\u202f", "\xa0") in said.replace("\u202f", "\xa0"), words_
    sources = next(
        b for b in yearly(usual()).blocks if isinstance(b, Table) and "Registre des bâtiments" in str(b.rows)
    )
    assert sources.rows[0] == ("Toits isolés", "Voirie", "Registre des bâtiments", "Comptage", "2")


def test_key_indicators_are_drawn_and_the_drawing_is_told_in_words() -> None:
    drawn = [block for block in yearly(usual()).blocks if isinstance(block, Curve)]
    assert [curve.caption for curve in drawn] == ["Toits isolés"], "those of objectives that have something to draw"
    (curve,) = drawn
    assert [spot.shown for spot in curve.path][:1] == ["900"]
    told = curve.told.replace("\u202f", " ").replace("\xa0", " ")
    for words_ in ("Toits isolés (toits)", "2024 1 520", "2030 2 500", "La méthode a changé après : 2022"):
        assert words_ in told, words_


def test_what_moved_of_indicators_is_told_with_the_figures() -> None:
    roofs, rain, birds = usual().indicators
    more = [
        *roofs.figures[:4],
        replace(roofs.figures[4], value="1500"),
        replace(roofs.figures[4], period="2025", value="1700"),
    ]
    changed = replace(roofs, figures=more, targets=[replace(roofs.targets[0], value="2600")], state="off_track")
    now = replace(usual(), indicators=[changed, rain])
    with override("fr"):
        found = compare(usual(), now)
        lines = "\n".join(moved_lines(found, "fr")).replace("\u202f", " ").replace("\xa0", " ")
    at_length = texts(yearly(now, before=usual()).blocks).replace("\u202f", " ").replace("\xa0", " ")
    assert "1 520 toits (2024) → 1 700 toits (2025)" in lines
    assert "2024 : 1 520 → 1 500 toits" in lines
    assert "Indicateurs retirés (1) : Espèces d'oiseaux" in lines
    assert "2030 : 2 500 → 2 600 toits" in at_length
    assert "1 700 toits (2025) ; attendu : 1 627 toits" in at_length


def test_pages_of_an_objective_an_action_and_a_department_show_their_indicators() -> None:
    now = usual()
    with override("fr"):
        goal = objective_sheet(now, now.objectives[0], "fr", ORIGIN)
        deed = action_sheet(now, now.actions[1], "fr", ORIGIN)
        other = action_sheet(now, now.actions[0], "fr", ORIGIN)
        parks = texts(one_page(now, None, "fr", ORIGIN, "parks").blocks)
        only = one_page(replace(now, actions=[], objectives=[]), None, "fr", ORIGIN, "parks")
    assert "Toits isolés" in texts(goal.blocks)
    assert any(isinstance(block, Curve) for block in goal.blocks)
    assert "Pluie collectée" in texts(deed.blocks)
    assert "Toits isolés" not in texts(other.blocks)
    assert "Pluie collectée" in parks
    assert "Toits isolés" in parks, "it measures an objective that the department's action serves"
    assert "oiseaux" not in parks
    assert "Pluie collectée" in texts(only.blocks), "a department that only measures"


def test_the_one_page_begins_with_what_is_off_its_trajectory() -> None:
    with override("fr"):
        page = one_page(usual(), None, "fr", ORIGIN)
    table = next(block for block in page.blocks if isinstance(block, Table) and block.caption == "Indicateurs")
    assert [row[0] for row in table.rows] == ["Pluie collectée", "Espèces d'oiseaux", "Toits isolés"]


def test_a_plan_without_indicators_says_nothing_of_them() -> None:
    now = replace(usual(), indicators=[])
    with override("fr"):
        made = [yearly_report(now, now, "fr", ORIGIN), one_page(now, now, "fr", ORIGIN)]
    assert not any("ndicateur" in texts(report.blocks).replace("action ou un indicateur", "") for report in made)
