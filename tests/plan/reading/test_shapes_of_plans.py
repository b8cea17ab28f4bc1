"""How plans are built: a bare list, a sheet per action, levels of objectives, steps below an action, usual templates."""

from __future__ import annotations

from senne.plan.reading.anomalies import find_anomalies
from senne.plan.reading.choices import apply_choices
from tests.plan.importers.makers import Made, delimited, word, xlsx
from tests.plan.reading.outline import action, draft_of, left, outline


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


def test_what_stands_beside_an_objective_is_kept_with_it() -> None:
    rows = [
        ("Objectif", "Action", "Pilote", "Budget", "Indicateur"),
        ("Marcher", "", "Voirie", "100", "km"),
        ("", "Tracer", "", "", "m"),
    ]
    draft = draft_of(xlsx(Made(rows)))
    assert draft.of("objective")[0].extra == {"Pilote": "Voirie", "Budget": "100", "Indicateur": "km"}
    assert action(draft, "Tracer")["extra"] == {"Indicateur": "m"}


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
