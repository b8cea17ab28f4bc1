"""Somebody who left becomes a number: no table holds their name or address any more, and history keeps its sense."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection, transaction

from senne.core import people, records
from senne.core.actors import SYSTEM
from senne.core.history import history_of
from senne.core.mailing.transport import FolderBackend
from senne.core.models import AuditEntry, Person, User
from senne.core.policy import Refused
from senne.core.privacy.asking import ask_for_erasure
from senne.core.privacy.erasing import erase_person, foresee
from senne.core.privacy.models import Erasure
from senne.core.privacy.rules import pseudonym
from senne.core.search import find
from senne.core.talk.models import Comment, Request
from senne.core.talk.rules import folded
from senne.core.text import Text
from senne.plan import freezing
from senne.plan.api import Action, Contribution, Snapshot
from tests.city import TODAY, City, words
from tests.core.privacy.full import EMAIL, NAME, SECRETS, everything, fill

LATER = TODAY + timedelta(days=30)


def leave(city: City, who: str = "owner") -> Person:
    people.leave(city.people[who], TODAY, actor=SYSTEM, today=TODAY)
    return Person.objects.get(pk=city.people[who].pk)


def erase(city: City, who: str = "owner", actor: str = "coordination", today: date = LATER) -> Erasure:
    person = Person.objects.get(pk=city.people[who].pk)
    return erase_person(person, actor=city.actor(actor), reason="à sa demande", today=today)


def traces(secrets: tuple[str, ...] = SECRETS) -> dict[str, list[str]]:
    """{table: secrets that it still holds}, read as a person would: without regard to case and accents."""
    plain = {secret: folded(secret) for secret in secrets}
    found = {}
    for table, text in everything().items():
        held = [secret for secret, letters in plain.items() if letters in folded(text)]
        if held:
            found[table] = held
    return found


def test_the_search_for_traces_finds_them(city: City) -> None:
    """A test that cannot fail proves nothing: before the erasure, the name stands almost everywhere."""
    fill(city)
    assert {
        "core_person", "core_user", "core_auditentry", "core_feedback", "account_emailaddress", "mailing_mail",
        "mailing_notice", "plan_action", "plan_contribution", "plan_amendment", "plan_importrun", "talk_comment",
        "talk_request", "duties_duty", "django_session", "socialaccount_socialaccount", "workspace_savedview",
        "wagtailcore_page", "wagtailcore_revision", "wagtailcore_taskstate", "editorial_news", "wagtaildocs_document",
    } <= set(traces())  # fmt: skip


def test_no_table_holds_the_name_or_an_address_any_more(city: City) -> None:
    fill(city)
    leave(city)
    erase(city)
    assert traces() == {}
    assert traces(("Ingénieure zébrée",)) == {}, "nor the job title"


def test_nobody_finds_the_name_by_searching(city: City) -> None:
    fill(city)
    assert find("plan.action", "Vandenbroeck", "fr") == [city.actions["roads_internal"].pk]
    leave(city)
    erase(city)
    assert find("plan.action", "Vandenbroeck", "fr") == []
    assert "vandenbroeck" not in everything().get("core_searchindex_data", "").lower()


def test_history_keeps_its_sense(city: City) -> None:
    person = fill(city)
    action = Action.objects.get(pk=city.actions["roads_internal"].pk)
    before = list(
        AuditEntry.objects.order_by("id").values("id", "at", "verb", "kind", "record_id", "root_kind", "root_id")
    )
    leave(city)
    number = erase(city).number
    after = list(
        AuditEntry.objects.order_by("id").values("id", "at", "verb", "kind", "record_id", "root_kind", "root_id")
    )
    assert after[: len(before)] == before, "nothing that was done is undone or moved"
    entry = (
        history_of(action, action.subject(), actor=city.actor("coordination"))
        .filter(kind="plan.action", verb="report")
        .last()
    )
    assert entry is not None
    assert entry.actor_name == pseudonym(number)
    assert (
        entry.changes["news"][1]["fr"] == f"Vu par {pseudonym(number)}" or "l’a dit" in entry.changes["news"][1]["fr"]
    )
    person.refresh_from_db()
    assert (person.name, person.email, person.title, person.organisation) == (
        pseudonym(number), "", Text(), city.units["roads"],
    )  # fmt: skip
    contribution = Contribution.objects.get(action=action)
    assert contribution.reported_by == person
    comments = list(Comment.objects.order_by("id"))
    assert [c.author.name for c in comments] == [pseudonym(number), "Head"]
    assert comments[0].text == f"je resigne {pseudonym(number)}"
    assert comments[1].text == f"@{pseudonym(number)} : d’accord"
    action.refresh_from_db()
    assert action.internal_notes == f"voir avec {pseudonym(number)} (•••)"


def test_the_trail_says_who_erased_whom_and_why(city: City) -> None:
    person = fill(city)
    leave(city)
    number = erase(city).number
    entry = AuditEntry.objects.get(kind="core.person", verb="erase", record_id=person.pk)
    assert (entry.actor_name, entry.reason) == ("Coordination", "à sa demande")
    assert entry.label["fr"] == pseudonym(number)
    created = AuditEntry.objects.get(kind="core.person", verb="create", record_id=person.pk)
    assert created.changes["name"] == [None, pseudonym(number)]
    assert created.changes["organisation"][1]["id"] == city.units["roads"].pk


def test_the_account_is_closed_for_good(city: City) -> None:
    person = fill(city)
    leave(city)
    erase(city)
    user = User.objects.get(pk=person.user_id)
    assert not user.is_active
    assert not user.has_usable_password()
    assert user.email.endswith("@erased.invalid")
    assert Session.objects.count() == 0


def test_others_keep_their_names(city: City) -> None:
    records.update(
        city.people["head"], {"name": "Hélène Vandenbroecke", "email": "helene.v@ville.example"}, actor=SYSTEM
    )
    fill(city)
    leave(city)
    erase(city)
    head = Person.objects.get(pk=city.people["head"].pk)
    assert (head.name, head.email) == ("Hélène Vandenbroecke", "helene.v@ville.example")
    assert Person.objects.filter(name="Coordination").exists()


def test_a_name_that_somebody_else_bears_stays_theirs(city: City) -> None:
    fill(city)
    records.update(city.people["head"], {"name": NAME}, actor=SYSTEM)
    leave(city)
    assert foresee(Person.objects.get(pk=city.people["owner"].pk), actor=city.actor("coordination")).shared
    number = erase(city).number
    assert Person.objects.get(pk=city.people["head"].pk).name == NAME
    assert Person.objects.get(pk=city.people["owner"].pk).name == pseudonym(number)
    entry = AuditEntry.objects.filter(kind="plan.step", changes__has_key="assignee").latest("id")
    assert entry.changes["assignee"][1]["label"] == pseudonym(number), "references go by key, not by name"
    assert traces((EMAIL,)) == {}


# ---- Rights and order ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["head", "contributor", "reader", "body_manager", "specialist"])
def test_the_coordination_alone_erases(city: City, who: str) -> None:
    leave(city)
    with pytest.raises(Refused):
        erase(city, actor=who)


def test_a_bodys_manager_asks_the_coordination_above(city: City) -> None:
    leave(city, "body_owner")
    with pytest.raises(Refused):
        erase(city, "body_owner", actor="body_manager")
    assert erase(city, "body_owner").number == 1


def test_nobody_in_post_is_erased(city: City) -> None:
    with pytest.raises(ValidationError):
        erase(city)
    leave(city)
    with pytest.raises(ValidationError):
        erase(city, today=TODAY)
    with pytest.raises(ValidationError):
        erase_person(
            Person.objects.get(pk=city.people["owner"].pk), actor=city.actor("coordination"), reason=" ", today=LATER
        )


def test_nobody_is_erased_twice_and_numbers_follow_each_other(city: City) -> None:
    leave(city)
    leave(city, "contributor")
    assert (erase(city).number, erase(city, "contributor").number) == (1, 2)
    with pytest.raises(ValidationError):
        erase(city)


def test_a_fault_half_way_erases_nothing(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(city)
    leave(city)

    def fails(*_args: Any, **_more: Any) -> int:
        raise RuntimeError("the power went")

    before = everything()
    monkeypatch.setattr("senne.core.privacy.erasing.rewrite_trail", fails)
    with pytest.raises(RuntimeError):
        erase(city)
    assert everything() == before


# ---- The trail's guard --------------------------------------------------------------------------------------------


def test_the_trail_is_closed_again_afterwards(city: City) -> None:
    leave(city)
    erase(city)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry._base_manager.update(actor_name="x")


def while_one_is_under_way(city: City, statement: str) -> None:
    """Do this to the trail inside an erasure that is not finished."""
    with transaction.atomic(), connection.cursor() as cursor:
        Erasure.objects.create(number=7, person=city.people["owner"])
        cursor.execute(statement)


@pytest.mark.parametrize("change", ["verb = 'x'", "kind = 'x'", "record_id = 1", "root_id = 1", "at = '2020-01-01'"])
def test_even_while_it_is_open_deeds_stay_what_they_were(city: City, change: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        while_one_is_under_way(city, f"UPDATE core_auditentry SET {change}")  # noqa: S608


def test_while_it_is_open_nothing_can_be_taken_away(city: City) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        while_one_is_under_way(city, "DELETE FROM core_auditentry")


def test_a_finished_erasure_is_not_opened_again(city: City) -> None:
    leave(city)
    erase(city)
    with pytest.raises(DatabaseError, match="not opened again"), transaction.atomic():
        Erasure.objects.update(finished_at=None)


# ---- What was published -------------------------------------------------------------------------------------------


def freeze(city: City) -> Snapshot:
    label = freezing.Label("version", words("Version"), True)
    return freezing.freeze(city.plan, label, TODAY, actor=city.actor("coordination"))


def test_a_frozen_plan_names_nobody_but_public_sponsors(city: City) -> None:
    records.update(city.people["coordination"], {"name": "Coralie Coordonne"}, actor=SYSTEM)
    for name in ("roads_public", "roads_internal"):
        action = Action.objects.get(pk=city.actions[name].pk)
        records.update(
            action, {"sponsor": city.people["specialist"], "internal_notes": "Coralie Coordonne"}, actor=SYSTEM
        )
    records.update(city.people["specialist"], {"name": "Éva Échevine"}, actor=SYSTEM)
    freeze(city)
    tables = everything()
    assert "Coralie" not in tables["plan_snapshot"] + tables["plan_snapshotpart"]
    assert tables["plan_snapshotpart"].count("Éva Échevine") == 1, "of the public action alone"


def test_the_erasure_says_where_a_frozen_name_stays(city: City) -> None:
    """As sponsor of the public action, and in what was written about the internal one."""
    fill(city)
    action = Action.objects.get(pk=city.actions["roads_public"].pk)
    records.update(action, {"sponsor": city.people["owner"]}, actor=SYSTEM)
    freeze(city)
    leave(city)
    assert foresee(city.people["owner"], actor=city.actor("coordination")).frozen == 2
    erasure = erase(city)
    assert erasure.remains == {"plan.snapshotpart": 2}
    assert set(traces()) == {"plan_snapshotpart"}
    assert freezing.faults_of(Snapshot.objects.get()) == []


# ---- Mails in a folder, and asking for it -------------------------------------------------------------------------


def test_mails_in_the_folder_go_too(city: City, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_FILE_PATH = tmp_path
    for to in (EMAIL, "autre@ville.example"):
        FolderBackend().send_messages([EmailMessage("x", "y", "senne@ville.example", [to])])
    fill(city)
    leave(city)
    erase(city)
    assert len(list(tmp_path.glob("*.eml"))) == 1
    assert EMAIL.encode() not in next(tmp_path.glob("*.eml")).read_bytes()


def test_a_person_asks_and_the_erasure_settles_it(city: City) -> None:
    fill(city)
    request = ask_for_erasure("je pars", actor=city.actor("owner"), today=TODAY)
    assert (request.asked, request.due_on) == (None, TODAY + timedelta(days=30))
    with pytest.raises(ValidationError):
        ask_for_erasure("encore", actor=city.actor("owner"), today=TODAY)
    leave(city)
    erase(city)
    request.refresh_from_db()
    assert request.state == Request.State.DONE
    assert traces() == {}


def test_what_would_go_is_told_before(city: City) -> None:
    person = fill(city)
    fates = foresee(person, actor=city.actor("coordination"))
    models = {held.model: n for held, n in fates.rows}
    assert models["account.emailaddress"] == 1
    assert models["mailing.mail"] == 1
    assert fates.texts > 5
    with pytest.raises(Refused):
        foresee(person, actor=city.actor("head"))
