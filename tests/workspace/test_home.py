"""My work, by role: what is owed, what comes next, what changed; short, with the whole behind a link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from senne.core.actors import SYSTEM
from senne.core.models import Feedback
from senne.plan.api import Objective, Step, do
from senne.workspace import duties
from tests.city import TODAY, City, add_contact, make_action, words
from tests.workspace.conftest import Browse

HOME, LIST = "/fr/work/", "/fr/work/list/"


def made_late(city: City, name: str = "roads_public") -> None:
    ended = timezone.localdate() - timedelta(days=30)
    values = {"end_on": ended, "end_precision": "day", "last_reported_on": ended - timedelta(days=500)}
    do.change_action(city.actions[name], values, actor=SYSTEM)


def test_the_owner_sees_what_they_owe_and_why(city: City, browse: Browse) -> None:
    add_contact(city.actions["roads_public"], city.people["owner"], "owner")
    made_late(city)
    body = browse("owner").get(HOME).content.decode()
    assert "roads public" in body
    assert "à clôturer, ou autre date de fin à donner (30 jours de retard)" in body
    assert "pas de nouvelles depuis longtemps" in body
    assert "/fr/work/actions/CLIMATE/roads-public/report/" in body


def test_nothing_owed_is_said_kindly(city: City, browse: Browse) -> None:
    action = city.actions["roads_public"]
    do.report(action, {}, actor=SYSTEM, today=timezone.localdate())
    add_contact(action, city.people["owner"], "owner")
    assert "Rien ne vous attend" in browse("owner").get(HOME).content.decode()


def test_nothing_changed_is_one_press_from_the_list(city: City, browse: Browse) -> None:
    made_late(city)
    add_contact(city.actions["roads_public"], city.people["owner"], "owner")
    client = browse("owner")
    data = {"unchanged": "1", "back": HOME}
    response = client.post("/fr/work/actions/CLIMATE/roads-public/report/", data, follow=True)
    assert response.redirect_chain == [(HOME, 302)]
    city.actions["roads_public"].refresh_from_db()
    assert city.actions["roads_public"].last_reported_on == timezone.localdate()


def test_back_leads_nowhere_else(city: City, browse: Browse) -> None:
    data = {"unchanged": "1", "back": "https://elsewhere.example/"}
    response = browse("owner").post("/fr/work/actions/CLIMATE/roads-public/report/", data)
    assert response["Location"] == "/fr/plans/CLIMATE/actions/roads-public/"


def test_a_head_sees_the_departments_late_actions_and_no_others(city: City, browse: Browse) -> None:
    made_late(city)
    made_late(city, "welfare_public")
    body = browse("head").get(f"{LIST}?scope=department&only=late").content.decode()
    assert "roads public" in body
    assert "welfare public" not in body
    assert "roads public" not in browse("other_head").get(f"{LIST}?scope=department&only=late").content.decode()


def test_a_body_manager_sees_their_body(city: City, browse: Browse) -> None:
    made_late(city, "welfare_internal")
    body = browse("body_manager").get(HOME).content.decode()
    assert "Mon organisme" in body
    assert "welfare internal" in body
    assert "Structure" in body


def test_the_coordination_sees_what_is_not_monitored_with_the_way_to_mend_it(city: City, browse: Browse) -> None:
    Feedback.objects.create(organisation=city.units["city"], language="fr", message="Bonjour")
    body = browse("coordination").get(HOME).content.decode()
    assert "/fr/work/objectives/CLIMATE/O1/#id_owner" in body
    assert "Personne ne le porte" in body
    assert "Nouveaux messages" in body
    assert "Textes en Nederlands" in body


def test_an_objective_without_action_leads_to_a_new_one(city: City, browse: Browse) -> None:
    values = {"axis": city.objective.axis, "plan": city.plan, "code": "O2", "statement": words("Seul")}
    made = do.create_part(Objective, {**values, "owner": city.people["owner"]}, actor=SYSTEM)
    body = browse("coordination").get("/fr/work/unmonitored/").content.decode()
    assert f"/fr/work/new-action/?objective={made.pk}" in body


def test_a_reader_sees_where_the_plan_stands(city: City, browse: Browse) -> None:
    body = browse("reader").get(HOME).content.decode()
    assert "Où en est le plan" in body
    assert "Nouvelle action" not in body


def test_what_changed_on_what_i_follow(city: City, browse: Browse) -> None:
    add_contact(city.actions["roads_public"], city.people["contributor"], "contributor")
    news = {"status": "under_way", "news": words("Le chantier ouvre")}
    do.report(city.actions["roads_public"], news, actor=city.actor("owner"), today=TODAY)
    do.report(city.actions["roads_internal"], {"news": words("Autre chose")}, actor=city.actor("owner"), today=TODAY)
    body = browse("contributor").get("/nl/work/news/").content.decode()
    assert "Le chantier ouvre (nl)" in body
    assert "Le chantier ouvre (en)" not in body
    assert "Autre chose" not in body


def test_a_reader_named_on_an_action_is_told_nothing_internal(city: City, browse: Browse) -> None:
    """Named as a contact, a reader follows; not named, the history is not theirs."""
    do.change_action(city.actions["roads_public"], {"title": words("Titre neuf")}, actor=SYSTEM)
    assert "Titre neuf" not in browse("reader").get("/fr/work/news/").content.decode()


@pytest.mark.parametrize("kind", duties.KINDS)
def test_every_list_opens(city: City, browse: Browse, kind: str) -> None:
    for name, scope in (("head", "department"), ("coordination", "all"), ("body_manager", "body"), ("owner", "mine")):
        assert browse(name).get(f"{LIST}?scope={scope}&only={kind}").status_code == 200


def test_a_scope_that_is_not_mine_shows_mine(city: City, browse: Browse) -> None:
    made_late(city)
    assert "roads public" not in browse("reader").get(f"{LIST}?scope=all&only=late").content.decode()


def test_months_and_years_count_by_their_last_day(city: City) -> None:
    action = city.actions["roads_public"]
    action.steps.all().delete()
    for precision, due, late in (
        ("month", TODAY.replace(day=1), False),
        ("year", TODAY.replace(month=1, day=1), False),
        ("day", TODAY - timedelta(days=1), True),
        ("month", TODAY.replace(day=1) - timedelta(days=3), True),
    ):
        step = {"title": words("Étape"), "due_on": due, "due_precision": precision}
        made = do.add_child(Step, action, step, actor=SYSTEM)
        found = Step.objects.filter(duties.overdue(TODAY), pk=made.pk).exists()
        assert found is late
        assert made.is_overdue(TODAY) is late


def test_what_is_coming_up(city: City) -> None:
    action = city.actions["roads_public"]
    add_contact(action, city.people["owner"], "owner")
    due = TODAY + timedelta(days=20)
    do.add_child(Step, action, {"title": words("Bientôt"), "due_on": due}, actor=SYSTEM)
    do.add_child(Step, action, {"title": words("Plus tard"), "due_on": TODAY + timedelta(days=90)}, actor=SYSTEM)
    texts = [item.text for item in duties.ahead(city.actor("owner"), "mine", TODAY)]
    assert "Bientôt" in texts
    assert "Plus tard" not in texts


@pytest.mark.parametrize("path", [HOME, f"{LIST}?scope=department&only=", "/fr/work/unmonitored/"])
def test_as_many_questions_whatever_the_length(city: City, browse: Browse, path: str) -> None:
    client = browse("head")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    for name in ("n_a", "n_b", "n_c", "n_d"):
        action = make_action(city, name, city.plan, "roads", "public")
        add_contact(action, city.people["owner"], "owner")
    before = count()
    for number in range(15):
        action = make_action(city, f"m_{number}", city.plan, "roads", "public")
        add_contact(action, city.people["owner"], "owner")
    assert count() == before
