"""Reports in the background: asked for, taken up by a worker, alive as long as they beat, finished once, kept for a while.

A worker that is killed leaves a job that beats no more; the next look takes it up again (STALE), a few times at most. Who
finishes is who took it up last: each attempt has a number, and nothing is written by an attempt that is not the present
one. So a report is finished once, and told once, whatever is killed when.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from senne.core import files
from senne.core.actors import actor_of
from senne.core.models import User
from senne.core.policy import VISITOR, Actor
from senne.indicators import api as indicators
from senne.plan.api import queries
from senne.reports import making, telling
from senne.reports.brand import fingerprint, load_brand
from senne.reports.models import ReportJob
from senne.reports.orders import NotThere, Order
from senne.reports.rights import can_cancel, can_have
from senne.reports.writers.pdf import PdfUnavailable

log = logging.getLogger(__name__)
STALE = timedelta(minutes=3)
LOOK_EVERY = timedelta(minutes=2)
MOST_ATTEMPTS = 3
KEPT = timedelta(days=90)
KEPT_UNFINISHED = timedelta(days=7)
PUBLIC_AGAIN = timedelta(days=1)
BETWEEN_BEATS = 1.0
BEHIND_OTHERS = -10
State = ReportJob.State
OPEN = (State.WAITING, State.WORKING)


class Stopped(Exception):
    """The job was cancelled, or another attempt has taken it up."""


# ---- Asking -------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask(order: Order, actor: Actor, now: datetime) -> ReportJob:
    """A report for the actor, made in the background; the same one again while it is not finished."""
    values = {
        "plan": order.plan, "kind": order.kind, "format": order.format, "language": order.language,
        "snapshot": order.snapshot, "since": order.since, "organisation": order.organisation,
        "requested_by_id": actor.user_id,
    }  # fmt: skip
    grants = [[grant.role.value, grant.path, grant.house, grant.register] for grant in actor.grants]
    if same := ReportJob.objects.filter(**values, grants=grants, state__in=OPEN).first():
        return same
    job = ReportJob.objects.create(**values, grants=grants, personal=_reads_as_contact(actor), requested_at=now)
    _queue(job)
    return job


def ask_for_public(order: Order, now: datetime) -> ReportJob | None:
    """A report as visitors see it; None where it is asked for already."""
    values = {"plan": order.plan, "kind": order.kind, "format": order.format, "language": order.language}
    with contextlib.suppress(IntegrityError), transaction.atomic():
        job = ReportJob.objects.create(
            **values, snapshot=order.snapshot, since=order.since, public=True, face=fingerprint(), requested_at=now
        )
        _queue(job)
        return job
    return None


def _queue(job: ReportJob) -> None:
    run_report.using(priority=BEHIND_OTHERS).enqueue(str(job.uuid))
    look_after.using(run_after=timezone.now() + LOOK_EVERY).enqueue(str(job.uuid))


def _reads_as_contact(actor: Actor) -> bool:
    """Whether the actor sees a record as a contact alone, which others with the same roles don't."""
    without = Actor(actor.user_id, None, actor.name, actor.language, actor.grants)
    seen = (queries.actions, queries.objectives, indicators.queries.indicators)
    return any(found(actor).count() != found(without).count() for found in seen)


def jobs_for(actor: Actor) -> QuerySet[ReportJob]:
    """The actor's own reports, the latest first."""
    found = ReportJob.objects.filter(requested_by_id=actor.user_id or 0, public=False)
    return found.select_related("plan", "snapshot", "since", "file")


def job_for(actor: Actor, uuid: str) -> ReportJob:
    """The job, for whoever may have its file. Raises NotThere."""
    job = ReportJob.objects.filter(uuid=uuid).select_related("plan", "snapshot", "since", "file").first()
    if job is None or not can_have(actor, job.made()):
        raise NotThere(uuid)
    return job


def cancel(job: ReportJob, actor: Actor, now: datetime) -> bool:
    """Stop it; the worker lets go of it at its next beat. Returns whether there was anything to stop."""
    if not can_cancel(actor, job.made()):
        raise NotThere(str(job.uuid))
    mine = ReportJob.objects.filter(pk=job.pk, state__in=OPEN)
    return bool(mine.update(state=State.CANCELLED, finished_at=now))


# ---- Making -------------------------------------------------------------------------------------------------------


@task()
def run_report(uuid: str) -> str:
    """Take the job up and make it; the state that it ends in."""
    return run(uuid, timezone.now)


@task()
def look_after(uuid: str) -> str:
    """Some minutes later: take it up again if its worker died, and look again as long as it is not finished."""
    now = timezone.now()
    take_up_again(now, uuid=uuid)
    job = ReportJob.objects.filter(uuid=uuid).first()
    if job is None:
        return ""
    if job.is_open:
        look_after.using(run_after=now + LOOK_EVERY).enqueue(uuid)
    return str(job.state)


def run(uuid: str, clock: Callable[[], datetime]) -> str:
    """Claim, make, finish. Whatever goes wrong is said on the job; nothing is raised."""
    job = claim(uuid, clock())
    if job is None:
        return "not mine"
    try:
        content = making.make(_order(job), _reader(job), timezone.localdate(clock()), _Pulse(job, clock))
        finish(job, content, clock())
    except Stopped:
        return "stopped"
    except PdfUnavailable:
        fail(job, "no_pdf", clock())
    except NotThere:
        fail(job, "not_there", clock())
    except Exception:
        log.exception("report %s failed", job)
        fail(job, "broken", clock())
    job.refresh_from_db()
    return str(job.state)


def claim(uuid: str, now: datetime) -> ReportJob | None:
    """The job as this attempt's own; None where it is finished, cancelled, or alive in another worker."""
    free = Q(state=State.WAITING) | Q(state=State.WORKING, heartbeat__lt=now - STALE)
    mine = ReportJob.objects.filter(free, uuid=uuid, attempt__lt=MOST_ATTEMPTS)
    if not mine.update(state=State.WORKING, attempt=F("attempt") + 1, heartbeat=now, progress=0):
        return None
    return ReportJob.objects.select_related("plan", "snapshot", "since", "requested_by").get(uuid=uuid)


def _order(job: ReportJob) -> Order:
    return Order(job.plan, job.kind, job.format, job.language, job.snapshot, job.since, job.organisation)


def _reader(job: ReportJob) -> Actor:
    """Who it is drawn for, with the rights of this moment; these are kept, since they are what the file shows."""
    if job.public:
        return VISITOR
    user: User | None = job.requested_by
    actor = actor_of(user)
    if actor.user_id is None or not actor.is_staff or not queries.plans(actor).filter(pk=job.plan_id).exists():
        raise NotThere(job.plan.code)
    grants = [[grant.role.value, grant.path, grant.house, grant.register] for grant in actor.grants]
    _mine(job).update(grants=grants, personal=_reads_as_contact(actor))
    return actor


def _mine(job: ReportJob) -> QuerySet[ReportJob]:
    """The job while this attempt is the present one."""
    return ReportJob.objects.filter(pk=job.pk, attempt=job.attempt, state=State.WORKING)


class _Pulse:
    """Called as the work goes on: writes how far it is, at most once a second, and stops work that is nobody's any more."""

    def __init__(self, job: ReportJob, clock: Callable[[], datetime]) -> None:
        self.job, self.clock = job, clock
        self.last, self.furthest = 0.0, 0

    def __call__(self, share: float) -> None:
        self.furthest = max(self.furthest, min(990, int(share * 1000)))
        moment = time.monotonic()
        if moment - self.last < BETWEEN_BEATS:
            return
        self.last = moment
        if not _mine(self.job).update(heartbeat=self.clock(), progress=self.furthest):
            raise Stopped


def finish(job: ReportJob, content: bytes, now: datetime) -> None:
    """Keep the file, say that it is ready, tell who waits: all or nothing. Raises Stopped where another has taken it up."""
    name = making.file_name(_order(job), timezone.localdate(now))
    notes = making.problems(load_brand())
    with transaction.atomic():
        kept = files.keep_file(content, name, making.TYPES[job.format])
        done = {
            "state": State.READY,
            "file": kept,
            "progress": 1000,
            "finished_at": now,
            "heartbeat": now,
            "notes": notes,
        }
        if not _mine(job).update(**done):
            raise Stopped
        telling.tell(job, now + KEPT, now)


def fail(job: ReportJob, problem: str, now: datetime) -> None:
    _mine(job).update(state=State.FAILED, problem=problem, finished_at=now, heartbeat=now)


# ---- Looking after ------------------------------------------------------------------------------------------------


def take_up_again(now: datetime, **narrow: object) -> int:
    """Jobs whose worker died go back into the queue, or are given up after the last attempt. Returns how many."""
    dead = ReportJob.objects.filter(state=State.WORKING, heartbeat__lt=now - STALE, **narrow)
    dead.filter(attempt__gte=MOST_ATTEMPTS).update(state=State.FAILED, problem="gave_up", finished_at=now)
    found = list(dead.values_list("uuid", flat=True))
    for uuid in found:
        run_report.using(priority=BEHIND_OTHERS).enqueue(str(uuid))
    return len(found)


def remove_old(now: datetime) -> int:
    """Reports of 90 days ago, with their files; failed and cancelled ones after a week. Public ones stay; where one failed,
    it is forgotten after a day, and so asked for again."""
    unfinished = Q(state__in=(State.FAILED, State.CANCELLED))
    old = (
        Q(public=False, state=State.READY, finished_at__lt=now - KEPT)
        | unfinished & Q(public=False, finished_at__lt=now - KEPT_UNFINISHED)
        | unfinished & Q(public=True, finished_at__lt=now - PUBLIC_AGAIN)
    )
    found = list(ReportJob.objects.filter(old).select_related("file"))
    for job in found:
        remove(job)
    return len(found)


def remove(job: ReportJob) -> None:
    """The job and its file, unless something else keeps the same file."""
    with transaction.atomic():
        file = job.file
        job.delete()
        if file is not None:
            files.forget_file(file)
