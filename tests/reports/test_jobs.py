"""Reports in the background: taken up once, alive while they beat, stopped on demand, told once, kept for a while."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import docx
import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import activate
from django_tasks_db.models import DBTaskResult

from senne.core import files, people, records
from senne.core.actors import SYSTEM
from senne.core.chores import do_chores
from senne.core.mailing import notices, post
from senne.core.mailing.models import Mail
from senne.core.models import StoredFile
from senne.core.policy import VISITOR, Actor
from senne.core.text import Text
from senne.plan.api import Snapshot, do, freezing
from senne.reports import jobs, making, public
from senne.reports.models import ReportJob
from senne.reports.orders import NotThere, Order
from senne.reports.writers import pdf
from tests.city import TODAY, City, add_contact, make_indicator

NOW = timezone.make_aware(datetime(2026, 11, 24, 12, 0))


def clock() -> datetime:
    return NOW


def person(city: City, name: str, client: Any) -> Actor:
    """The person with an account."""
    city.login(name, client)
    return city.actor(name)


@pytest.fixture
def head(city: City, client: Any) -> Actor:
    return person(city, "head", client)


def order(city: City, **values: Any) -> Order:
    return replace(Order(city.plan, "yearly", "docx", "nl"), **values)


def text_of(job: ReportJob) -> str:
    """All that stands in the (text) document of a job."""
    job.refresh_from_db()
    assert job.file is not None
    document = docx.Document(io.BytesIO(files.read_file(job.file)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def freeze(city: City, public: bool = True, day: Any = TODAY, name: str = "Ronde") -> Snapshot:
    return freezing.freeze(city.plan, freezing.Label("round", Text(fr=name), public=public), day, actor=SYSTEM)


def test_a_report_is_made_in_its_language_with_what_its_reader_sees(city: City, head: Actor) -> None:
    job = jobs.ask(order(city), head, NOW)
    assert (job.state, job.percent) == ("waiting", 0)
    activate("en")
    assert jobs.run(str(job.uuid), clock) == "ready"
    said = text_of(job)
    assert "Jaarverslag" in said
    assert "roads internal (nl)" in said
    assert "secret note" not in said
    assert (job.percent, job.file.name) == (100, "climate-jaarverslag-2026-11-24-nl.docx")


def test_a_public_report_shows_what_is_public(city: City) -> None:
    job = jobs.ask_for_public(order(city, snapshot=freeze(city)), NOW)
    assert job is not None
    jobs.run(str(job.uuid), clock)
    assert "roads public (nl)" in text_of(job)
    assert "roads internal" not in text_of(job)


def test_the_same_wish_twice_is_one_job_until_it_is_done(city: City, head: Actor) -> None:
    first = jobs.ask(order(city), head, NOW)
    assert jobs.ask(order(city), head, NOW) == first
    assert jobs.ask(order(city, language="fr"), head, NOW) != first
    jobs.run(str(first.uuid), clock)
    assert jobs.ask(order(city), head, NOW) != first


def test_two_workers_never_make_the_same_report(city: City, head: Actor) -> None:
    job = jobs.ask(order(city), head, NOW)
    assert jobs.claim(str(job.uuid), NOW) is not None
    assert jobs.claim(str(job.uuid), NOW + timedelta(minutes=1)) is None
    assert jobs.run(str(job.uuid), clock) == "not mine"


def test_a_worker_that_died_leaves_its_job_to_the_next_and_writes_nothing_more(city: City, head: Actor) -> None:
    uuid = str(jobs.ask(order(city), head, NOW).uuid)
    dead = jobs.claim(uuid, NOW)
    later = NOW + jobs.STALE + timedelta(seconds=1)
    assert jobs.take_up_again(NOW + timedelta(minutes=1)) == 0
    assert jobs.take_up_again(later) == 1
    alive = jobs.claim(uuid, later)
    assert dead is not None
    assert alive is not None
    assert (dead.attempt, alive.attempt) == (1, 2)
    with pytest.raises(jobs.Stopped):
        jobs.finish(dead, b"from the grave", later)
    jobs.fail(dead, "broken", later)
    jobs.finish(alive, b"the report", later)
    job = ReportJob.objects.get(uuid=uuid)
    assert job.state == "ready"
    assert job.file is not None
    assert files.read_file(job.file) == b"the report"
    assert not StoredFile.objects.filter(size=len(b"from the grave")).exists()
    with pytest.raises(jobs.Stopped):
        jobs.finish(alive, b"again", later)


def test_a_job_that_always_kills_its_worker_is_given_up(city: City, head: Actor) -> None:
    uuid = str(jobs.ask(order(city), head, NOW).uuid)
    moment = NOW
    for _attempt in range(jobs.MOST_ATTEMPTS):
        assert jobs.claim(uuid, moment) is not None
        moment += jobs.STALE + timedelta(seconds=1)
    assert jobs.take_up_again(moment) == 0
    job = ReportJob.objects.get(uuid=uuid)
    assert (job.state, job.problem) == ("failed", "gave_up")


def test_the_pulse_says_how_far_it_is_and_never_goes_back(city: City, head: Actor, monkeypatch: Any) -> None:
    monkeypatch.setattr(jobs, "BETWEEN_BEATS", 0)
    job = jobs.claim(str(jobs.ask(order(city), head, NOW).uuid), NOW)
    assert job is not None
    pulse, seen = jobs._Pulse(job, clock), []
    for share in (0.1, 0.5, 0.3, 1.0):
        pulse(share)
        job.refresh_from_db()
        seen.append(job.percent)
    assert seen == [10, 50, 50, 99], "100 is for what is ready"


def test_a_cancelled_report_stops_at_the_next_beat_and_leaves_no_file(
    city: City, head: Actor, monkeypatch: Any
) -> None:
    monkeypatch.setattr(jobs, "BETWEEN_BEATS", 0)
    job = jobs.ask(order(city), head, NOW)
    make: Callable[..., bytes] = making.make

    def cancelled_meanwhile(wanted: Order, actor: Actor, day: Any, progress: Any) -> bytes:
        jobs.cancel(job, head, NOW)
        return make(wanted, actor, day, progress)

    monkeypatch.setattr(making, "make", cancelled_meanwhile)
    assert jobs.run(str(job.uuid), clock) == "stopped"
    job.refresh_from_db()
    assert (job.state, job.file) == ("cancelled", None)
    assert not jobs.cancel(job, head, NOW), "nothing left to stop"


def test_only_who_asked_may_stop_it(city: City, head: Actor, client: Any) -> None:
    job = jobs.ask(order(city), head, NOW)
    for name in ("reader", "coordination", "body_manager"):
        with pytest.raises(NotThere):
            jobs.cancel(job, person(city, name, client), NOW)
    with pytest.raises(NotThere):
        jobs.cancel(job, VISITOR, NOW)


@pytest.mark.parametrize(
    ("error", "problem"),
    [(pdf.PdfUnavailable("no pango"), "no_pdf"), (NotThere("x"), "not_there"), (ZeroDivisionError(), "broken")],
)
def test_what_goes_wrong_is_said_on_the_job(
    city: City, head: Actor, monkeypatch: Any, error: Exception, problem: str
) -> None:
    def fails(*_args: Any) -> bytes:
        raise error

    monkeypatch.setattr(making, "make", fails)
    job = jobs.ask(order(city), head, NOW)
    assert jobs.run(str(job.uuid), clock) == "failed"
    job.refresh_from_db()
    assert (job.state, job.problem) == ("failed", problem)


def test_who_lost_their_role_meanwhile_gets_nothing(city: City, head: Actor) -> None:
    job = jobs.ask(order(city), head, NOW)
    for role in city.people["head"].roles.all():
        people.end_role(role, timezone.localdate(), actor=SYSTEM)
    assert jobs.run(str(job.uuid), clock) == "failed"
    job.refresh_from_db()
    assert job.problem == "not_there"


# ---- Telling ------------------------------------------------------------------------------------------------------


def test_who_asked_is_told_once_in_their_language(city: City, head: Actor) -> None:
    records.update(city.people["head"], {"language": "nl"}, actor=SYSTEM)
    records.update(city.people["head"], {"email": "head@example.org"}, actor=SYSTEM)
    job = jobs.ask(order(city, language="fr"), head, NOW)
    jobs.run(str(job.uuid), clock)
    notices.gather(NOW)
    notices.gather(NOW + timedelta(hours=1))
    post.send_waiting(NOW + timedelta(hours=1))
    [mail] = Mail.objects.all()
    assert mail.to == "head@example.org"
    assert "Jaarverslag, Plan CLIMATE (nl) (Word)" in mail.text
    assert f"/nl/reports/jobs/{job.uuid}/" in mail.text
    assert "Bewaard tot 21 februari 2027" in mail.text


def test_nobody_is_told_of_what_failed_or_is_public(city: City, head: Actor, monkeypatch: Any) -> None:
    job = jobs.ask_for_public(order(city, snapshot=freeze(city)), NOW)
    assert job is not None
    jobs.run(str(job.uuid), clock)
    monkeypatch.setattr(making, "make", lambda *_args: 1 / 0)
    jobs.run(str(jobs.ask(order(city), head, NOW).uuid), clock)
    assert notices.gather(NOW) == 0


# ---- Whose it is --------------------------------------------------------------------------------------------------


def test_a_file_is_there_for_those_who_see_as_much(city: City, head: Actor, client: Any) -> None:
    job = jobs.ask(order(city), head, NOW)
    jobs.run(str(job.uuid), clock)
    may = {
        name
        for name in ("coordination", "reader", "other_head", "body_manager", "body_owner")
        if _has(city, name, job, client)
    }
    assert may == {"coordination", "reader", "other_head"}
    with pytest.raises(NotThere):
        jobs.job_for(VISITOR, str(job.uuid))


def _has(city: City, name: str, job: ReportJob, client: Any) -> bool:
    try:
        jobs.job_for(person(city, name, client), str(job.uuid))
    except NotThere:
        return False
    return True


def test_what_a_contact_sees_is_theirs_alone(city: City, client: Any) -> None:
    """The owner of roads is contributor of one internal action of the welfare centre."""
    add_contact(city.actions["welfare_internal"], city.people["owner"], "contributor")
    owner = person(city, "owner", client)
    job = jobs.ask(order(city, plan=city.body_plan), owner, NOW)
    jobs.run(str(job.uuid), clock)
    assert "welfare internal" in text_of(job)
    assert jobs.job_for(owner, str(job.uuid)) == job
    assert not _has(city, "head", job, client)


def test_what_somebody_sees_because_they_give_its_figures_is_theirs_alone(city: City, client: Any) -> None:
    """An internal indicator of the welfare centre, whose figures somebody of the roads gives."""
    kept = make_indicator(city, "kept", "welfare", "internal", keeper=city.people["owner"])
    do.tie_indicator(city.objective, kept, actor=SYSTEM)
    owner = person(city, "owner", client)
    job = jobs.ask(order(city), owner, NOW)
    jobs.run(str(job.uuid), clock)
    assert "Indicateur kept" in text_of(job)
    assert jobs.job_for(owner, str(job.uuid)) == job
    assert not _has(city, "head", job, client)


# ---- Keeping ------------------------------------------------------------------------------------------------------


def test_files_go_after_ninety_days_with_their_bytes(city: City, head: Actor) -> None:
    job = jobs.ask(order(city), head, NOW)
    jobs.run(str(job.uuid), clock)
    job.refresh_from_db()
    assert job.file is not None
    path = files.path_of(job.file.sha256)
    assert jobs.remove_old(NOW + timedelta(days=89)) == 0
    assert path.exists()
    do_chores(NOW + timedelta(days=91))
    assert not ReportJob.objects.exists()
    assert not StoredFile.objects.filter(sha256=job.file.sha256).exists()


def test_bytes_that_something_else_keeps_stay(city: City, head: Actor, monkeypatch: Any) -> None:
    monkeypatch.setattr(making, "make", lambda *_args: b"the same")
    first, second = jobs.ask(order(city), head, NOW), jobs.ask(order(city, language="fr"), head, NOW)
    for job in (first, second):
        jobs.run(str(job.uuid), clock)
        job.refresh_from_db()
    assert first.file == second.file
    jobs.remove(first)
    assert second.file is not None
    assert files.read_file(second.file) == b"the same"


def test_public_reports_stay_and_failed_ones_go_after_a_week(city: City, head: Actor, monkeypatch: Any) -> None:
    kept = jobs.ask_for_public(order(city, snapshot=freeze(city)), NOW)
    assert kept is not None
    jobs.run(str(kept.uuid), clock)
    monkeypatch.setattr(making, "make", lambda *_args: 1 / 0)
    failed = jobs.ask(order(city), head, NOW)
    jobs.run(str(failed.uuid), clock)
    jobs.remove_old(NOW + timedelta(days=6))
    assert ReportJob.objects.filter(pk=failed.pk).exists()
    jobs.remove_old(NOW + timedelta(days=200))
    assert list(ReportJob.objects.all()) == [kept]


# ---- Ready for everybody ------------------------------------------------------------------------------------------


def run_all() -> None:
    for job in ReportJob.objects.filter(state="waiting"):
        jobs.run(str(job.uuid), clock)


@pytest.fixture
def quick(monkeypatch: Any) -> None:
    """Reports that cost nothing: their order in words."""
    monkeypatch.setattr(making, "make", lambda order, actor, day, progress: f"{order}{actor.name}".encode())


def test_each_public_snapshot_gets_its_yearly_report_in_three_languages(city: City, quick: None) -> None:
    freeze(city, public=False)
    snapshot = freeze(city)
    assert public.prepare_public(NOW) == 3
    assert public.prepare_public(NOW) == 0, "they wait already"
    run_all()
    assert public.prepare_public(NOW) == 0
    assert [(job.snapshot, job.language) for job in public.ready(city.plan)] == [
        (snapshot, code) for code in ("fr", "nl", "en")
    ]


def test_taking_a_snapshot_asks_for_them(city: City) -> None:
    DBTaskResult.objects.all().delete()
    freeze(city)
    assert DBTaskResult.objects.filter(task_path=public.prepare.module_path).exists()


def test_a_later_snapshot_is_compared_with_the_one_before(city: City, quick: None) -> None:
    first = freeze(city, day=TODAY - timedelta(days=200))
    second = freeze(city)
    public.prepare_public(NOW)
    assert {(job.snapshot, job.since) for job in ReportJob.objects.all()} == {(first, None), (second, first)}


def test_a_new_face_of_the_city_makes_them_anew(city: City, quick: None, monkeypatch: Any) -> None:
    freeze(city)
    public.prepare_public(NOW)
    run_all()
    old = {job.pk for job in public.ready(city.plan)}
    for module in (jobs, public):
        monkeypatch.setattr(module, "fingerprint", lambda: "new")
    assert public.prepare_public(NOW) == 3
    assert {job.pk for job in public.ready(city.plan)} == old, "the old ones serve meanwhile"
    run_all()
    public.prepare_public(NOW)
    assert ReportJob.objects.count() == 3
    assert not old & {job.pk for job in public.ready(city.plan)}


def test_a_corrected_snapshot_gives_way_to_its_correction(city: City, quick: None) -> None:
    first = freeze(city)
    label = freezing.Label("round", Text(fr="Ronde"), public=True, reason="A sum was wrong", corrects=first)
    second = freezing.freeze(city.plan, label, TODAY, actor=SYSTEM)
    public.prepare_public(NOW)
    run_all()
    assert {job.snapshot for job in public.ready(city.plan)} == {second}


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_what_is_asked_for(city: City, client: Any) -> None:
    head = person(city, "head", client)
    job = jobs.ask(order(city), head, timezone.now())
    do.report(city.actions["roads_public"], {"status": "done"}, actor=SYSTEM, today=TODAY)
    call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0", verbosity=0)
    job.refresh_from_db()
    assert job.state == "ready"
