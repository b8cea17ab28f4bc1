"""What staff do: report, edit, judge, answer, invite; and what is refused to whom."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from senne.core import people
from senne.core.actors import SYSTEM
from senne.core.models import Person
from senne.plan.api import Action, do
from tests.city import TODAY, City, words

REPORT = "/fr/work/actions/CLIMATE/roads-public/report/"


def report_data(action: Action, **values: str) -> dict[str, str]:
    return {
        "version": str(action.version),
        "status": "under_way",
        "phase": "decided",
        "news_fr": "Ça avance.",
        **values,
    }


@pytest.mark.parametrize(
    ("name", "code"), [("owner", 200), ("contributor", 200), ("head", 200), ("reader", 403), ("body_manager", 403)]
)
def test_who_may_report(city: City, client: Client, name: str, code: int) -> None:
    city.login(name, client)
    assert client.get(REPORT).status_code == code


def test_a_visitor_is_asked_to_log_in(city: City, client: Client) -> None:
    response = client.get(REPORT)
    assert response.status_code == 302
    assert "/account/login/" in response.headers["Location"]


def test_a_report_in_one_form(city: City, client: Client) -> None:
    city.login("owner", client)
    action = city.actions["roads_public"]
    step = action.steps.get()
    assert client.post(REPORT, report_data(action, steps=str(step.pk))).status_code == 302
    action.refresh_from_db()
    step.refresh_from_db()
    assert (action.status, action.news, action.progress_permille) == ("under_way", {"fr": "Ça avance."}, 1000)
    assert step.done_on is not None


def test_a_suspension_needs_its_reason_and_loses_nothing(city: City, client: Client) -> None:
    city.login("owner", client)
    response = client.post(REPORT, report_data(city.actions["roads_public"], status="suspended"))
    body = response.content.decode()
    assert response.status_code == 200
    assert "une action suspendue ou abandonnée a une raison" in body
    assert "Ça avance." in body


def test_the_second_to_save_sees_both_versions(city: City, client: Client) -> None:
    action = city.actions["roads_public"]
    city.login("owner", client)
    client.post(REPORT, report_data(action, news_fr="La première version"))
    response = client.post(REPORT, report_data(action, news_fr="La seconde version"))
    body = response.content.decode()
    assert "La première version" in body
    assert "La seconde version" in body
    action.refresh_from_db()
    assert action.news == {"fr": "La première version"}
    client.post(REPORT, report_data(action, news_fr="La seconde version"))
    action.refresh_from_db()
    assert action.news == {"fr": "La seconde version"}


def test_ticks_are_kept_beside_a_colleagues_other_change(city: City, client: Client) -> None:
    action, step = city.actions["roads_public"], city.actions["roads_public"].steps.get()
    mine = report_data(action, steps=str(step.pk))
    do.change_action(action, {"title": words("Titre changé")}, actor=city.actor("head"))
    city.login("owner", client)
    assert client.post(REPORT, mine).status_code == 302
    step.refresh_from_db()
    assert step.done_on is not None
    assert Action.objects.get(pk=action.pk).title["fr"] == "Titre changé"


def test_ticks_are_kept_in_the_form_where_both_wrote_news(city: City, client: Client) -> None:
    action, step = city.actions["roads_public"], city.actions["roads_public"].steps.get()
    mine = report_data(action, news_fr="La mienne", steps=str(step.pk))
    do.report(action, {"news": words("La sienne")}, actor=city.actor("head"), today=TODAY)
    city.login("owner", client)
    body = client.post(REPORT, mine).content.decode()
    assert "La sienne" in body
    assert re.search(rf'value="{step.pk}"[^>]* checked', body)
    assert "Dernier rapport" not in body.split("<form")[0], "the day of the report is nobody's to choose"


def test_the_coordination_needs_a_second_factor(city: City, client: Client) -> None:
    city.login("coordination", client)
    response = client.get("/fr/work/")
    assert response.status_code == 302
    assert "/account/2fa/totp/activate" in response.headers["Location"]


@pytest.mark.parametrize("path", ["people/", "organisations/", "translations/", "imports/", "outbox/"])
@pytest.mark.parametrize("name", ["reader", "owner", "head"])
def test_management_pages_are_closed_to_others(city: City, client: Client, name: str, path: str) -> None:
    city.login(name, client)
    assert client.get(f"/fr/work/{path}").status_code == 403


def test_a_body_manager_looks_after_their_own_people_only(city: City, client: Client) -> None:
    city.login("body_manager", client)
    assert client.get(f"/fr/work/people/{city.people['body_owner'].pk}/").status_code == 200
    assert client.get(f"/fr/work/people/{city.people['owner'].pk}/").status_code == 404


@pytest.mark.parametrize("path", ["", "actions/CLIMATE/roads-public/", "history/CLIMATE/roads-public/", "new-action/"])
@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_pages_of_a_head_open(city: City, client: Client, path: str, language: str) -> None:
    city.login("head", client)
    assert client.get(f"/{language}/work/{path}").status_code == 200


def test_an_invitation_works_once(city: City, client: Client, django_capture_on_commit_callbacks: object) -> None:
    person = city.people["contributor"]
    people.change_person(person, {"email": "new@example.org"}, actor=SYSTEM)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        address = people.invite(person, actor=SYSTEM)
    assert address in mail.outbox[0].body
    path = address.removeprefix("http://127.0.0.1:8000")
    secret = "une phrase assez longue"
    assert client.post(path, {"new_password1": secret, "new_password2": secret}).status_code == 302
    assert Person.objects.get(pk=person.pk).user.check_password(secret)  # type: ignore[union-attr]
    assert Client().get(path).status_code == 410
