"""Plans in two languages: side by side, in two header lines, in one cell, on two sheets; and plans in Dutch."""

from __future__ import annotations

from tests.plan.importers.makers import Made, xlsx
from tests.plan.reading.outline import action, draft_of


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


def test_headers_in_two_lines_one_for_each_language() -> None:
    rows = [
        ("Axe", "Action", "Pilote"),
        ("As", "Actie", "Trekker"),
        ("Air", "Mesurer la qualité de l'air dans la ville", "Env"),
    ]
    draft = draft_of(xlsx(Made(rows)))
    assert [node.name for node in draft.of("action")] == [{"fr": "Mesurer la qualité de l'air dans la ville"}]
