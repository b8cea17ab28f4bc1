"""Plan documents as cities send them: each way of laying out a plan, in the format in which it is usual."""

from __future__ import annotations

from datetime import date, datetime

from senne.plan.reading.anomalies import find_anomalies
from senne.plan.reading.choices import apply_choices
from tests.plan.importers.makers import Made, delimited, ods, page, pdf, printed, word, xlsx
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


def test_french_and_dutch_side_by_side() -> None:
    rows = [
        ("Axe", "As", "Action (FR)", "Actie (NL)", "Pilote/Trekker"),
        ("Mobilité", "Mobiliteit", "Élargir les trottoirs", "De voetpaden verbreden", "Voirie"),
    ]
    draft = draft_of(xlsx(Made(rows)))
    node = draft.of("action")[0]
    assert node.name == {"fr": "Élargir les trottoirs", "nl": "De voetpaden verbreden"}
    assert draft.of("axis")[0].name == {"fr": "Mobilité", "nl": "Mobiliteit"}
    assert node.fields["lead"] == "Voirie"


def test_languages_in_a_second_header_line() -> None:
    rows = [
        ("Code", "Action", "", "Budget", "", "Calendrier", ""),
        ("", "FR", "NL", "2025", "2026", "Début", "Fin"),
        ("A1", "Planter des arbres", "Bomen planten", "1.000 €", "2.000 €", "2025", "2027"),
    ]
    draft = draft_of(xlsx(Made(rows, [(0, 1, 0, 2), (0, 3, 0, 4), (0, 5, 0, 6)])))
    found = action(draft, "Planter")
    assert found["title"] == {"fr": "Planter des arbres", "nl": "Bomen planten"}
    assert [(line["year"], line["amount"]) for line in found["budget"]] == [(2025, "1000"), (2026, "2000")]
    assert (found["start"], found["end"]) == ("2025", "2027")


def test_both_languages_in_one_cell() -> None:
    rows = [
        ("Axe/As", "Action/Actie"),
        ("Mobilité\nMobiliteit", "Élargir les trottoirs de la ville\nDe voetpaden van de stad verbreden"),
    ]
    draft = draft_of(xlsx(Made(rows)))
    assert draft.of("action")[0].name == {
        "fr": "Élargir les trottoirs de la ville", "nl": "De voetpaden van de stad verbreden",
    }  # fmt: skip


def test_one_sheet_per_language() -> None:
    french = Made(
        [("Code", "Action", "Pilote"), ("A1", "Planter des arbres dans les rues de la ville", "Parcs")], name="FR"
    )
    dutch = Made([("Code", "Actie", "Trekker"), ("A1", "Bomen planten in de straten van de stad", "Parcs")], name="NL")
    draft = draft_of(xlsx(french, dutch))
    assert [set(node.name) for node in draft.of("action")] == [{"fr", "nl"}]


def test_a_dutch_document_is_dutch() -> None:
    rows = [
        ("Pijler", "Strategische doelstelling", "Maatregel", "Uitvoerder", "Timing", "Stand van zaken"),
        (
            "Mobiliteit",
            "De stad wordt stapvriendelijk",
            "De voetpaden van het centrum verbreden",
            "Wegen",
            "eind 2026",
            "lopend",
        ),
    ]
    draft = draft_of(xlsx(Made(rows)))
    assert draft.language == "nl"
    found = action(draft, "De voetpaden")
    assert found["title"] == {"nl": "De voetpaden van het centrum verbreden"}
    assert (found["end"], found["status"], found["lead"]) == ("2026", "under_way", "Wegen")


def test_who_what_and_when_are_headers_too() -> None:
    draft = draft_of(
        delimited(Made([("Wat?", "Wie?", "Wanneer?"), ("Bomen planten in het park", "Groen", "2026")])), "a.csv"
    )
    assert action(draft, "Bomen")["lead"] == "Groen"


def test_dates_numbers_and_percentages_as_excel_keeps_them() -> None:
    from io import BytesIO

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(("N°", "Action", "Début", "Échéance", "Budget 2025", "Part", "Coût (k€)", "Total"))
    sheet.append((1.1, "Isoler", datetime(2025, 3, 1), date(2027, 1, 1), 1234.567, 0.25, 12.5, "=E2*2"))
    for cell, code in (("C2", "mm/yyyy"), ("D2", "yyyy"), ("E2", '#,##0.00 "€"'), ("F2", "0%")):
        sheet[cell].number_format = code
    buffer = BytesIO()
    book.save(buffer)
    draft = draft_of(buffer.getvalue())
    found = action(draft, "Isoler")
    assert (found["code"], found["start"], found["end"]) == ("1.1", "2025-03", "2027")
    assert [(line.get("year"), line["amount"]) for line in found["budget"]] == [(2025, "1234.57"), (None, "12500")]
    assert found["extra"] == {"Part": "25%", "Total": "=E2*2"}


def test_a_budget_for_each_year_and_kind() -> None:
    rows = [
        ("Action", "Budget 2024 réalisé (k€)", "Budget 2025 prévu", "Investissement 2026", "ETP 2026"),
        ("Isoler", "12,5", "env. 50k", "2025: 10 €\n2026: 20 €", "0,5"),
    ]
    found = action(draft_of(xlsx(Made(rows))), "Isoler")["budget"]
    assert [(b["kind"], b.get("nature", ""), b.get("year"), b.get("unit"), b["amount"]) for b in found] == [
        ("actual", "", 2024, "EUR", "12500"),
        ("planned", "", 2025, "EUR", "50000"),
        ("planned", "investment", 2025, "EUR", "10"),
        ("planned", "investment", 2026, "EUR", "20"),
        ("planned", "", 2026, "FTE", "0.5"),
    ]
    assert found[1]["approximate"]


def test_codes_in_a_column_in_front_of_texts_and_behind_a_word() -> None:
    rows = [
        ("Axe", "Objectif", "N°", "Action"),
        ("Axe 1 : Mobilité", "OS 1.1 – Marcher", "1.1.1", "Tracer"),
        ("", "", "", "Action 1.1.2 : Baliser"),
        ("", "Objectif 1.2 - Rouler", "1.2.1", "1.2.1 Pistes"),
        ("TA2 Énergie", "Isoler", "A-12", "Rénover"),
    ]
    assert outline(draft_of(xlsx(Made(rows)))) == {
        "1 Mobilité": {"OS1.1 Marcher": ["1.1.1 Tracer", "1.1.2 Baliser"], "1.2 Rouler": ["1.2.1 Pistes"]},
        "TA2 Énergie": {"Isoler": ["A-12 Rénover"]},
    }


def test_objective_codes_in_a_column_of_their_own() -> None:
    rows = [
        ("Code objectif", "Objectif", "Code action", "Action"),
        ("OS1", "Marcher", "OS1.1", "Tracer"),
        ("", "", "OS1.2", "Baliser"),
    ]
    assert outline(draft_of(xlsx(Made(rows)))) == {"–": {"OS1 Marcher": ["OS1.1 Tracer", "OS1.2 Baliser"]}}


def test_numbering_that_restarts_under_each_axis() -> None:
    rows = [("Axe", "N°", "Action"), ("A Mobilité", "1", "Tracer"), ("", "2", "Baliser"), ("B Énergie", "1", "Isoler")]
    rows = [
        tuple(f"{c[0]}. {c[2:]}" if n == 0 and c else c for n, c in enumerate(row)) if row[0] != "Axe" else row
        for row in rows
    ]
    draft = draft_of(xlsx(Made(rows)))
    assert len({node.code for node in draft.of("action")}) == 3
    assert [code for code, _text in left(draft)] == ["renumbered"] * 3


def test_a_bare_list_of_actions() -> None:
    draft = draft_of(delimited(Made([("Actions",), ("Planter des arbres",), ("Isoler les toits",)])), "liste.csv")
    assert outline(draft) == {"–": {"–": ["Planter des arbres", "Isoler les toits"]}}
    assert draft.title == "liste"
    assert draft.of("objective")[0].name["nl"] == "Doelstelling niet vermeld in het document"


def test_action_sheets_one_below_the_other() -> None:
    def sheet(title: str, code: str) -> Made:
        return Made(
            [
                ("Action", title),
                ("N°", code),
                ("Objectif", "Marcher"),
                ("Pilote", "Voirie"),
                ("Échéance", "2027"),
                ("Coût", "10 k€"),
            ]
        )

    draft = draft_of(word(sheet("Tracer", "1"), sheet("Baliser", "2")), "fiches.docx")
    assert outline(draft) == {"–": {"Marcher": ["1 Tracer", "2 Baliser"]}}
    assert action(draft, "Baliser")["budget"][0]["amount"] == "10000"


def test_strategic_and_operational_objectives() -> None:
    rows = [
        ("Objectif stratégique", "Objectif opérationnel", "Action"),
        ("Réduire de 55 %", "Isoler", "Rénover l'école"),
    ]
    assert outline(draft_of(xlsx(Made(rows)))) == {"Réduire de 55 %": {"Isoler": ["Rénover l'école"]}}


def test_characteristics_ticked_in_columns_of_their_own() -> None:
    rows = [
        ("Action", "Atténuation", "Adaptation", "Dimension citoyenne"),
        ("Planter", "x", "", "✓"),
        ("Isoler", "", "peut-être", ""),
    ]
    draft = draft_of(xlsx(Made(rows)))
    assert action(draft, "Planter")["characteristics"] == ["mitigation", "citizen"]
    assert action(draft, "Isoler")["extra"] == {"Adaptation": "peut-être"}


def test_steps_below_a_merged_action() -> None:
    rows = [
        ("Action", "Étapes", "Pilote"),
        ("Isoler", "Étude", "Bâtiments"),
        ("", "Travaux", ""),
        ("Planter", "", "Parcs"),
    ]
    draft = draft_of(xlsx(Made(rows, [(1, 0, 2, 0)])))
    assert [step["title"]["fr"] for step in action(draft, "Isoler")["steps"]] == ["Étude", "Travaux"]
    assert len(draft.of("action")) == 2


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


def test_two_tables_in_one_sheet_with_their_titles() -> None:
    rows = [
        ("Axe 1 : Mobilité",), ("Objectif", "Action"), ("Marcher", "Tracer"), (),
        ("Axe 2 : Énergie",), ("Objectif", "Action"), ("Isoler", "Rénover"),
    ]  # fmt: skip
    expected = {"1 Mobilité": {"Marcher": ["Tracer"]}, "2 Énergie": {"Isoler": ["Rénover"]}}
    assert outline(draft_of(xlsx(Made(rows)))) == expected
    assert outline(draft_of(delimited(Made(rows)), "a.csv")) == expected


def test_what_stands_beside_an_objective_is_kept_with_it() -> None:
    rows = [
        ("Objectif", "Action", "Pilote", "Budget", "Indicateur"),
        ("Marcher", "", "Voirie", "100", "km"),
        ("", "Tracer", "", "", "m"),
    ]
    draft = draft_of(xlsx(Made(rows)))
    assert draft.of("objective")[0].extra == {"Pilote": "Voirie", "Budget": "100", "Indicateur": "km"}
    assert action(draft, "Tracer")["extra"] == {"Indicateur": "m"}


def test_dates_that_end_before_they_start_are_kept_as_written() -> None:
    found = action(draft_of(xlsx(Made([("Action", "Début", "Fin"), ("Planter", "2027", "2026")]))), "Planter")
    assert found["start"] == "2027"
    assert found["extra"] == {"Fin": "2026"}


def test_the_same_code_with_two_texts_gives_two_records() -> None:
    rows = [
        ("Code axe", "Axe", "Action"),
        ("1", "Mobilité", "Tracer"),
        ("1", "Énergie", "Isoler"),
        ("1", "Mobilité", "Baliser"),
    ]
    assert outline(draft_of(xlsx(Made(rows)))) == {
        "1 Mobilité": {"–": ["Tracer", "Baliser"]},
        "1 Énergie": {"–": ["Isoler"]},
    }


def test_a_covenant_of_mayors_template_in_english() -> None:
    rows = [
        ("Sector", "Key action", "Responsible body", "Implementation timeframe", "", "Status", "Cost (k€)", "Savings MWh/y"),
        ("", "", "", "Start", "End", "", "", ""),
        ("Buildings", "Insulate the schools of the city", "Facilities", "2024", "2027", "ongoing (50%)", "120", "340"),
    ]  # fmt: skip
    draft = draft_of(xlsx(Made(rows, [(0, 3, 0, 4)])))
    assert outline(draft) == {"Buildings": {"–": ["Insulate the schools of the city"]}}
    found = action(draft, "Insulate")
    assert draft.language == "en"
    assert (found["start"], found["end"], found["lead"], found["status"]) == ("2024", "2027", "Facilities", "under_way")
    assert found["budget"][0]["amount"] == "120000"
    assert found["extra"] == {"Status": "ongoing (50%)", "Savings MWh/y": "340"}


def test_a_plan_of_a_belgian_municipality() -> None:
    rows = [
        (
            "Secteur",
            "N° fiche",
            "Intitulé de l'action",
            "Responsable",
            "Coût estimé (€)",
            "Source de financement",
            "% d'avancement",
        ),
        ("Logement", "F12", "Isoler les logements sociaux", "Service Logement", "150.000", "Région", "30"),
        ("", "F13", "Remplacer les chaudières", "idem", "env. 80k", "POLLEC", "0"),
        ("* Montants hors TVA", "", "", "", "", "", ""),
        ("Source : bureau d'études", "", "", "", "", "", ""),
    ]
    draft = draft_of(delimited(Made(rows)), "paedc.csv")
    assert outline(draft) == {"Logement": {"–": ["F12 Isoler les logements sociaux", "F13 Remplacer les chaudières"]}}
    assert [text for _code, text in left(draft) if text.startswith(("*", "Source"))] == [rows[3][0], rows[4][0]]


def test_a_header_of_long_explanations() -> None:
    long = "Action (description succincte de l'action, des moyens à mettre en œuvre et, au besoin, des sous-actions prévues)"
    rows = [
        (
            "Axe",
            "Objectif",
            long,
            "Pilote (service ou cellule)",
            "Échéance\n(mois/année)",
            "Remarques diverses : " + "détail " * 20,
        ),
        ("Air", "Mesurer", "Poser des capteurs", "Env", "09/2027", "x"),
    ]
    found = action(draft_of(xlsx(Made(rows))), "Poser")
    assert (found["lead"], found["end"]) == ("Env", "2027-09")


def test_a_column_that_only_mentions_actions_does_not_take_the_place_of_theirs() -> None:
    rows = [("Portée de l'action", "Action / Mesure", "#"), ("locale", "Planter des haies", "7")]
    found = action(draft_of(xlsx(Made(rows))), "Planter")
    assert (found["code"], found["extra"]) == ("7", {"Portée de l'action": "locale"})


def test_headers_in_two_lines_one_for_each_language() -> None:
    rows = [
        ("Axe", "Action", "Pilote"),
        ("As", "Actie", "Trekker"),
        ("Air", "Mesurer la qualité de l'air dans la ville", "Env"),
    ]
    draft = draft_of(xlsx(Made(rows)))
    assert [node.name for node in draft.of("action")] == [{"fr": "Mesurer la qualité de l'air dans la ville"}]


def test_sheets_that_are_named_after_axes() -> None:
    header = ("Objectif", "Action")
    first = Made([header, ("Marcher", "Tracer")], over=("AXE 1 – MOBILITÉ",), name="Axe 1")
    second = Made([header, ("Isoler", "Rénover")], name="Axe 2 Énergie")
    draft = draft_of(xlsx(first, second))
    assert outline(draft) == {"1 MOBILITÉ": {"Marcher": ["Tracer"]}, "2 Énergie": {"Isoler": ["Rénover"]}}


def test_action_sheets_named_by_the_line_over_them() -> None:
    def sheet(title: str) -> Made:
        return Made([(title, ""), ("Objectif", "Marcher"), ("Pilote", "Voirie"), ("Budget", "10 k€")], [(0, 0, 0, 1)])

    draft = draft_of(word(sheet("FICHE ACTION N° 12 : Tracer"), sheet("FICHE ACTION N° 13 : Baliser")), "fiches.docx")
    assert outline(draft) == {"–": {"Marcher": ["12 Tracer", "13 Baliser"]}}


def test_a_list_of_actions_in_one_cell_can_be_split() -> None:
    rows = [("Objectif", "Actions", "Budget"), ("Marcher", "- Tracer un chemin\n- Baliser le parc\n- Éclairer", "100")]
    draft = draft_of(xlsx(Made(rows)))
    found = find_anomalies(draft)
    [cell] = [anomaly for anomaly in found if anomaly.code == "two_things"]
    split = apply_choices(draft, found, {cell.id: "split"})
    assert [node.label for node in split.of("action")] == ["Tracer un chemin", "Baliser le parc", "Éclairer"]
    assert ["budget" in node.fields for node in split.of("action")] == [True, False, False]
    assert len(draft.of("action")) == 1, "the default changes nothing"
