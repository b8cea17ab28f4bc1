"""Plans in text documents, PDF and web pages: headings between tables, tables that a page break cuts, old encodings."""

from __future__ import annotations

from tests.plan.importers.makers import Made, page, pdf, printed, word
from tests.plan.reading.outline import action, draft_of, left, outline

HEADER = ("Axe", "Objectif", "Action", "Pilote", "Échéance", "Budget")


def test_headings_between_the_tables_of_a_text_document() -> None:
    tables = [
        Made([("Objectif", "Action"), ("Marcher", "Tracer un chemin")]),
        Made([("Objectif", "Action"), ("Isoler", "Rénover l'école")]),
    ]
    headings = [("Axe 1 : Mobilité", 1), ("Axe 2 : Énergie", 1)]
    expected = {"1 Mobilité": {"Marcher": ["Tracer un chemin"]}, "2 Énergie": {"Isoler": ["Rénover l'école"]}}
    assert outline(draft_of(word(*tables, headings=headings), "plan.docx")) == expected
    assert outline(draft_of(page(*tables, headings=headings), "plan.html")) == expected


def test_headings_without_the_word_axis_name_what_the_table_lacks() -> None:
    table = Made([("Objectif", "Action"), ("Marcher", "Tracer un chemin")])
    headings = [("Plan climat", 0), ("Mobilité", 1)]
    draft = draft_of(word(Made([("a", "b")]), table, headings=headings), "plan.docx")
    assert draft.title == "Plan climat"
    assert outline(draft) == {"Mobilité": {"Marcher": ["Tracer un chemin"]}}


def test_a_table_that_a_page_break_cut_in_two_word_tables() -> None:
    first = Made([HEADER, ("Mobilité", "Marcher", "Tracer", "Voirie", "2027", "100")])
    again = Made([HEADER, ("", "", "Baliser", "Voirie", "2028", "")])
    bare = Made([("", "", "Éclairer", "Voirie", "2029", "50")])
    assert outline(draft_of(word(first, again, bare), "plan.docx")) == {
        "Mobilité": {"Marcher": ["Tracer", "Baliser", "Éclairer"]}
    }


def test_a_pdf_over_several_pages_with_a_repeated_header_and_page_numbers() -> None:
    rows = [HEADER]
    for number in range(1, 61):
        axis = f"Axe {number // 20 + 1} : Thème numéro {number // 20 + 1}" if number % 20 in {0, 1} else ""
        rows.append(
            (axis, f"Objectif du rang {number}", f"Mener l'action du rang {number} jusqu'au bout", "Voirie", "2027", "")
        )
    draft = draft_of(pdf(Made(rows, over=("Plan climat",))), "plan.pdf")
    assert draft.title == "Plan climat"
    assert len(draft.of("action")) == 60
    assert [len(list(axis.walk("action"))) for axis in draft.of("axis")] == [19, 20, 20, 1]
    assert left(draft) == []


def test_a_pdf_row_that_a_page_break_cuts_is_read_as_one() -> None:
    """Printed by a browser: the cut row has no line below it on the first page, and the header comes again."""
    long = "Végétaliser les cours de récréation de toutes les écoles communales. " * 40
    rows = "".join(
        f"<tr><td></td><td>Objectif {n}</td><td>Action {n} : planter</td><td>Parcs</td></tr>" for n in range(20)
    )
    text = (
        "<style>table{border-collapse:collapse} td,th{border:1px solid black;width:9em;vertical-align:top}</style>"
        f"<h1>Plan</h1><table><thead><tr><th>Axe<th>Objectif<th>Action<th>Pilote</tr></thead>{rows}"
        f"<tr><td rowspan=2>Nature<td>Verdir<td>{long}<td>Parcs</tr><tr><td>Semer<td>Prairies<td>Parcs</tr></table>"
        "<h2>Axe 9 : Air</h2><table><tr><th>Objectif<th>Action</tr><tr><td>Mesurer<td>Poser des capteurs</tr></table>"
    )
    draft = draft_of(printed(text), "plan.pdf")
    assert len(draft.of("action")) == 23
    assert action(draft, "Végétaliser")["description"]["fr"] == long.strip()
    assert outline(draft)["Nature"]["Semer"] == ["Prairies"]
    assert outline(draft)["9 Air"] == {"Mesurer": ["Poser des capteurs"]}
    assert "joined" in [code for code, _text in left(draft)]


def test_a_web_page_saved_by_word_in_an_old_encoding() -> None:
    content = (
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1252'><style>p{}</style></head><body>"
        "<h1>Plan énergie</h1><table><tr><td><p>Axe</p></td><td><p><b>Act</b>ion</p></td></tr>"
        "<tr><td rowspan=2>Forêt</td><td>Planter<br>des&nbsp;chênes<table><tr><td>x</td><td>y</td></tr></table></td></tr>"
        "<tr><td>Éclaircir &lt; 5 ha &amp; semer</td></tr></table></body></html>"
    ).encode("cp1252")
    draft = draft_of(content, "plan.htm")
    assert draft.title == "Plan énergie"
    assert [node.label for node in draft.of("action")] == ["Planter des\u00a0chênes x | y", "Éclaircir < 5 ha & semer"]
    assert action(draft, "Planter")["description"]["fr"] == "Planter\ndes\u00a0chênes\nx | y"
