"""A round from its preparation to its publication, page by page, as each kind of user."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from senne.core import people
from senne.core.actors import SYSTEM
from senne.core.duties.models import Duty
from senne.core.mailing.models import Notice
from senne.core.policy import Role
from senne.plan.api import Contribution, Round, Snapshot, do
from tests.city import City, add_contact, words

ROUNDS = "/fr/work/rounds/"


@pytest.fixture
def coordination(city: City, client: Client) -> Client:
    city.login("coordination", client, second_factor=True)
    return client


@pytest.fixture
def owner(city: City) -> Client:
    add_contact(city.actions["roads_public"], city.people["owner"], "owner")
    other = Client()
    city.login("owner", other)
    return other


@pytest.fixture
def head(city: City) -> Client:
    other = Client()
    city.login("head", other)
    return other


@pytest.fixture
def opened(city: City, owner: Client) -> Round:
    today = timezone.localdate()
    values: dict[str, Any] = {
        "organisation": city.units["city"],
        "name": words("Tour 2026"),
        "plans": [city.plan],
        "period_start": today.replace(month=1, day=1),
        "period_end": today.replace(month=12, day=31),
        "report_by": today + timedelta(days=10),
        "validate_by": today + timedelta(days=20),
        "questions": {"action": [{"key": "q1", "label": {"fr": "Fait marquant"}, "required": True}]},
    }
    made = do.prepare_round(values, actor=SYSTEM)
    do.open_round(made, actor=SYSTEM, today=today)
    return made


def contribution(round_: Round, code: str = "roads-public") -> Contribution:
    return Contribution.objects.get(round=round_, action__code=code)


def address(found: Contribution) -> str:
    return f"{ROUNDS}{found.round_id}/{found.pk}/"


def filled(found: Contribution, **more: str) -> dict[str, str]:
    assert found.action is not None
    found.action.refresh_from_db()
    return {
        "version": str(found.action.version),
        "status": "under_way",
        "phase": "decided",
        "news_fr": "Trois rues sont finies.",
        "answer_q1": "La rue Haute",
        **more,
    }


def test_a_round_is_prepared_with_its_questions_and_opened(coordination: Client, city: City) -> None:
    data = {
        "name_fr": "Tour 2027",
        "organisation": str(city.units["city"].pk),
        "plans": [str(city.plan.pk)],
        "period_start": "2027-01-01",
        "period_end": "2027-12-31",
        "report_by": "2027-12-10",
        "validate_by": "2027-12-20",
        "questions-TOTAL_FORMS": "2",
        "questions-INITIAL_FORMS": "0",
        "questions-0-label_fr": "Quel fait marquant ?",
        "questions-0-of": "action",
        "questions-0-kind": "choice",
        "questions-0-choices_fr": "Un peu\nBeaucoup",
        "questions-0-required": "on",
        "questions-1-of": "action",
        "questions-1-kind": "text",
    }
    assert coordination.post(f"{ROUNDS}new/", data).status_code == 302
    made = Round.objects.get()
    assert made.questions["action"][0]["choices"] == [{"fr": "Un peu"}, {"fr": "Beaucoup"}]
    assert len(made.questions["action"]) == 1
    coordination.post(f"{ROUNDS}{made.pk}/step/", {"open": "1"})
    assert made.contributions.count() == 3


def test_what_is_wrong_with_a_round_is_said_and_nothing_typed_is_lost(coordination: Client, city: City) -> None:
    data = {
        "name_fr": "Tour 2027",
        "organisation": str(city.units["city"].pk),
        "period_start": "2027-12-31",
        "period_end": "2027-01-01",
        "report_by": "2027-12-10",
        "validate_by": "2027-12-20",
        "questions-TOTAL_FORMS": "1",
        "questions-INITIAL_FORMS": "0",
        "questions-0-label_fr": "Combien ?",
        "questions-0-of": "action",
        "questions-0-kind": "choice",
    }
    body = coordination.post(f"{ROUNDS}new/", data).content.decode()
    assert "La période se termine avant de commencer." in body
    assert "Combien ?" in body
    body = coordination.post(f"{ROUNDS}new/", {**data, "period_end": "2028-01-01"}).content.decode()
    assert "au moins deux" in body
    assert not Round.objects.exists()


@pytest.mark.parametrize("name", ["owner", "head", "reader", "body_manager"])
def test_only_those_who_run_a_round_change_it(opened: Round, city: City, client: Client, name: str) -> None:
    city.login(name, client)
    for path in ("edit/", "publish/"):
        assert client.get(f"{ROUNDS}{opened.pk}/{path}").status_code in {403, 404}
    assert client.post(f"{ROUNDS}{opened.pk}/step/", {"close": "1"}).status_code in {403, 404}
    assert client.post(f"{ROUNDS}{opened.pk}/remind/").status_code in {403, 404}
    opened.refresh_from_db()
    assert opened.state == "open"


def test_the_owner_finds_the_report_in_their_work_and_is_done_with_it(opened: Round, owner: Client) -> None:
    found = contribution(opened)
    assert address(found) in owner.get("/fr/work/").content.decode()
    assert owner.post(address(found), filled(found)).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.answers) == ("reported", {"q1": "La rue Haute"})
    assert address(found) not in owner.get("/fr/work/").content.decode()


def test_the_report_of_an_action_leads_to_the_round_that_asks_for_it(opened: Round, owner: Client) -> None:
    found = contribution(opened)
    response = owner.get("/fr/work/actions/CLIMATE/roads-public/report/")
    assert response.headers["Location"] == address(found)


def test_one_click_is_not_enough_where_a_question_must_be_answered(opened: Round, owner: Client) -> None:
    found = contribution(opened)
    response = owner.post(address(found), {"unchanged": "1"}, follow=True)
    assert "Un clic ne suffit pas ici" in response.content.decode()
    found.refresh_from_db()
    assert found.state == "not_begun"


def test_one_click_is_enough_where_nothing_else_is_asked(opened: Round, owner: Client) -> None:
    Round.objects.update(questions={})
    found = contribution(opened)
    answer = owner.post(address(found), {"unchanged": "1"}, headers={"HX-Request": "true"})
    assert "rien n'a changé" in answer.content.decode()
    found.refresh_from_db()
    assert found.state == "reported"


def test_a_draft_is_kept_while_it_is_written_and_comes_back(opened: Round, owner: Client, head: Client) -> None:
    found = contribution(opened)
    data = filled(found, news_fr="À moitié écrit", keep="1")
    assert "Brouillon gardé" in owner.post(address(found), data, headers={"HX-Request": "true"}).content.decode()
    found.refresh_from_db()
    assert found.state == "draft"
    assert "À moitié écrit" in owner.get(address(found)).content.decode()
    assert "À moitié écrit" not in head.get(address(found)).content.decode()
    owner.post(address(found), {"discard": "1"})
    assert "À moitié écrit" not in owner.get(address(found)).content.decode()


def test_who_saves_over_an_old_draft_sees_what_a_colleague_saved_meanwhile(
    opened: Round, owner: Client, head: Client
) -> None:
    found = contribution(opened)
    owner.post(address(found), filled(found, news_fr="Mon brouillon", keep="1"))
    head.post(address(found), filled(found, news_fr="La version de la cheffe"))
    page = owner.get(address(found) + "?edit=1")
    form = page.context["form"]
    sent = filled(found, news_fr="Mon brouillon", version=str(form["version"].value()))
    body = owner.post(address(found), sent).content.decode()
    assert "La version de la cheffe" in body
    assert "Mon brouillon" in body


def test_the_head_validates_and_whoever_reported_is_told(
    opened: Round, owner: Client, head: Client, city: City
) -> None:
    found = contribution(opened)
    owner.post(address(found), filled(found))
    body = head.get("/fr/work/").content.decode()
    assert "Attend votre validation" in body
    assert "La rue Haute" in head.get(address(found)).content.decode()
    head.post(address(found), {"validate": "1"})
    found.refresh_from_db()
    assert (found.state, found.validated_by) == ("validated", city.people["head"])
    assert Notice.objects.filter(person=city.people["owner"], kind="validated").count() == 1


def test_sent_back_needs_a_reason_and_the_owner_reads_it(opened: Round, owner: Client, head: Client) -> None:
    found = contribution(opened)
    owner.post(address(found), filled(found))
    body = head.post(address(found), {"send_back": "1", "because": " "}).content.decode()
    assert "Dites ce qui manque" in body
    head.post(address(found), {"send_back": "1", "because": "Combien de mètres ?"})
    assert "Combien de mètres ?" in owner.get(address(found)).content.decode()
    assert address(found) in owner.get("/fr/work/").content.decode()


def test_who_lost_the_right_meanwhile_is_told_and_keeps_what_they_wrote(
    opened: Round, owner: Client, head: Client, city: City
) -> None:
    found = contribution(opened)
    owner.post(address(found), filled(found))
    role = city.people["head"].roles.get()
    people.end_role(role, actor=SYSTEM, until=date(2026, 1, 1))
    people.give_role(city.people["head"], Role.READER, city.units["city"], actor=SYSTEM, since=date(2026, 1, 2))
    body = head.post(address(found), {"send_back": "1", "because": "Un long texte"}).content.decode()
    assert "rien n'a été changé" in unescape(body)
    assert "Un long texte" in body
    found.refresh_from_db()
    assert found.state == "reported"


def test_an_owner_of_another_department_neither_reports_nor_validates(
    opened: Round, city: City, client: Client
) -> None:
    found = contribution(opened)
    city.login("other_head", client)
    assert client.post(address(found), filled(found)).status_code == 200
    client.post(address(found), {"validate": "1"})
    found.refresh_from_db()
    assert found.state == "not_begun"


def test_the_board_says_what_is_missing_and_who_is_to_be_called(
    opened: Round, owner: Client, coordination: Client
) -> None:
    body = coordination.get(f"{ROUNDS}{opened.pk}/").content.decode()
    assert "Owner" in body
    assert "sur 3 validées" in body
    owner.post(address(contribution(opened)), filled(contribution(opened)))
    assert "Rapporté (1)" in coordination.get(f"{ROUNDS}{opened.pk}/").content.decode()


def test_one_click_reminds_once_a_day(opened: Round, owner: Client, coordination: Client, city: City) -> None:
    before = Notice.objects.filter(person=city.people["owner"], kind="requested").count()
    for _time in range(2):
        coordination.post(f"{ROUNDS}{opened.pk}/remind/", {"unit": "roads"})
    assert Notice.objects.filter(person=city.people["owner"], kind="requested").count() == before + 1
    assert contribution(opened).reminded_at is not None


def test_publishing_knowingly_freezes_and_the_board_leads_to_it(
    opened: Round, owner: Client, head: Client, coordination: Client
) -> None:
    found = contribution(opened)
    owner.post(address(found), filled(found))
    head.post(address(found), {"validate": "1"})
    publish = f"{ROUNDS}{opened.pk}/publish/"
    coordination.post(publish)
    assert not Snapshot.objects.exists(), "two contributions are missing, and nobody said to go on without them"
    coordination.post(publish, {"incomplete": "1"})
    snapshot = Snapshot.objects.get()
    assert f"/versions/{snapshot.number}/" in coordination.get(f"{ROUNDS}{opened.pk}/").content.decode()
    assert not Duty.objects.filter(subject_kind="plan.contribution", state="open").exists()
    form = {"reason": "Un chiffre était faux."}
    coordination.post(f"/fr/work/versions/{snapshot.pk}/correct/", form)
    assert Snapshot.objects.get(corrects=snapshot).reason == "Un chiffre était faux."


def test_the_board_asks_the_database_as_often_for_many_as_for_few(
    opened: Round, coordination: Client, city: City
) -> None:
    coordination.get(f"{ROUNDS}{opened.pk}/")
    with CaptureQueriesContext(connection) as few:
        coordination.get(f"{ROUNDS}{opened.pk}/")
    for number in range(12):
        from tests.city import make_action

        make_action(city, f"more_{number}", city.plan, "parks" if number % 2 else "roads", "public")
    do.add_missing(opened, actor=SYSTEM)
    with CaptureQueriesContext(connection) as many:
        coordination.get(f"{ROUNDS}{opened.pk}/")
    assert len(many) == len(few)


def test_a_round_has_its_history_and_so_has_each_contribution(
    opened: Round, coordination: Client, head: Client
) -> None:
    """What was asked of each record is told on its own page, not a hundred times on the round's."""
    do.change_round(opened, {"report_by": opened.report_by + timedelta(days=3)}, actor=SYSTEM)
    history = f"/fr/work/record/round/{opened.pk}/history/"
    assert history in coordination.get(f"{ROUNDS}{opened.pk}/").content.decode()
    body = coordination.get(history).content.decode()
    assert "a ouvert" in body
    assert "Rapports avant le" in body or "rapport" in body.lower()
    assert body.count("Contribution à un tour") == 0
    assert "contributions ont été demandées" in body
    found = contribution(opened)
    own = f"/fr/work/record/contribution/{found.pk}/history/"
    assert own in head.get(address(found)).content.decode()
    assert "a créé" in head.get(own).content.decode()


def test_answers_are_told_under_their_questions(opened: Round, owner: Client, head: Client) -> None:
    found = contribution(opened)
    owner.post(address(found), filled(found, answer_q1="Le pont est fermé."))
    for path in (f"contribution/{found.pk}", f"action/{found.action_id}"):
        body = head.get(f"/fr/work/record/{path}/history/").content.decode()
        assert "Fait marquant" in body
        assert "Le pont est fermé." in body
        assert "q1" not in body


def test_a_reader_sees_who_to_call_without_their_addresses(opened: Round, city: City, coordination: Client) -> None:
    people.change_person(city.people["owner"], {"email": "owner@example.org"}, actor=SYSTEM)
    board = f"{ROUNDS}{opened.pk}/"
    reader = Client()
    city.login("reader", reader)
    assert "mailto:owner@example.org" in coordination.get(board).content.decode()
    seen = reader.get(board).content.decode()
    assert "Owner" in seen
    assert "mailto:" not in seen
