"""What has to happen by itself, by the background worker: the post within a minute, all else once an hour. Each chore may run
any number of times."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from senne.core import retention
from senne.core.actors import SYSTEM
from senne.core.duties import keeping
from senne.core.mailing import notices
from senne.core.mailing import post as postman
from senne.core.people import close_accounts_of_those_who_left
from senne.core.talk import tidying

_more: dict[str, Callable[[datetime], int]] = {}
_due: dict[str, Callable[[datetime], bool]] = {}


def also(what: str, chore: Callable[[datetime], int], due: Callable[[datetime], bool] | None = None) -> None:
    """A chore of another room, with what it counts; called once when the room starts.

    Done once an hour with the others; with `due`, within the minute in which that says so.
    """
    _more[what] = chore
    if due is not None:
        _due[what] = due


def do_chores(now: datetime) -> dict[str, int]:
    """Do everything that is due; returns how much of each. One that fails keeps none of the others from being done.

    Raises ExceptionGroup, once all were tried, of what failed.
    """
    today = timezone.localdate(now)
    chores: dict[str, Callable[[], int | dict[str, int]]] = {
        "duties": lambda: _duties(today, now),
        "post": lambda: do_post(now),
        "messages erased": lambda: retention.erase_feedback(today, actor=SYSTEM),
        "accounts closed": lambda: close_accounts_of_those_who_left(today, actor=SYSTEM),
        "sessions forgotten": lambda: retention.forget_sessions(now),
        "task results forgotten": lambda: retention.forget_task_results(now),
        "drafts forgotten": lambda: retention.forget_drafts(now),
        "mails forgotten": lambda: retention.forget_mails(now),
        "duties forgotten": lambda: retention.forget_duties(now),
        "talk about nothing removed": lambda: tidying.forget_what_is_about_nothing(actor=SYSTEM),
        "old mails removed": lambda: retention.empty_outbox(now),
        **{what: partial(chore, now) for what, chore in _more.items()},
    }
    return _each(chores)


def _duties(today: date, now: datetime) -> dict[str, int]:
    kept = keeping.keep(today, now)
    return {"duties opened": kept["opened"], "duties closed": kept["closed"], "reminders": kept["reminders"]}


def _each(chores: Mapping[str, Callable[[], int | dict[str, int]]]) -> dict[str, int]:
    done: dict[str, int] = {}
    failed: list[Exception] = []
    for what, chore in chores.items():
        try:
            counted = chore()
        except Exception as fault:
            fault.add_note(f"chore: {what}")
            failed.append(fault)
        else:
            done |= counted if isinstance(counted, dict) else {what: counted}
    if failed:
        raise ExceptionGroup("chores that failed", failed)
    return done


def do_what_is_due(now: datetime) -> dict[str, int]:
    """The chores of other rooms whose minute has come; returns how much of each."""
    return _each({what: partial(_more[what], now) for what, due in _due.items() if due(now)})


def do_post(now: datetime) -> dict[str, int]:
    """Gather notices into mails and send what waits; returns how much of each."""
    written = notices.gather(now)
    sent = postman.send_waiting(now)
    return {"mails written": written, "mails sent": sent["sent"], "mails not sent": sent["not sent"]}


@task()
def post() -> dict[str, int]:
    """The post as a background task."""
    return do_post(timezone.now())


@task()
def soon() -> dict[str, int]:
    """What is due this minute as a background task."""
    return do_what_is_due(timezone.now())


@task()
def chores() -> dict[str, int]:
    """The chores as a background task."""
    return do_chores(timezone.now())


def ask_for_chores(now: datetime) -> list[str]:
    """Put into the queue what is due and does not wait there already: the chores once an hour, the post when there is some.

    Returns what was put.
    """
    asked = []
    if not _waits_or_ran(chores, now - timedelta(minutes=59)):
        chores.enqueue()
        asked.append("chores")
    if (postman.is_due(now) or notices.are_new(now)) and not _waits(post):
        post.enqueue()
        asked.append("post")
    if any(due(now) for due in _due.values()) and not _waits(soon):
        soon.enqueue()
        asked.append("soon")
    return asked


def _waits(job: Any) -> bool:
    return DBTaskResult.objects.ready().filter(task_path=job.module_path).exists()


def _waits_or_ran(job: Any, since: datetime) -> bool:
    return DBTaskResult.objects.filter(task_path=job.module_path, enqueued_at__gt=since).exists() or _waits(job)
