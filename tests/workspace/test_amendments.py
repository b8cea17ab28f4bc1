"""An amendment page by page: prepared, shown in words, reviewed by a second person, adopted; the public reads the version."""

from __future__ import annotations

import pytest
from django.test import Client

from senne.core import people
from senne.core.actors import SYSTEM
from senne.core.models import Person
from senne.core.policy import Role
from senne.plan.api import Action, Amendment, Objective, Snapshot
from tests.city import ROLES, TODAY, City

AMENDMENTS = "/fr/work/amendments/"


@pytest.fixture
def first(city: City, client: Client) -> Client:
    city.login("coordination", client, second_factor=True)
    return client


@pytest.fixture
def second(city: City) -> Client:
    person = people.add_person({"name": "Seconde", "organisation": city.units["city"]}, actor=SYSTEM)
    people.give_role(person, Role.COORDINATION, city.units["city"], actor=SYSTEM, since=TODAY.replace(year=2024))
    city.people["second"] = person
    other = Client()
    city.login("second", other, second_factor=True)
    return other


@pytest.fixture
def amendment(first: Client, city: City) -> Amendment:
    data = {"plan": str(city.plan.pk), "name_fr": "Révision 2026", "reason_fr": "L'évaluation à deux ans."}
    first.post(f"{AMENDMENTS}new/", data)
    return Amendment.objects.get()


def add(client: Client, amendment: Amendment, kind: str, record: str, **data: object) -> str:
    response = client.post(f"{AMENDMENTS}{amendment.pk}/add/?kind={kind}&record={record}", data)
    return "" if response.status_code == 302 else response.content.decode()


def step(client: Client, amendment: Amendment, name: str, **data: str) -> str:
    response = client.post(f"{AMENDMENTS}{amendment.pk}/step/", {name: "1", **data}, follow=True)
    return response.content.decode()


def test_changes_are_prepared_in_forms_and_shown_in_words(first: Client, amendment: Amendment) -> None:
    assert not add(first, amendment, "reword", "action:roads-public", title_fr="Autrement dit")
    assert not add(first, amendment, "retarget", "objective:O1", target_value="55", target_unit="%", target_year="2030")
    body = first.get(f"{AMENDMENTS}{amendment.pk}/").content.decode()
    assert "Autrement dit" in body
    assert "55 % (2030)" in body
    assert Action.objects.get(code="roads-public").title["fr"] == "roads public"


def test_only_what_differs_becomes_part_of_it(first: Client, amendment: Amendment) -> None:
    action = Action.objects.get(code="roads-public")
    sent = {f"title_{code}": text for code, text in action.title.items()}
    sent |= {f"description_{code}": text for code, text in action.description.items()}
    assert "Rien ne diffère" in add(first, amendment, "reword", "action:roads-public", **sent)
    assert not add(first, amendment, "reword", "action:roads-public", **{**sent, "title_fr": "Mieux dit"})
    change = amendment.changes.get()
    assert change.values == {"title": {**action.title, "fr": "Mieux dit"}}


@pytest.mark.parametrize(
    ("kind", "record", "said"),
    [
        ("merge", "theme:T1", "ne peut pas arriver"),
        ("new", "action:roads-public", "choisissez dans le premier groupe"),
        ("reword", "action:nowhere", "Sélectionnez un choix valide"),
    ],
)
def test_what_cannot_happen_is_said(first: Client, amendment: Amendment, kind: str, record: str, said: str) -> None:
    body = first.get(f"{AMENDMENTS}{amendment.pk}/add/?kind={kind}&record={record}").content.decode()
    assert said in body.replace("&#x27;", "'")


def test_a_code_that_means_something_is_refused_with_what_was_typed(first: Client, amendment: Amendment) -> None:
    objective = Objective.objects.get(plan=amendment.plan)
    data = {"title_fr": "Du neuf", "objectives": objective.code, "code": "roads-public"}
    body = add(first, amendment, "new", "action:", **data)
    assert "Du neuf" in body
    assert not amendment.changes.exists()


def test_who_prepared_it_does_not_review_it(first: Client, second: Client, amendment: Amendment) -> None:
    add(first, amendment, "reword", "action:roads-public", title_fr="Autrement dit")
    step(first, amendment, "submit")
    assert "Quelqu" in step(first, amendment, "agree")
    assert "Dites ce qui devrait changer" in step(second, amendment, "send_back")
    step(second, amendment, "send_back", note="Trop court")
    amendment.refresh_from_db()
    assert (amendment.state, amendment.review_note) == ("draft", "Trop court")


def test_adopted_it_changes_the_plan_and_everybody_reads_both_versions(
    first: Client, second: Client, amendment: Amendment
) -> None:
    add(first, amendment, "reword", "action:roads-public", title_fr="Autrement dit")
    step(first, amendment, "submit")
    step(second, amendment, "agree")
    assert "référence" in step(first, amendment, "adopt")
    data = {
        "name_fr": "Révision 2026", "reason_fr": "L'évaluation.", "decision": "CC 12", "decided_on": "2026-11-20",
        "version": str(Amendment.objects.get().version),
    }  # fmt: skip
    first.post(f"{AMENDMENTS}{amendment.pk}/edit/", data)
    assert "Adopté" in step(first, amendment, "adopt")
    assert Action.objects.get(code="roads-public").title["fr"] == "Autrement dit"
    before, after = Snapshot.objects.order_by("number")
    visitor = Client()
    assert (
        "roads public"
        in visitor.get(f"/fr/plans/CLIMATE/versions/{before.number}/actions/roads-public/").content.decode()
    )
    page = visitor.get(f"/fr/plans/CLIMATE/versions/compare/?from={before.number}&to={after.number}").content.decode()
    assert "roads public" in page
    assert "Autrement dit" in page


@pytest.mark.parametrize("name", [name for name in ROLES if "manager" not in name and name != "coordination"])
def test_nobody_else_sees_what_is_prepared(amendment: Amendment, city: City, name: str) -> None:
    other = Client()
    city.login(name, other)
    for path in ("", f"{amendment.pk}/", f"{amendment.pk}/edit/"):
        assert other.get(f"{AMENDMENTS}{path}").status_code in {403, 404}
    assert other.post(f"{AMENDMENTS}{amendment.pk}/step/", {"submit": "1"}).status_code in {403, 404}


def test_a_body_amends_its_own_plan_alone(amendment: Amendment, city: City) -> None:
    other = Client()
    city.login("body_manager", other)
    assert "Révision 2026" not in other.get(AMENDMENTS).content.decode()
    assert other.get(f"{AMENDMENTS}{amendment.pk}/").status_code == 404
    assert Person.objects.filter(name="Body_Manager").exists()


def test_an_amendment_has_its_history(first: Client, amendment: Amendment, city: City) -> None:
    add(first, amendment, "reword", "action:roads-public", title_fr="Autrement dit")
    history = f"/fr/work/record/amendment/{amendment.pk}/history/"
    assert history in first.get(f"{AMENDMENTS}{amendment.pk}/").content.decode()
    body = first.get(history).content.decode()
    assert "Révision 2026" in body
    assert "Titre: Autrement dit" in body
    assert "title" not in body.split("entries")[1]
    assert ">action<" not in body.replace(" ", "")
    owner = Client()
    city.login("owner", owner)
    assert owner.get(history).status_code == 404
