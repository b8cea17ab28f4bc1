"""People: search, roles in a sentence, a leaving that hands over in one go, an account that was there already."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from senne.core import people
from senne.core.actors import SYSTEM
from senne.core.models import Person, User
from senne.plan.api import Step, do
from tests.city import City, add_contact, words
from tests.workspace.conftest import Browse

PEOPLE = "/fr/work/people/"


def person_of(city: City, name: str) -> Person:
    return Person.objects.get(pk=city.people[name].pk)


def test_search_and_filters(city: City, browse: Browse) -> None:
    client = browse("coordination")
    found = client.get(f"{PEOPLE}?q=contrib").content.decode()
    assert "Contributor" in found
    assert "Other_Head" not in found
    of_roads = client.get(f"{PEOPLE}?organisation=roads").content.decode()
    assert "Owner" in of_roads
    assert "Body_Manager" not in of_roads
    people.leave(city.people["specialist"], timezone.localdate() - timedelta(days=1), actor=SYSTEM)
    assert "Specialist" not in client.get(PEOPLE).content.decode().split("<tbody>")[1].split("</tbody>")[0]
    assert "Specialist" in client.get(f"{PEOPLE}?state=left").content.decode()


def test_the_list_is_paged_in_a_constant_number_of_questions(city: City, browse: Browse) -> None:
    client = browse("coordination")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(PEOPLE).status_code == 200
        return len(asked)

    before = count()
    for number in range(30):
        people.add_person({"name": f"Agent {number:02}", "organisation": city.units["roads"]}, actor=SYSTEM)
    assert count() <= before + 1, "one more to look at the second page"
    assert "Agent 29" not in client.get(PEOPLE).content.decode()
    assert "Agent 29" in client.get(f"{PEOPLE}?page=2").content.decode() + client.get(f"{PEOPLE}?q=29").content.decode()


def test_a_person_is_added_and_changed(city: City, browse: Browse) -> None:
    client = browse("coordination")
    data = {"name": "Anna", "email": "anna@city.example", "organisation": city.units["roads"].pk, "language": "nl",
            "title_nl": "Ingenieur"}  # fmt: skip
    response = client.post(f"{PEOPLE}new/", data)
    made = Person.objects.get(name="Anna")
    assert response["Location"] == f"{PEOPLE}{made.pk}/"
    client.post(f"{PEOPLE}{made.pk}/", {**data, "version": made.version, "name": "Anna Peeters"})
    made.refresh_from_db()
    assert (made.name, made.title) == ("Anna Peeters", {"nl": "Ingenieur"})
    again = client.post(f"{PEOPLE}new/", {**data, "name": "Autre"}).content.decode()
    assert "a déjà cette adresse" in again


def test_roles_are_explained_given_and_ended(city: City, browse: Browse) -> None:
    client, person = browse("coordination"), person_of(city, "reader")
    page = client.get(f"{PEOPLE}{person.pk}/").content.decode()
    assert "Fait pour un organisme paracommunal" in page
    path = f"{PEOPLE}{person.pk}/roles/"
    client.post(f"{path}give/", {"role-role": "head", "role-organisation": city.units["parks"].pk})
    assert person.roles.filter(role="head", until=None).exists()
    twice = client.post(f"{path}give/", {"role-role": "head", "role-organisation": city.units["parks"].pk})
    assert "exerce déjà ce rôle" in twice.content.decode() or "a déjà ce rôle" in twice.content.decode()
    needs = client.post(f"{path}give/", {"role-role": "specialist", "role-organisation": city.units["parks"].pk})
    assert "registre" in needs.content.decode()
    role = person.roles.get(role="head")
    client.post(f"{path}end/", {"role": role.pk})
    role.refresh_from_db()
    assert role.until == timezone.localdate()


def test_a_body_manager_gives_no_coordination_and_reaches_no_other_body(city: City, browse: Browse) -> None:
    client, person = browse("body_manager"), person_of(city, "body_owner")
    page = client.get(f"{PEOPLE}{person.pk}/").content.decode()
    assert 'value="coordination"' not in page
    data = {"role-role": "coordination", "role-organisation": city.units["welfare"].pk}
    assert client.post(f"{PEOPLE}{person.pk}/roles/give/", data).status_code == 200
    assert not person.roles.filter(role="coordination").exists()
    for path in ("", "leave/", "hand-over/"):
        assert client.get(f"{PEOPLE}{city.people['owner'].pk}/{path}").status_code == 404


def carrying(city: City) -> Step:
    """The owner of roads carries an action alone, an objective and a step."""
    action = city.actions["roads_public"]
    add_contact(action, city.people["owner"], "owner")
    add_contact(action, city.people["head"], "approver")
    do.change_part(city.objective, {"owner": city.people["owner"]}, actor=SYSTEM)
    step = {"title": words("À faire"), "assignee": city.people["owner"]}
    return do.add_child(Step, action, step, actor=SYSTEM)


def test_a_leaving_shows_what_becomes_ownerless_and_hands_it_over(city: City, browse: Browse) -> None:
    step = carrying(city)
    client, path = browse("coordination"), f"{PEOPLE}{city.people['owner'].pk}/leave/"
    page = client.get(path).content.decode()
    assert "Personne d'autre ne les porte" in page
    assert "roads public" in page
    assert "Objectif" in page
    today = timezone.localdate().isoformat()
    data = {"on": today, "to": city.people["contributor"].pk, "reason": "Pension"}
    response = client.post(path, data, follow=True)
    assert "3 éléments sont passés à Contributor" in response.content.decode()
    step.refresh_from_db()
    city.objective.refresh_from_db()
    action = city.actions["roads_public"]
    assert {(c.person.name, c.role) for c in action.contacts.all()} == {("Contributor", "owner"), ("Head", "approver")}
    assert step.assignee == city.objective.owner == city.people["contributor"]
    gone = person_of(city, "owner")
    assert gone.left_on == timezone.localdate()
    assert not gone.roles.filter(until=None).exists()


def test_without_successor_the_work_waits_on_the_lists(city: City, browse: Browse) -> None:
    carrying(city)
    client = browse("coordination")
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    client.post(f"{PEOPLE}{city.people['owner'].pk}/leave/", {"on": yesterday})
    assert "roads public" in client.get("/fr/work/list/?scope=all&only=no_owner").content.decode()


def test_what_is_finished_keeps_its_names(city: City) -> None:
    carrying(city)
    action = city.actions["roads_public"]
    do.change_action(action, {"status": "done"}, actor=SYSTEM)
    do.hand_over(city.people["owner"], city.people["contributor"], actor=SYSTEM)
    assert action.contacts.filter(person=city.people["owner"], role="owner").exists()


def test_a_handover_without_leaving(city: City, browse: Browse) -> None:
    carrying(city)
    path = f"{PEOPLE}{city.people['owner'].pk}/hand-over/"
    client = browse("coordination")
    assert client.post(path, {}).status_code == 200
    client.post(path, {"to": city.people["head"].pk})
    assert person_of(city, "owner").left_on is None
    assert city.actions["roads_public"].contacts.filter(person=city.people["head"], role="owner").exists()


def test_an_account_that_is_there_already_is_linked(city: City, browse: Browse) -> None:
    client, person = browse("coordination"), person_of(city, "contributor")
    path = f"{PEOPLE}{person.pk}/link/"
    User.objects.create_user("someone@city.example")
    unknown = client.post(path, {"link-account": "nobody@city.example"})
    assert "Aucun compte n&#x27;a cette adresse" in unknown.content.decode()
    client.post(path, {"link-account": "Someone@city.example"})
    assert person_of(city, "contributor").user == User.objects.get(email="someone@city.example")
    other = client.post(f"{PEOPLE}{city.people['head'].pk}/link/", {"link-account": "someone@city.example"})
    assert "est déjà lié" in other.content.decode()


def test_everybody_chooses_their_own_language(city: City, browse: Browse) -> None:
    client = browse("owner")
    response = client.post("/fr/work/account/", {"language": "nl"})
    assert response["Location"] == "/nl/work/account/"
    person = person_of(city, "owner")
    assert (person.language, person.user.language) == ("nl", "nl")  # type: ignore[union-attr]
    assert "Rapporteert over de acties" in browse("contributor").get("/nl/work/account/").content.decode()


@pytest.mark.parametrize("name", ["head", "owner", "reader"])
@pytest.mark.parametrize("path", ["people/", "people/new/", "organisations/", "organisations/new/", "translations/",
                                  "feedback/"])  # fmt: skip
def test_management_is_closed_to_others(city: City, browse: Browse, name: str, path: str) -> None:
    client = browse(name)
    assert client.get(f"/fr/work/{path}").status_code == 403
    assert client.post(f"/fr/work/{path}", {"name": "x"}).status_code == 403
