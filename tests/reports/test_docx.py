"""Text documents to rework: real headings, tables whose head is repeated, the language of the reader."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.utils.translation import override
from docx.oxml.ns import qn

from senne.reports.brand import Brand
from senne.reports.outline.yearly import yearly_report
from senne.reports.writers.docx import write_docx
from tests.reports.pictures import FROZEN, LANGUAGES, PICTURES, usual


def opened(name: str = "usual", language: str = "fr", brand: Brand | None = None) -> Any:
    with override(language):
        report = yearly_report(PICTURES[name](), usual(), language, FROZEN)
        return docx.Document(io.BytesIO(write_docx(report, brand or Brand(name="Ville"))))


def test_chapters_are_headings_and_named_in_the_contents() -> None:
    document = opened()
    chapters = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert chapters[0] == "En bref"
    assert "Énergie" in chapters
    fields = [e.text for e in document.element.iter(qn("w:instrText"))]
    assert any("TOC" in text for text in fields)
    body = [p.text for p in document.paragraphs if p.style.name == "Normal"]
    assert [chapter for chapter in chapters if chapter not in body] == [], "readable before it is brought up to date"


@pytest.mark.parametrize("name", PICTURES)
def test_tables_repeat_their_head_and_cut_no_row(name: str) -> None:
    for table in opened(name).tables:
        if table.style.name == "Table Grid":
            assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
            assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows[1:])


def test_columns_together_are_as_wide_as_the_text() -> None:
    document = opened("crowded")
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        if table.style.name == "Table Grid":
            assert 0.98 * room <= sum(column.width for column in table.columns) <= room


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_knows_its_language_and_title(language: str) -> None:
    document = opened("usual", language)
    assert document.core_properties.language == language
    assert "Plan climat" in document.core_properties.title
    languages = {e.get(qn("w:val")) for e in document.styles["Normal"].element.iter(qn("w:lang"))}
    assert {"fr": "fr-BE", "nl": "nl-BE", "en": "en-GB"}[language] in languages


def test_figures_over_time_are_bars_and_nothing_of_a_long_series_is_lost() -> None:
    rows = [[cell.text for cell in row.cells] for table in opened().tables for row in table.rows]
    assert [row[0] for row in rows if row[0].startswith("20") and "█" in row[1]] == [
        "2020", "2021", "2022", "2023", "2024", "2030 (cible)",
    ]  # fmt: skip
    said = "\n".join(paragraph.text for paragraph in opened("crowded").paragraphs)
    assert said.count("janvier 2015") == 40
