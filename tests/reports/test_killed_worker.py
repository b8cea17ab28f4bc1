"""A real worker, killed in the middle of a real report: the next one makes it, once, and tells once."""

from __future__ import annotations

import signal

import pytest

from tests.killing import Store, store, until

__all__ = ["store"]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
ASK = """
import django; django.setup()
from datetime import date
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
from bench import city
from senne.core import people
from senne.core.actors import SYSTEM, actor_of_person
from senne.core.models import Organisation, User
from senne.core.policy import Role
from senne.reports import jobs
from senne.reports.orders import Order
plan = city.build(60)
unit = Organisation.objects.get(code="city")
person = people.add_person({"name": "Ann", "organisation": unit, "email": "ann@example.org"}, actor=SYSTEM)
people.give_role(person, Role.HEAD, unit, actor=SYSTEM, since=date(2020, 1, 1))
people.change_person(person, {"user": User.objects.create_user("ann@example.org", "x")}, actor=SYSTEM)
print(jobs.ask(Order(plan, "yearly", "pdf", "fr"), actor_of_person(person), timezone.now()).uuid)
"""
ASK_AGAIN = """
import django; django.setup()
from senne.reports import jobs
from senne.reports.models import ReportJob
job = ReportJob.objects.get()
jobs.run_report.enqueue(str(job.uuid)); jobs.look_after.enqueue(str(job.uuid))
"""


READY = "SELECT id FROM mailing_notice WHERE kind = 'ready'"


def test_a_killed_worker_loses_nothing_and_nothing_is_made_or_told_twice(store: Store) -> None:
    store.python(ASK)
    for attempt in (1, 2):
        worker = store.worker()
        asked = f"SELECT 1 FROM reports_reportjob WHERE state = 'working' AND attempt = {attempt} AND progress > 100"
        assert until(lambda asked=asked: store.ask(asked)), "it is in the middle of the work"
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        assert store.ask("SELECT state, file_id FROM reports_reportjob") == [("working", None)]
        store.time_passes()
    assert store.worker("--batch").wait(timeout=100) == 0
    [(state, attempt, file)] = store.ask("SELECT state, attempt, file_id FROM reports_reportjob")
    assert (state, attempt) == ("ready", 3)
    [(number, sha256, size)] = store.ask("SELECT id, sha256, size FROM core_storedfile")
    content = (store.folder / "files" / sha256[:2] / sha256).read_bytes()
    assert number == file
    assert content.startswith(b"%PDF")
    assert content.rstrip().endswith(b"%%EOF")
    assert len(content) == size
    assert len(store.ask(READY)) == 1

    store.time_passes()
    store.python(ASK_AGAIN)
    assert store.worker("--batch").wait(timeout=100) == 0
    assert store.ask("SELECT state, attempt, file_id FROM reports_reportjob") == [("ready", 3, file)]
    assert len(store.ask(READY)) == 1
    assert len(store.ask("SELECT id FROM core_storedfile")) == 1
