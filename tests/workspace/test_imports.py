"""A document on the page: upload, look, choose who wins, apply; in the reader's language, for hundreds of lines."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from senne.core.models import AuditEntry
from senne.plan.api import Action, Characteristic, ImportRun, Plan, Tag, do
from tests.city import City

FIRST = (
    "Axe;Objectif;Code;Action;Échéance;Statut;Mots-clés;Caractéristiques\n"
    "Air;Mesurer;M1;Poser des capteurs;2027;en cours;vélo, école;Atténuation\n;;M2;Publier les cartes;2028;;;\n"
)


@pytest.fixture
def manager(city: City, client: Client) -> Client:
    city.login("body_manager", client)
    return client


def upload(client: Client, text: str, plan: Plan | None = None, name: str = "plan.csv", **values: str) -> ImportRun:
    data = {"file": SimpleUploadedFile(name, text.encode()), "visibility": "internal", **values}
    response = client.post("/fr/work/imports/", data | ({"plan": str(plan.pk)} if plan else {}))
    assert response.status_code == 302, response.content.decode()[:2000]
    return ImportRun.objects.get(pk=int(response["Location"].rstrip("/").rsplit("/", 1)[1]))


def page(client: Client, run: ImportRun, language: str = "en", query: str = "") -> str:
    response = client.get(f"/{language}/work/imports/{run.pk}/{query}")
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def send(client: Client, run: ImportRun, **data: str) -> None:
    assert client.post(f"/en/work/imports/{run.pk}/", data).status_code == 302


def imported(client: Client, text: str = FIRST) -> Plan:
    run = upload(client, text)
    send(client, run, apply="1")
    return Plan.objects.get(imports=run)


def test_the_plan_and_who_sees_it_are_chosen_at_upload(manager: Client) -> None:
    run = upload(manager, FIRST, visibility="public")
    send(manager, run, apply="1")
    assert Plan.objects.get(imports=run).visibility == "public"
    assert imported(manager, FIRST.replace("Axe;", "As;")).visibility in {"internal", "public"}


def test_the_report_says_what_was_written(manager: Client) -> None:
    run = upload(manager, FIRST)
    send(manager, run, apply="1")
    shown = page(manager, run, "nl")
    assert "Wat werd geschreven" in shown
    assert '<td class="num">2</td>' in shown


def test_a_field_that_a_person_wrote_is_kept_and_the_page_says_who_wrote_it(city: City, manager: Client) -> None:
    plan = imported(manager)
    action = Action.objects.get(plan=plan, code="M1")
    do.change_action(action, {"title": {"fr": "Mesurer l'air partout"}}, actor=city.actor("body_manager"))
    run = upload(manager, FIRST.replace("Poser des capteurs", "Poser cent capteurs"), plan)
    shown = page(manager, run)
    assert "Body_Manager wrote what stands in the plan on" in shown
    assert "One field was written by a person and says something else in the document." in shown
    assert f'name="take:action:{action.pk}:title" value="mine" checked' in shown
    send(manager, run, apply="1")
    action.refresh_from_db()
    assert action.title["fr"] == "Mesurer l'air partout"


def test_what_is_chosen_is_kept_shown_again_and_done(city: City, manager: Client) -> None:
    plan = imported(manager)
    action = Action.objects.get(plan=plan, code="M1")
    do.change_action(action, {"title": {"fr": "Mesurer l'air partout"}}, actor=city.actor("body_manager"))
    text = FIRST.replace("Poser des capteurs", "Poser cent capteurs").replace("2028", "2029")
    run = upload(manager, text, plan)
    other = Action.objects.get(plan=plan, code="M2")
    send(manager, run, keep="1", **{f"take:action:{action.pk}:title": "theirs", f"take:action:{other.pk}:end": "mine"})
    shown = page(manager, run)
    assert f'name="take:action:{action.pk}:title" value="theirs" checked' in shown
    assert f'name="take:action:{other.pk}:end" value="mine" checked' in shown
    send(manager, run, apply="1")
    action.refresh_from_db()
    other.refresh_from_db()
    assert action.title["fr"] == "Poser cent capteurs"
    assert str(other.end_on.year) == "2028"  # type: ignore[union-attr]


def test_one_button_takes_the_document_s_everywhere(city: City, manager: Client) -> None:
    plan = imported(manager)
    for action in Action.objects.filter(plan=plan):
        do.change_action(action, {"title": {"fr": f"Réécrit {action.code}"}}, actor=city.actor("body_manager"))
    run = upload(manager, FIRST.replace("Poser", "Installer").replace("Publier", "Montrer"), plan)
    send(manager, run, everywhere="theirs")
    send(manager, run, apply="1")
    assert set(Action.objects.filter(plan=plan).values_list("title__fr", flat=True)) == {
        "Installer des capteurs", "Montrer les cartes",
    }  # fmt: skip


def test_an_action_that_a_person_moved_stays_where_it_is(city: City, manager: Client) -> None:
    """The document still says the old place: nothing moves back, and nothing is asked."""
    text = FIRST + "Eau;Boire;M3;Poser des fontaines;2027;;;\n"
    plan = imported(manager, text)
    action = Action.objects.get(plan=plan, code="M1")
    target = Action.objects.get(plan=plan, code="M3").objectives.get()
    do.change_action(action, {"objectives": [target]}, actor=city.actor("body_manager"))
    run = upload(manager, text, plan)
    assert "The plan holds all this already; nothing changes." in page(manager, run)
    run = upload(manager, text.replace("Eau;Boire;M3", "Bois;Planter;M3"), plan)
    shown = page(manager, run)
    assert "Moved" in shown
    send(manager, run, apply="1")
    assert action.objectives.get() == target


def test_a_cell_emptied_in_the_document_takes_its_value_back(manager: Client) -> None:
    plan = imported(manager)
    send(manager, upload(manager, FIRST.replace("2028", ""), plan), apply="1")
    assert Action.objects.get(plan=plan, code="M2").end_on is None


def test_hundreds_of_lines_are_shown_page_by_page(manager: Client) -> None:
    lines = "".join(f";Objectif {n // 5};N{n};Action numéro {n}\n" for n in range(400))
    run = upload(manager, "Axe;Objectif;Code;Action\n" + lines)
    first = page(manager, run)
    assert len(first) < 60_000
    assert "See all 482" in first
    assert "Action numéro 399" not in first
    assert "Action numéro 399" in page(manager, run, query="?show=new&page=9")
    assert "Action numéro 399" in page(manager, run, query="?show=read&page=3")


def test_choices_on_another_page_are_not_forgotten(city: City, manager: Client) -> None:
    plan = imported(manager)
    action = Action.objects.get(plan=plan, code="M1")
    do.change_action(action, {"title": {"fr": "Réécrit"}}, actor=city.actor("body_manager"))
    run = upload(manager, FIRST.replace("Poser", "Installer"), plan)
    send(manager, run, keep="1", **{f"take:action:{action.pk}:title": "theirs"})
    assert manager.post(f"/en/work/imports/{run.pk}/?show=new", {"keep": "1"}).status_code == 302
    run.refresh_from_db()
    assert run.choices[f"take:action:{action.pk}:title"] == "theirs"


def test_names_that_no_organisation_bears_are_told(manager: Client) -> None:
    run = upload(manager, "Axe;Action;Pilote;Partenaires\nAir;Mesurer;Service de l'Air;Parks, Irceline\n")
    assert "they are kept as they are written: Service de l'Air, Irceline" in page(manager, run)
    send(manager, run, apply="1")
    action = Action.objects.get(title__fr="Mesurer")
    assert action.lead_text == "Service de l'Air"
    assert action.extra == {"Partenaires": "Irceline"}
    assert [partner.code for partner in action.partners.all()] == ["parks"]


def test_everything_that_an_import_makes_leaves_its_trace(manager: Client) -> None:
    plan = imported(manager)
    action = Action.objects.get(plan=plan, code="M1")
    entry = AuditEntry.objects.get(kind="plan.action", record_id=action.pk, verb="create")
    assert [item["label"]["fr"] for item in entry.changes["objectives"][1]] == ["Mesurer"]
    assert {item["id"] for item in entry.changes["tags"][1]} == set(action.tags.values_list("pk", flat=True))
    assert len(entry.changes["characteristics"][1]) == 1
    made = AuditEntry.objects.filter(verb="create")
    assert set(made.filter(kind="plan.tag").values_list("record_id", flat=True)) == set(
        Tag.objects.values_list("pk", flat=True)
    )
    assert made.filter(kind="plan.characteristic").count() == Characteristic.objects.count()
    assert {
        entry.actor_name for entry in made.filter(kind__in=("plan.tag", "plan.plan", "plan.action"), reason="plan.csv")
    } == {"Body_Manager"}


def test_a_document_put_aside_writes_nothing_and_stays(manager: Client) -> None:
    run = upload(manager, FIRST)
    send(manager, run, discard="1")
    run.refresh_from_db()
    assert run.state == ImportRun.State.DISCARDED
    assert not Action.objects.filter(code="M1").exists()
    assert "Nothing of this document entered the plan." in page(manager, run)


def test_nobody_else_sees_the_run_or_its_file(city: City, manager: Client) -> None:
    run = upload(manager, FIRST)
    for name in ("other_body_manager", "head", "reader"):
        other = Client()
        city.login(name, other)
        for path in ("", "file/"):
            assert other.get(f"/fr/work/imports/{run.pk}/{path}").status_code in {403, 404}


def test_the_real_document_through_the_page(manager: Client, shared_dir: Path) -> None:
    content = (shared_dir / "plan" / "plan_climat_transformer_administration_fr.txt").read_text()
    run = upload(manager, content, name="plan.txt")
    shown = page(manager, run, "fr")
    assert "Le texte de la colonne des objectifs se lit comme une action" in shown
    assert "lignes 58, 65" in shown
    send(manager, run, apply="1")
    assert Action.objects.filter(plan__imports=run).count() == 26
