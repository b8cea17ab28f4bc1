"""What columns hold: headers in other words, codes, dates, money by year, ticks."""

from __future__ import annotations

from datetime import date, datetime

from tests.plan.importers.makers import Made, delimited, xlsx
from tests.plan.reading.outline import action, draft_of, left, outline


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


def test_characteristics_ticked_in_columns_of_their_own() -> None:
    rows = [
        ("Action", "Atténuation", "Adaptation", "Dimension citoyenne"),
        ("Planter", "x", "", "✓"),
        ("Isoler", "", "peut-être", ""),
    ]
    draft = draft_of(xlsx(Made(rows)))
    assert action(draft, "Planter")["characteristics"] == ["mitigation", "citizen"]
    assert action(draft, "Isoler")["extra"] == {"Adaptation": "peut-être"}


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
