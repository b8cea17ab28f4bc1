"""Everything as sheets: numbers that count, dates that sort, texts that never run."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from senne.plan.rules.picture import Picture
from senne.reports.brand import Brand
from senne.reports.outline.workbook import workbook
from senne.reports.writers.xlsx import write_xlsx
from tests.reports.pictures import FROZEN, LANGUAGES, PICTURES, action, usual, words


def written(now: Picture, before: Picture | None = None, language: str = "fr") -> bytes:
    with override(language):
        return write_xlsx(workbook(now, before, language, FROZEN), Brand(name="Ville"))


def opened(now: Picture, before: Picture | None = None, language: str = "fr") -> Any:
    return load_workbook(io.BytesIO(written(now, before, language)))


def rows(sheet: Any) -> dict[str, dict[str, Any]]:
    """Cells of each row by column name, by what stands in the first column."""
    header = [cell.value for cell in sheet[1]]
    return {row[0].value: dict(zip(header, row, strict=True)) for row in sheet.iter_rows(min_row=2)}


def test_the_sheets_are_those_of_the_plan() -> None:
    assert opened(usual(), usual()).sheetnames == [
        "Résumé", "Thèmes", "Axes", "Objectifs", "Actions", "Indicateurs", "Valeurs", "Étapes", "Budget", "Organisations",
    ]  # fmt: skip
    changed = replace(usual(), actions=[*usual().actions, action("A-9")])
    assert "Ce qui a bougé" in opened(changed, usual()).sheetnames
    assert opened(PICTURES["empty"]()).sheetnames == ["Résumé"], "no sheet that holds nothing"


def test_numbers_are_numbers_and_shares_are_shares() -> None:
    book = opened(usual())
    objective = rows(book["Objectifs"])["O1"]
    assert objective["Cible"].value == 1234.5
    assert objective["Avancement"].value == 0.45
    assert objective["Avancement"].number_format == "0%"
    budget = rows(book["Budget"])["A-1"]
    assert (budget["Année"].value, budget["Montant"].value) == (2026, 999999.5)
    assert rows(book["Actions"])["A-1"]["Prévu, EUR"].value == 1250000
    assert rows(book["Thèmes"])["T1"]["Actions"].value == 3  # the merged one is counted where it goes on


def test_dates_are_dates_as_exact_as_they_are_known() -> None:
    actions = rows(opened(usual())["Actions"])
    day, month = actions["A-2"]["Fin"], actions["A-1"]["Fin"]
    assert (day.value, day.number_format) == (datetime(2026, 9, 15), "dd/mm/yyyy")
    assert (month.value, month.number_format) == (datetime(2026, 6, 30), "mm/yyyy")
    year = rows(opened(replace(usual(), actions=[action("A-1", end="2031")]))["Actions"])["A-1"]["Fin"]
    assert (year.value, year.number_format) == (datetime(2031, 12, 31), "yyyy")


@pytest.mark.parametrize("evil", ["=1+1", "+33 1", "-2", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\")"])  # fmt: skip
def test_no_text_becomes_a_formula(evil: str) -> None:
    now = replace(usual(), actions=[action("A-1", news=words(evil), lead_text=evil)])
    cell = rows(opened(now)["Actions"])["A-1"]["Pilote"]
    assert cell.data_type == "s"
    assert str(cell.value).strip() == evil.strip()
    assert cell.quotePrefix, "it stays a text after somebody edited the cell"
    archive = zipfile.ZipFile(io.BytesIO(written(now)))
    assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "sheet" in name)


def test_signs_that_no_file_may_hold_are_dropped() -> None:
    now = replace(usual(), actions=[action("A-1", news=words("un\x00deux\x0btrois"))])
    assert rows(opened(now)["Actions"])["A-1"]["Où elle en est"].value == "undeuxtrois"


def test_what_moved_is_there_field_by_field() -> None:
    now = replace(usual(), actions=[action("A-1", status="abandoned"), *usual().actions[1:]])
    sheet = opened(now, usual())["Ce qui a bougé"]
    found = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]
    assert ("A-1", "Action A-1", "Statut", "Réalisée", "Abandonnée") in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_crowded_plan_is_written_whole(language: str) -> None:
    book = opened(PICTURES["crowded"](), usual(), language)
    assert book.worksheets[4].max_row == 61
    assert book.worksheets[5].max_row == 41
    assert book.worksheets[6].max_row == 40 * (120 + 15 + 1) + 1
    assert book.worksheets[7].max_row == 60 * 40 + 1
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert len(sheet.title) <= 31


def test_the_summary_says_where_it_comes_from() -> None:
    said = [cell.value for row in opened(usual())["Résumé"].iter_rows() for cell in row]
    assert any(isinstance(text, str) and "ab" * 32 in text for text in said)


def test_indicators_and_their_figures_are_typed_and_explained() -> None:
    book = opened(usual())
    roofs = rows(book["Indicateurs"])["roofs"]
    assert (roofs["Dernière période"].value, roofs["Dernière valeur"].value) == (2024, 1520)
    assert (roofs["Cible"].value, roofs["Part du chemin"].value, roofs["Version de la méthode"].value) == (
        2500,
        0.965,
        2,
    )
    assert roofs["Objectifs"].value == "O1"
    header = [cell.value for cell in book["Valeurs"][1]]
    found = [dict(zip(header, row, strict=True)) for row in book["Valeurs"].iter_rows(min_row=2)]
    quarter = next(row for row in found if row["Période"].value == "2026-Q1")
    assert (quarter["Valeur"].value, quarter["Incertitude (±)"].value) == (12.34, 0.5)
    assert quarter["Fin de la période"].value == datetime(2026, 3, 31)
    assert quarter["Source"].value == "Compteurs"
    assert [row[header[1]].value for row in found if row["Indicateur"].value == "roofs"] == [
        *["valeur"] * 5, "valeur de référence", "cible"
    ]  # fmt: skip
    assert next(row for row in found if row["Provisoire"].value)["Valeur"].value == -3


def test_a_number_shows_all_its_decimals() -> None:
    roofs = usual().indicators[0]
    now = replace(usual(), indicators=[replace(roofs, figures=[replace(roofs.figures[0], value="0.000123")])])
    cell = rows(opened(now)["Indicateurs"])["roofs"]["Dernière valeur"]
    assert (cell.value, cell.number_format) == (0.000123, "#,##0.######")
