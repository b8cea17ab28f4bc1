"""The real chapter of a real city's plan, as its table came out of a PDF: ../shared/data/plan."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from senne.core.actors import SYSTEM
from senne.core.models import AuditEntry
from senne.plan import importing
from senne.plan.api import Action, Axis, Objective, ObjectiveLink, Plan, do
from senne.plan.models import ImportRun
from senne.plan.reading.anomalies import find_anomalies

NAME = "plan_climat_transformer_administration_fr.txt"


@pytest.fixture(scope="module")
def content(shared_dir: Path) -> bytes:
    return (shared_dir / "plan" / NAME).read_bytes()


def run(content: bytes, city: object, **choices: str) -> dict[str, int]:
    organisation = city.units["city"]  # type: ignore[attr-defined]
    plan = Plan.objects.filter(code="transformer-ladministration-pour").first()
    started = importing.start_import(content, NAME, actor=SYSTEM, plan=plan, organisation=organisation)
    importing.choose(started, choices, actor=SYSTEM)
    return importing.apply_import(ImportRun.objects.get(pk=started.pk), actor=SYSTEM, visibility="public")


def test_structure(content: bytes) -> None:
    _reading, draft = importing.read_plan_document(content, NAME)
    assert {axis.code: len(list(axis.walk("action"))) for axis in draft.of("axis")} == {
        "TA1": 10, "TA2": 3, "TA3": 5, "TA4": 6, "TA5": 2,
    }  # fmt: skip
    assert len(draft.legend) == 5
    assert draft.title == "Transformer l'administration pour réussir la transition"


def test_anomalies(content: bytes) -> None:
    _reading, draft = importing.read_plan_document(content, NAME)
    found = {anomaly.code: anomaly for anomaly in find_anomalies(draft)}
    assert found["objective_without_action"].texts[0].startswith("Développement d'une plateforme open data")
    assert found["action_in_objective_column"].choices == ("keep", "make_action", "both")
    assert found["same_objective"].texts[0].startswith("100% des objectifs")
    assert len(found["same_objective"].places) == 2
    assert found["two_things"].texts[0].startswith("Développement d'une plateforme open data")
    assert len(found["no_characteristic"].keys) == 26


def test_no_character_of_a_cell_is_lost_and_no_tag_is_left(content: bytes) -> None:
    _reading, draft = importing.read_plan_document(content, NAME)
    kept = [draft.title, *(entry.text for entry in draft.legend)]
    for node in draft.root.walk():
        texts = [node.code, *(t for v in node.fields.values() if isinstance(v, dict) for t in v.values())]
        kept += texts
    whole = "".join(re.sub(r"\s", "", text) for text in kept)
    assert "<" not in whole
    header = ("Axe Stratégique", "Objectif Stratégique", "Action", "Caractéristiques", "Légende")
    for line in content.decode().splitlines():
        for cell in re.sub(r"</?p>", "", line).split("\t"):
            if cell.strip() and cell.strip() not in header:
                code, _sep, rest = cell.strip().partition(" ")
                text = rest if re.fullmatch(r"TA\d", code) else cell
                assert re.sub(r"\s", "", text) in whole, cell


def test_importing_again_changes_nothing(content: bytes, city: object) -> None:
    assert run(content, city)["actions_created"] == 26
    plan = Plan.objects.get(code="transformer-ladministration-pour")
    before = AuditEntry.objects.filter(kind__startswith="plan.").exclude(kind="plan.importrun").count()
    assert run(content, city) == {}
    assert AuditEntry.objects.filter(kind__startswith="plan.").exclude(kind="plan.importrun").count() == before
    assert Axis.objects.filter(plan=plan).count() == 5
    assert ObjectiveLink.objects.filter(objective__plan=plan, kind="same_as").count() == 1


def test_each_record_knows_its_file_and_row(content: bytes, city: object) -> None:
    run(content, city)
    action = Action.objects.get(title__fr__startswith="Sensibiliser les agents de la Ville via la newsletter")
    assert action.source is not None
    line = content.decode().splitlines()[(action.source_row or 0) - 1]
    assert "newsletter interne" in line


def test_an_edited_document_shows_its_difference_and_respects_people(content: bytes, city: object) -> None:
    run(content, city)
    mine = Action.objects.get(title__fr__startswith="Sensibiliser les agents de la Ville via la newsletter")
    theirs = Action.objects.get(title__fr__startswith="Poursuivre la formation en continu")
    do.change_action(mine, {"title": {"fr": "Une lettre climat chaque mois"}}, actor=SYSTEM)
    edited = content.replace(b"via la newsletter interne", b"via la newsletter interne et le site").replace(
        b"Poursuivre la formation en continu des agents", b"Poursuivre la formation continue des agents"
    )
    run(edited, city)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert mine.title["fr"] == "Une lettre climat chaque mois"
    assert theirs.title["fr"].startswith("Poursuivre la formation continue")
    assert Action.objects.filter(plan=mine.plan).count() == 26


def test_choices_are_done(content: bytes, city: object) -> None:
    _reading, draft = importing.read_plan_document(content, NAME)
    ids = {anomaly.code: anomaly.id for anomaly in find_anomalies(draft)}
    run(content, city, **{ids["same_objective"]: "merge", ids["two_things"]: "split"})
    plan = Plan.objects.get(code="transformer-ladministration-pour")
    assert Objective.objects.filter(plan=plan).count() == 11
    assert not ObjectiveLink.objects.filter(objective__plan=plan).exists()
    assert Objective.objects.filter(plan=plan, statement__fr__startswith="Rendre le GIS").exists()
