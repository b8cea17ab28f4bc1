"""What people give of themselves goes when the privacy page says so, and the audit trail keeps no copy."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from senne.core import people, retention
from senne.core.actors import SYSTEM
from senne.core.chores import ask_for_chores, chores, do_chores
from senne.core.feedback import answer_feedback, receive_feedback
from senne.core.mailing import post as postman
from senne.core.models import AuditEntry, Feedback, User
from senne.core.policy import VISITOR
from tests.city import City

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Brussels"))
SECRETS = ("Jeanne Dupont", "jeanne@example.org", "le trou devant ma porte", "nous le bouchons")


def a_message(city: City, **changes: object) -> Feedback:
    values = {"name": SECRETS[0], "email": SECRETS[1], "message": SECRETS[2], "language": "fr"}
    return receive_feedback({**values, **changes}, actor=VISITOR)


def close(city: City, feedback: Feedback, on: date) -> None:
    values = {"state": "answered", "answer": SECRETS[3]}
    answer_feedback(feedback, values, actor=city.actor("coordination"), today=on)


def told(feedback: Feedback) -> str:
    entries = AuditEntry.objects.filter(kind="core.feedback", record_id=feedback.pk)
    return json.dumps(list(entries.values("label", "changes", "reason", "actor_name")), ensure_ascii=False)


def test_a_closed_matter_is_erased_the_day_after(city: City) -> None:
    feedback = a_message(city)
    close(city, feedback, DAY)
    assert retention.erase_feedback(DAY, actor=SYSTEM) == 0
    assert retention.erase_feedback(DAY + timedelta(days=1), actor=SYSTEM) == 1
    feedback.refresh_from_db()
    assert (feedback.name, feedback.email, feedback.message, feedback.answer) == ("", "", "", "")
    assert (feedback.state, feedback.erased_on) == ("answered", DAY + timedelta(days=1))
    assert retention.erase_feedback(DAY + timedelta(days=1), actor=SYSTEM) == 0


def test_an_open_matter_stays_and_one_of_two_years_goes(city: City) -> None:
    feedback = a_message(city, state="new")
    Feedback.objects.filter(pk=feedback.pk).update(created_at=NOON)
    assert retention.erase_feedback(DAY + timedelta(days=729), actor=SYSTEM) == 0
    assert retention.erase_feedback(DAY + timedelta(days=731), actor=SYSTEM) == 1
    feedback.refresh_from_db()
    assert (feedback.message, feedback.state) == ("", "closed")


def test_a_matter_taken_up_again_is_not_erased(city: City) -> None:
    feedback = a_message(city)
    close(city, feedback, DAY)
    answer_feedback(feedback, {"state": "in_hand"}, actor=city.actor("coordination"), today=DAY)
    assert retention.erase_feedback(DAY + timedelta(days=30), actor=SYSTEM) == 0


def test_the_trail_says_what_was_done_and_nothing_of_what_was_written(city: City) -> None:
    feedback = a_message(city)
    close(city, feedback, DAY)
    retention.erase_feedback(DAY + timedelta(days=1), actor=SYSTEM)
    text = told(feedback)
    assert not [secret for secret in SECRETS if secret in text]
    verbs = list(AuditEntry.objects.filter(kind="core.feedback").order_by("id").values_list("verb", flat=True))
    assert verbs == ["create", "update", "erase"]
    erased = AuditEntry.objects.filter(kind="core.feedback", verb="erase").get().changes
    assert erased["email"] == ["•••", ""]


def test_the_account_of_somebody_whose_last_day_came_closes(city: City) -> None:
    person = city.people["head"]
    user = User.objects.create_user("head@example.org", "a long enough password")
    people.change_person(person, {"user": user}, actor=SYSTEM)
    people.leave(person, DAY, actor=SYSTEM, today=DAY - timedelta(days=10))
    assert User.objects.get(pk=user.pk).is_active
    assert do_chores(NOON)["accounts closed"] == 0
    assert do_chores(NOON + timedelta(days=1))["accounts closed"] == 1
    assert not User.objects.get(pk=user.pk).is_active


def test_old_sessions_and_task_results_go(city: City) -> None:
    Session.objects.create(session_key="old", session_data="x", expire_date=NOON - timedelta(seconds=1))
    Session.objects.create(session_key="new", session_data="x", expire_date=NOON + timedelta(seconds=1))
    done = do_chores(NOON)
    assert done["sessions forgotten"] == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_a_chore_that_fails_keeps_no_other_from_being_done(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    Session.objects.create(session_key="old", session_data="x", expire_date=NOON - timedelta(seconds=1))

    def fails(now: datetime) -> int:
        raise OSError("the disk is full")

    monkeypatch.setattr(postman, "send_waiting", fails)
    with pytest.raises(ExceptionGroup) as raised:
        do_chores(NOON)
    assert [str(fault) for fault in raised.value.exceptions] == ["the disk is full"]
    assert raised.value.exceptions[0].__notes__ == ["chore: post"]
    assert not Session.objects.exists()


def test_mails_in_the_folder_go_after_thirty_days(city: City, settings: object, tmp_path: object) -> None:
    import os
    from pathlib import Path

    folder = Path(str(tmp_path))
    settings.EMAIL_FILE_PATH = folder  # type: ignore[attr-defined]
    for name, age in (("old.eml", 31), ("new.eml", 29), ("half.part", 31)):
        (folder / name).write_text("mail")
        stamp = (NOON - timedelta(days=age)).timestamp()
        os.utime(folder / name, (stamp, stamp))
    assert retention.empty_outbox(NOON) == 2
    assert [file.name for file in folder.iterdir()] == ["new.eml"]


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_the_chores_that_tick_asks_for(city: City) -> None:
    feedback = a_message(city)
    close(city, feedback, date(2020, 1, 1))
    call_command("tick")
    assert not ask_for_chores(timezone.now()), "they wait in the queue already"
    call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0", verbosity=0)
    feedback.refresh_from_db()
    assert feedback.message == ""
    result = DBTaskResult.objects.get(task_path=chores.module_path)
    assert result.status == "SUCCESSFUL"


def test_the_chores_may_be_done_here_and_now(city: City) -> None:
    out = StringIO()
    call_command("tick", "--now", stdout=out)
    assert "0 messages erased" in out.getvalue()


def test_every_model_says_how_long_it_is_kept() -> None:
    libraries = {"sessions", "account", "mfa", "socialaccount", "django_tasks_database"}
    labels = {
        model._meta.label_lower
        for model in apps.get_models()
        if model.__module__.startswith("senne.") or model._meta.app_label in libraries
    }
    configured_by_environment = {"socialaccount.socialapp", "socialaccount.socialtoken"}
    assert labels - configured_by_environment == set(retention.RULES)
