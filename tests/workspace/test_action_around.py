"""What hangs on an action: steps, money, place, ties, links and documents; and what becomes of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from senne.core.actors import SYSTEM
from senne.core.models import AuditEntry
from senne.plan.api import Action, ActionDocument, ActionRelation, Objective, Step, do
from tests.city import City
from tests.workspace.conftest import Browse

BASE = "/fr/work/actions/CLIMATE/roads-public/"
PDF = b"%PDF-1.7\n%some text"


def action_of(city: City, name: str = "roads_public") -> Action:
    return Action.objects.get(pk=city.actions[name].pk)


# ---- Steps --------------------------------------------------------------------------------------------------------


def test_steps_are_added_changed_ticked_ordered_and_removed(city: City, browse: Browse) -> None:
    client = browse("owner")
    data = {"title_fr": "Attribuer le marché", "due": "03/2027", "assignee": city.people["contributor"].pk}
    assert client.post(f"{BASE}steps/", data).status_code == 302
    first, second = action_of(city).steps.all()
    assert (second.due_on, second.due_precision, second.assignee) == (
        date(2027, 3, 1), "month", city.people["contributor"],
    )  # fmt: skip
    client.post(f"/fr/work/steps/{second.pk}/act/", {"up": "1"})
    assert [step.pk for step in action_of(city).steps.all()] == [second.pk, first.pk]
    client.post(f"/fr/work/steps/{second.pk}/act/", {"tick": "1"})
    assert Step.objects.get(pk=second.pk).done_on is not None
    assert action_of(city).progress_permille == 500
    second.refresh_from_db()
    client.post(f"/fr/work/steps/{second.pk}/", {"version": second.version, "title_fr": "Signer", "due": "2028"})
    assert Step.objects.get(pk=second.pk).title == {"fr": "Signer"}
    client.post(f"/fr/work/steps/{first.pk}/act/", {"remove": "1"})
    assert action_of(city).steps.count() == 1
    assert AuditEntry.objects.filter(kind="plan.step", verb="delete", root_id=action_of(city).pk).exists()


def test_a_step_without_title_says_so_and_keeps_the_rest(city: City, browse: Browse) -> None:
    body = browse("owner").post(f"{BASE}steps/", {"due": "demain"}).content.decode()
    assert "Écrivez ceci dans une langue au moins" in body
    assert 'value="demain"' in body


def test_a_contributor_ticks_and_does_no_more(city: City, browse: Browse) -> None:
    step = action_of(city).steps.get()
    client = browse("contributor")
    assert client.post(f"/fr/work/steps/{step.pk}/act/", {"tick": "1"}).status_code == 302
    assert client.post(f"/fr/work/steps/{step.pk}/act/", {"remove": "1"}).status_code == 403
    assert client.get(f"/fr/work/steps/{step.pk}/").status_code == 403
    assert browse("body_manager").post(f"/fr/work/steps/{step.pk}/act/", {"untick": "1"}).status_code == 403


# ---- Money --------------------------------------------------------------------------------------------------------


def test_budget_lines_and_their_totals(city: City, browse: Browse) -> None:
    client = browse("owner")
    for kind, amount, unit in (("planned", "1200,50", "EUR"), ("planned", "800", "EUR"), ("actual", "1,5", "FTE")):
        data = {"kind": kind, "amount": amount, "unit": unit, "year": 2027, "nature": "investment", "approximate": "on"}
        assert client.post(f"{BASE}money/", data).status_code == 302
    assert [line.amount for line in action_of(city).budget.filter(unit="EUR")] == [Decimal("1200.50"), Decimal(800)]
    page = client.get(f"{BASE}money/").content.decode()
    assert "2\xa0000,5" in page.replace("\u202f", "\xa0")
    line = action_of(city).budget.get(unit="FTE")
    client.post(f"/fr/work/budget/{line.pk}/", {"kind": "actual", "amount": "2", "unit": "FTE", "note": "Deux"})
    line.refresh_from_db()
    assert (line.amount, line.note, line.year) == (Decimal(2), "Deux", None)
    client.post(f"/fr/work/budget/{line.pk}/remove/")
    assert action_of(city).budget.count() == 2


def test_a_negative_amount_is_refused_where_it_stands(city: City, browse: Browse) -> None:
    body = browse("owner").post(f"{BASE}money/", {"kind": "planned", "amount": "-5", "unit": "EUR"}).content.decode()
    assert 'href="#id_amount"' in body
    assert not action_of(city).budget.exists()


# ---- Place --------------------------------------------------------------------------------------------------------


def test_a_place_is_drawn_once_it_is_saved(city: City, browse: Browse) -> None:
    client = browse("owner")
    area = "50.84, 4.35\n50.85, 4.35\n50.85, 4.36\n50.84, 4.35"
    client.post(f"{BASE}where/", {"version": action_of(city).version, "place": area})
    assert action_of(city).location["type"] == "Polygon"  # type: ignore[index]
    page = client.get(f"{BASE}where/").content.decode()
    assert '<polygon class="own"' in page
    assert area.split("\n")[0] in page
    client.post(f"{BASE}where/", {"version": action_of(city).version, "place": ""})
    assert action_of(city).location is None


def test_a_place_elsewhere_is_refused_and_stays_in_the_form(city: City, browse: Browse) -> None:
    data = {"version": action_of(city).version, "place": "4.3528, 50.8466"}
    body = browse("owner").post(f"{BASE}where/", data).content.decode()
    assert "semblent interverties" in body
    assert "4.3528, 50.8466" in body


def test_two_people_who_place_it_see_both(city: City, browse: Browse) -> None:
    version = action_of(city).version
    browse("head").post(f"{BASE}where/", {"version": version, "place": "50.84, 4.35"})
    client = browse("owner")
    body = client.post(f"{BASE}where/", {"version": version, "place": "50.86, 4.36"}).content.decode()
    assert "point 50.84, 4.35" in body
    assert "50.86, 4.36</textarea>" in body
    assert action_of(city).location["coordinates"] == [4.35, 50.84]  # type: ignore[index]


def test_a_place_is_kept_beside_a_colleagues_other_change(city: City, browse: Browse) -> None:
    version = action_of(city).version
    do.change_action(action_of(city), {"priority": "high"}, actor=SYSTEM)
    response = browse("owner").post(f"{BASE}where/", {"version": version, "place": "50.86, 4.36"})
    assert response.status_code == 302
    assert (action_of(city).location["coordinates"], action_of(city).priority) == ([4.36, 50.86], "high")  # type: ignore[index]


# ---- Ties ---------------------------------------------------------------------------------------------------------


def test_an_objective_of_another_plan_is_found_by_code_and_served(city: City, browse: Browse) -> None:
    client = browse("owner")
    other = Objective.objects.get(plan=city.body_plan)
    page = client.get(f"{BASE}ties/?objective=WELFARE:O1").content.decode()
    assert f'value="{other.pk}"' in page
    client.post(f"{BASE}ties/", {"serve": "1", "objective": "WELFARE:O1", "serve-other": other.pk})
    assert other in action_of(city).objectives.all()
    client.post(f"{BASE}ties/stop/", {"objective": city.objective.pk})
    assert city.objective in action_of(city).objectives.all(), "the last one of its own plan stays"
    client.post(f"{BASE}ties/stop/", {"objective": other.pk})
    assert list(action_of(city).objectives.all()) == [city.objective]


def test_actions_are_tied_and_no_circle_is_made(city: City, browse: Browse) -> None:
    client, other = browse("owner"), city.actions["roads_internal"]
    data = {"relate": "1", "action": "roads-int", "relate-other": other.pk, "relate-kind": "precedes"}
    assert client.post(f"{BASE}ties/", data).status_code == 302
    back = {**data, "action": "roads-public", "relate-other": action_of(city).pk}
    circle = client.post("/fr/work/actions/CLIMATE/roads-internal/ties/", back)
    assert "Cela formerait un cercle" in circle.content.decode()
    relation = ActionRelation.objects.get()
    assert browse("contributor").post(f"/fr/work/relations/{relation.pk}/remove/").status_code == 403
    client.post(f"/fr/work/relations/{relation.pk}/remove/")
    assert not ActionRelation.objects.exists()


def test_what_may_not_be_seen_is_not_found(city: City, browse: Browse) -> None:
    hidden = city.actions["welfare_internal"]
    client = browse("owner")
    assert str(hidden.title) not in client.get(f"{BASE}ties/?action=welfare").content.decode()
    data = {"relate": "1", "action": "welfare", "relate-other": hidden.pk, "relate-kind": "related"}
    assert client.post(f"{BASE}ties/", data).status_code == 200
    assert not ActionRelation.objects.exists()


# ---- What becomes of it -------------------------------------------------------------------------------------------


def test_merged_with_a_reason_and_opened_again(city: City, browse: Browse) -> None:
    client, other = browse("coordination"), city.actions["roads_internal"]
    data = {"action": "roads-int", "other": other.pk, "fate": "merge"}
    assert client.post(f"{BASE}close/", data).status_code == 200, "no reason, no merge"
    client.post(f"{BASE}close/", {**data, "reason": "Même chantier"})
    assert action_of(city).merged_into == other
    client.post(f"{BASE}reopen/", {"reason": "Finalement distinct"})
    assert action_of(city).merged_into is None
    client.post(f"{BASE}close/", {**data, "fate": "supersede", "reason": "Remplacée"})
    assert action_of(city).superseded_by == other


def test_a_copy_starts_anew(city: City, browse: Browse) -> None:
    response = browse("head").post(f"{BASE}copy/", {"code": "roads-copy"})
    assert response["Location"] == "/fr/work/actions/CLIMATE/roads-copy/"
    made = Action.objects.get(code="roads-copy")
    assert (made.copy_of, made.status, made.steps.count()) == (action_of(city), "to_start", 1)
    again = browse("head").post(f"{BASE}copy/", {"code": "roads-copy"})
    assert "est déjà pris" in again.content.decode()


def test_taken_away_with_a_reason(city: City, browse: Browse) -> None:
    assert browse("head").post(f"{BASE}delete/", {"reason": "x"}).status_code == 403
    client = browse("coordination")
    assert client.post(f"{BASE}delete/", {"reason": " "}).status_code == 200
    client.post(f"{BASE}delete/", {"reason": "Encodée deux fois"})
    assert not Action.objects.filter(code="roads-public").exists()
    assert AuditEntry.objects.get(kind="plan.action", verb="delete").reason == "Encodée deux fois"


# ---- Links and documents ------------------------------------------------------------------------------------------


def test_links(city: City, browse: Browse) -> None:
    client = browse("owner")
    client.post(f"{BASE}files/", {"add": "link", "link-url": "https://example.org/plan", "link-label_fr": "Le plan"})
    link = action_of(city).links.get()
    client.post(f"/fr/work/links/{link.pk}/", {"url": "https://example.org/autre", "label_fr": "L'autre"})
    assert action_of(city).links.get().url == "https://example.org/autre"
    bad = client.post(f"{BASE}files/", {"add": "link", "link-url": "javascript:alert(1)"})
    assert bad.status_code == 200
    assert browse("contributor").post(f"/fr/work/links/{link.pk}/remove/").status_code == 403
    client.post(f"/fr/work/links/{link.pk}/remove/")
    assert not action_of(city).links.exists()


def upload(name: str, content: bytes) -> dict[str, object]:
    return {"add": "document", "document-file": SimpleUploadedFile(name, content), "document-label_fr": "Étude"}


def test_a_document_is_kept_and_given_out_to_whom_it_may(city: City, browse: Browse) -> None:
    client = browse("owner")
    assert client.post(f"{BASE}files/", upload("etude.pdf", PDF)).status_code == 302
    document = ActionDocument.objects.get()
    response = client.get(f"/fr/work/documents/{document.pk}/download/")
    assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
    assert response["Content-Disposition"] == 'attachment; filename="etude.pdf"'
    assert browse("reader").get(f"/fr/work/documents/{document.pk}/download/").status_code == 403
    assert browse("reader").get(f"/fr/documents/{document.pk}/").status_code == 404
    client.post(f"/fr/work/documents/{document.pk}/", {"label_fr": "Étude", "public": "on"})
    assert browse("reader").get(f"/fr/documents/{document.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("setup.exe", b"MZ\x90", "ne sont pas acceptés"),
        ("etude.pdf", b"MZ\x90\x00\x03", "Le contenu de ce fichier"),
        ("etude.pdf", b"", "Le fichier est vide"),
    ],
)
def test_what_is_not_what_it_says_is_refused(city: City, browse: Browse, name: str, content: bytes, told: str) -> None:
    body = browse("owner").post(f"{BASE}files/", upload(name, content)).content.decode()
    assert told in body
    assert 'value="Étude"' in body, "the label stays"
    assert not ActionDocument.objects.exists()


def test_a_document_that_is_too_big_is_told_its_limit(city: City, browse: Browse, settings: object) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024  # type: ignore[attr-defined]
    body = browse("owner").post(f"{BASE}files/", upload("etude.pdf", PDF + b"x" * 1024 * 1024)).content.decode()
    assert "plus de 1 Mo" in body
