"""Tables as cities send them: titles above, merged cells, headings as rows, several sheets, totals, what is hidden."""

from __future__ import annotations

from tests.plan.importers.makers import Made, delimited, ods, page, pdf, word, xlsx
from tests.plan.reading.outline import action, draft_of, left, outline, themes

HEADER = ("Axe", "Objectif", "Action", "Pilote", "Échéance", "Budget")


def test_a_title_block_dates_and_an_empty_line_above_the_header() -> None:
    over = ("Plan d'action énergie-climat", "Version du 12/03/2025", "Ville de Wavre – Service Environnement")
    draft = draft_of(
        xlsx(Made([HEADER, ("Mobilité", "Marcher", "Tracer un chemin", "Voirie", "2027", "1000")], over=over))
    )
    assert draft.title == "Plan d'action énergie-climat"
    assert outline(draft) == {"Mobilité": {"Marcher": ["Tracer un chemin"]}}
    assert left(draft) == [("outside", over[1]), ("outside", over[2])]


def test_cells_merged_downwards_count_for_every_row_beside_them() -> None:
    rows = [
        HEADER,
        ("1 Mobilité", "1.1 Marcher", "1.1.1 Tracer", "Voirie", "2027", "100"),
        ("", "", "1.1.2 Baliser", "", "2028", ""),
        ("", "1.2 Rouler", "1.2.1 Pistes", "Mobilité", "2029", ""),
    ]
    merged = [(1, 0, 3, 0), (1, 1, 2, 1), (1, 3, 2, 3), (1, 5, 3, 5)]
    for make, name in ((xlsx, "a.xlsx"), (ods, "a.ods"), (word, "a.docx"), (page, "a.html")):
        draft = draft_of(make(Made(rows, merged)), name)
        assert outline(draft) == {
            "1 Mobilité": {"1.1 Marcher": ["1.1.1 Tracer", "1.1.2 Baliser"], "1.2 Rouler": ["1.2.1 Pistes"]}
        }
        assert action(draft, "Baliser")["lead"] == "Voirie"
        assert "budget" not in action(draft, "Baliser"), "money is shared, not repeated"


def test_one_sheet_per_theme_with_a_cover_a_legend_and_a_list() -> None:
    header = ("N°", "Action", "Statut")
    content = xlsx(
        Made([("Plan climat 2030",), ("Adopté par le Conseil le 3 mai 2024",)], name="Couverture"),
        Made([header, ("M1", "Élargir les trottoirs", "En cours")], name="Mobilité"),
        Made([header, ("E1", "Isoler les écoles", "À lancer")], name="Énergie"),
        Made([("rouge", "en retard"), ("vert", "à temps")], name="Légende"),
        Made([("En cours",), ("Terminé",)], name="Listes"),
    )
    draft = draft_of(content)
    assert draft.title == "Plan climat 2030"
    assert themes(draft) == ["Mobilité", "Énergie"]
    assert [node.label for node in draft.of("action")] == ["M1 Élargir les trottoirs", "E1 Isoler les écoles"]
    assert [entry.text for entry in draft.legend] == ["rouge", "en retard", "vert", "à temps"]
    assert [text for code, text in left(draft) if code == "outside"] == [
        "Adopté par le Conseil le 3 mai 2024", "En cours", "Terminé",
    ]  # fmt: skip


def test_axes_as_rows_merged_across_the_table() -> None:
    rows = [
        ("Objectif", "Action", "Pilote", "Statut"),
        ("AXE 1 – MOBILITÉ", "", "", ""),
        ("Marcher", "Tracer", "Voirie", "en cours"),
        ("Énergie", "", "", ""),
        ("Isoler", "Rénover l'école", "Bâtiments", "réalisé"),
    ]
    merged = [(1, 0, 1, 3), (3, 0, 3, 3)]
    for make, name in ((xlsx, "a.xlsx"), (ods, "a.ods"), (word, "a.docx"), (page, "a.html"), (pdf, "a.pdf")):
        assert outline(draft_of(make(Made(rows, merged)), name)) == {
            "1 MOBILITÉ": {"Marcher": ["Tracer"]},
            "Énergie": {"Isoler": ["Rénover l'école"]},
        }, name


def test_totals_column_numbers_and_footers_are_no_actions() -> None:
    rows = [
        ("Axe", "Action", "Budget", "Statut"),
        ("(1)", "(2)", "(3)", "(4)"),
        ("Mobilité", "Tracer", "100", "en cours"),
        ("Total général", "", "100", ""),
        ("Page 1 sur 3", "", "", ""),
    ]
    draft = draft_of(delimited(Made(rows)), "a.csv")
    assert [node.label for node in draft.of("action")] == ["Tracer"]
    assert [node.label for node in draft.of("axis")] == ["Mobilité"]


def test_hidden_rows_are_read_and_hidden_sheets_are_listed() -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    from senne.plan.importers.base import read_document

    book = load_workbook(
        BytesIO(
            xlsx(
                Made([HEADER, ("A", "O", "Tracer"), ("", "", "Baliser")]),
                Made([HEADER, ("Z", "Y", "Vieux")], name="old"),
            )
        )
    )
    book["Sheet1"].row_dimensions[3].hidden = True
    book["Sheet1"].column_dimensions["F"].hidden = True
    book["old"].sheet_state = "hidden"
    buffer = BytesIO()
    book.save(buffer)
    draft = draft_of(buffer.getvalue())
    assert outline(draft) == {"A": {"O": ["Tracer", "Baliser"]}}
    assert ("hidden", "Vieux") in left(draft)
    assert [note.code for note in read_document(buffer.getvalue(), "a.xlsx").notes] == ["hidden_columns", "hidden_rows"]


def test_two_tables_in_one_sheet_with_their_titles() -> None:
    rows = [
        ("Axe 1 : Mobilité",), ("Objectif", "Action"), ("Marcher", "Tracer"), (),
        ("Axe 2 : Énergie",), ("Objectif", "Action"), ("Isoler", "Rénover"),
    ]  # fmt: skip
    expected = {"1 Mobilité": {"Marcher": ["Tracer"]}, "2 Énergie": {"Isoler": ["Rénover"]}}
    assert outline(draft_of(xlsx(Made(rows)))) == expected
    assert outline(draft_of(delimited(Made(rows)), "a.csv")) == expected


def test_sheets_that_are_named_after_axes() -> None:
    header = ("Objectif", "Action")
    first = Made([header, ("Marcher", "Tracer")], over=("AXE 1 – MOBILITÉ",), name="Axe 1")
    second = Made([header, ("Isoler", "Rénover")], name="Axe 2 Énergie")
    draft = draft_of(xlsx(first, second))
    assert outline(draft) == {"1 MOBILITÉ": {"Marcher": ["Tracer"]}, "2 Énergie": {"Isoler": ["Rénover"]}}
