"""Reports that are ready-made for everybody: the yearly report of each public snapshot, in each language."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from senne.core.policy import VISITOR
from senne.core.text import LANGUAGES
from senne.plan.api import Plan, Snapshot, queries
from senne.reports import jobs
from senne.reports.brand import fingerprint
from senne.reports.kinds import KINDS
from senne.reports.models import ReportJob
from senne.reports.orders import Order, moment_and_since, moments

FORMATS = ("pdf",)
KIND = "yearly"


@task()
def prepare() -> int:
    """Soon after a snapshot was taken."""
    return prepare_public(timezone.now())


def prepare_soon(_snapshots: list[Snapshot]) -> None:
    """A hook of records: with the transaction that takes a snapshot, the wish for its reports goes into the queue."""
    prepare.using(priority=jobs.BEHIND_OTHERS).enqueue()


def prepare_public(now: datetime) -> int:
    """Ask for what is missing, and for what wears an old face of the city; take away what was replaced. Returns how many
    were asked for."""
    face, asked = fingerprint(), 0
    for plan in queries.plans(VISITOR):
        for snapshot in moments(plan, VISITOR):
            for language in LANGUAGES:
                asked += sum(_prepare(plan, snapshot, language, form, face, now) for form in FORMATS)
    _drop_replaced()
    return asked


def _prepare(plan: Plan, snapshot: Snapshot, language: str, form: str, face: str, now: datetime) -> bool:
    there = ReportJob.objects.filter(
        public=True, plan=plan, kind=KIND, format=form, language=language, snapshot=snapshot, face=face
    )
    if there.exclude(state=ReportJob.State.CANCELLED).exists():
        return False
    _same, since = moment_and_since(plan, VISITOR, {"snapshot": str(snapshot.number)}, KINDS[KIND], snapshot.day)
    return jobs.ask_for_public(Order(plan, KIND, form, language, snapshot, since), now) is not None


def _drop_replaced() -> None:
    """Of ready reports on the same thing, the latest stays."""
    seen = set()
    for job in (
        ReportJob.objects.filter(public=True, state=ReportJob.State.READY).order_by("-id").select_related("file")
    ):
        key = (job.plan_id, job.kind, job.format, job.language, job.snapshot_id)
        if key in seen:
            jobs.remove(job)
        seen.add(key)


def ready(plan: Plan) -> list[ReportJob]:
    """Public reports of the plan that are ready, of snapshots that are still public, the latest moment first."""
    shown = {snapshot.pk for snapshot in moments(plan, VISITOR)}
    found = ReportJob.objects.filter(public=True, plan=plan, state=ReportJob.State.READY, snapshot_id__in=shown)
    found = found.order_by("-snapshot__number", "id").select_related("file", "snapshot")
    latest = {(job.snapshot_id, job.language, job.format): job for job in found}
    return sorted(latest.values(), key=lambda job: (-(job.snapshot_id or 0), LANGUAGES.index(job.language), job.format))
