"""PDFs for those who cannot see them (ISO 14289-1, PDF/UA-1): what a machine can check of it, on every kind of report.

Clauses are those of ISO 14289-1:2014; the checks follow the Matterhorn Protocol 1.1 of the PDF Association.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from django.utils.translation import override
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import literal_name

from senne.reports.brand import Brand, load_brand
from senne.reports.outline.one_page import ROOMS as PAGE_ROOMS
from senne.reports.outline.one_page import one_page
from senne.reports.outline.sheets import ROOMS, action_sheet, objective_sheet
from senne.reports.outline.yearly import yearly_report
from senne.reports.writers.pdf import expected_pages, write_on_one_page, write_pdf
from tests.reports.pictures import FROZEN, LANGUAGES, PICTURES, usual
from tests.reports.tagged import Tagged, text_of

BRAND = Brand(name="Ville")
KINDS = ("yearly", "state", "action", "objective")


PROGRESS: dict[str, list[float]] = {}


@cache
def made(kind: str, language: str = "fr", name: str = "usual") -> Tagged:
    now = PICTURES[name]()
    with override(language):
        if kind == "yearly":
            before = usual() if name == "usual" else None
            told = PROGRESS.setdefault(name, [])
            return Tagged(write_pdf(yearly_report(now, before, language, FROZEN), BRAND, told.append))
        if kind == "state":
            return Tagged(
                write_on_one_page((one_page(now, usual(), language, FROZEN, "", r) for r in PAGE_ROOMS), BRAND)
            )
        if kind == "action":
            sheets = (action_sheet(now, now.actions[1], language, FROZEN, room) for room in ROOMS)
        else:
            sheets = (objective_sheet(now, now.objectives[0], language, FROZEN, room) for room in ROOMS)
        return Tagged(write_on_one_page(sheets, BRAND))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_it_says_what_it_is_and_in_which_language(kind: str, language: str) -> None:
    pdf = made(kind, language)
    assert pdf.catalog["MarkInfo"]["Marked"] is True  # 6.2
    assert text_of(pdf.catalog["Lang"]) == language  # 7.2
    assert pdf.catalog["ViewerPreferences"]["DisplayDocTitle"] is True  # 7.1
    assert text_of(pdf.document.info[0]["Title"])
    metadata = pdf.document.catalog["Metadata"].resolve().get_data()
    assert re.search(rb"pdfuaid:part(=\"1\"|>1<)", metadata)  # 5
    assert b"dc:title" in metadata


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_is_drawn_is_tagged_or_an_artifact(kind: str) -> None:
    assert made(kind).untagged() == []  # 7.1


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("kind", KINDS)
def test_headings_descend_without_a_gap(kind: str, name: str) -> None:
    if kind in {"action", "objective"} and name == "empty":
        kind = "state"
    levels = [int(element.kind[1]) for element in made(kind, "fr", name).of("H1", "H2", "H3", "H4", "H5", "H6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))  # 7.4.2


@pytest.mark.parametrize("kind", KINDS)
def test_each_head_of_a_table_says_what_it_heads(kind: str) -> None:
    pdf = made(kind)
    heads = pdf.of("TH")
    assert heads
    for head in heads:
        scope = literal_name(head.attributes["Scope"])  # 7.5
        assert scope == ("Column" if "THead" in head.chain()[:2] else "Row")
    for table in pdf.of("Table"):
        inside = [element for element in pdf.of("TH") if element.is_in(table)]
        assert inside, "no table without heads"


@pytest.mark.parametrize("kind", KINDS)
def test_names_of_elements_are_in_their_tree(kind: str) -> None:
    """ISO 32000-1, table 322: where elements have an ID, the root has an IDTree."""
    tree = resolve1(made(kind).root["IDTree"])
    names = resolve1(tree["Kids"][0])["Names"][::2]
    assert names == sorted(names)
    assert len(names) == len(set(names)) == len(made(kind).of("TH"))


@pytest.mark.parametrize("kind", KINDS)
def test_lists_are_lists(kind: str) -> None:
    pdf = made(kind)
    for item in pdf.of("LI"):
        assert item.chain()[0] == "L"
        assert {element.kind for element in item.below} <= {"Lbl", "LBody", "L"}
        assert any(element.kind == "LBody" for element in item.below)


def test_the_chapters_are_bookmarks_and_the_contents_lead_to_them() -> None:
    pdf = made("yearly")
    titles = [title for level, title in pdf.bookmarks() if level == 1]
    assert titles[0] == "En bref"
    assert titles[-1] == "Comment les chiffres sont faits"
    links = [element for element in pdf.of("Link") if element.marks or element.below]
    assert len(links) >= len(titles)


@pytest.mark.parametrize("kind", KINDS)
def test_every_font_is_in_the_file(kind: str) -> None:
    fonts = made(kind).fonts()
    assert fonts
    assert all({"FontFile", "FontFile2", "FontFile3"} & set(font) for font in fonts)  # 7.21.4


def test_a_logo_has_its_words(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("brand")
    (folder / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#0a6245"/></svg>'
    )
    (folder / "brand.toml").write_text('name = "Ville de Test"\n')
    with override("fr"):
        pdf = Tagged(write_pdf(yearly_report(usual(), None, "fr", FROZEN), load_brand(folder)))
    assert pdf.of("Figure")[0].alt == "Ville de Test"  # 7.3
    assert pdf.untagged() == []


def test_a_chart_is_a_table_that_reads_aloud() -> None:
    pdf = made("state")
    charts = [table for table in pdf.of("Table") if any(element.kind == "Caption" for element in table.below)]
    assert charts
    rows = [element for element in pdf.of("TR") if element.is_in(charts[0])]
    assert all([cell.kind for cell in row.below] == ["TH", "TD", "TD"] for row in rows)


# ---- Paper --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["usual", "crowded"])
@pytest.mark.parametrize("kind", ["state", "action", "objective"])
def test_a_page_is_one_page_whatever_it_holds(kind: str, name: str) -> None:
    assert len(made(kind, "fr", name).pages) == 1


@pytest.mark.slow
def test_nothing_hangs_over_the_edge_of_the_paper() -> None:
    import io

    from pdfplumber import open as open_pdf

    for kind in ("yearly", "state"):
        with open_pdf(io.BytesIO(made(kind, "fr", "crowded").content)) as pdf:
            for page in pdf.pages:
                outside = [c["text"] for c in page.chars if c["x1"] > page.width - 40 or c["x0"] < 35]
                assert outside == [], f"page {page.page_number}"


def test_progress_grows_and_ends_with_the_work() -> None:
    pages = len(made("yearly", "fr", "crowded").pages)
    told = PROGRESS["crowded"]
    assert told[-1] == 1.0
    assert max(told[:-1]) <= 0.9
    assert len({round(share, 2) for share in told}) > 20, "it moves with each page"
    with override("fr"):
        assert 0.4 < expected_pages(yearly_report(PICTURES["crowded"](), None, "fr", FROZEN)) / pages < 2.5


def test_who_is_told_may_stop_the_work() -> None:
    class Enough(Exception):
        pass

    def stop(share: float) -> None:
        if share > 0.3:
            raise Enough

    with override("fr"), pytest.raises(Enough):
        write_pdf(yearly_report(PICTURES["crowded"](), None, "fr", FROZEN), BRAND, stop)


# ---- Indicators ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["yearly", "objective"])
def test_a_chart_over_time_is_a_figure_with_its_words(kind: str, language: str) -> None:
    (figure,) = made(kind, language).of("Figure")
    assert figure.alt.startswith("Toits isolés")  # 7.3
    assert re.sub(r"\D", "", figure.alt.split("2024", 1)[1])[:4] == "1520"
    assert figure.marks, "what is drawn hangs on it"


def test_every_chart_of_a_crowded_plan_is_drawn_and_tagged() -> None:
    pdf = made("yearly", "fr", "crowded")
    assert len(pdf.of("Figure")) == 40
    assert all(figure.alt for figure in pdf.of("Figure"))
