"""What has to happen by itself: once an hour, by the background worker. Each chore may run any number of times."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from senne.core import retention
from senne.core.actors import SYSTEM
from senne.core.people import close_accounts_of_those_who_left


def do_chores(now: datetime) -> dict[str, int]:
    """Do everything that is due; returns how much of each."""
    today = timezone.localdate(now)
    return {
        "messages erased": retention.erase_feedback(today, actor=SYSTEM),
        "accounts closed": close_accounts_of_those_who_left(today, actor=SYSTEM),
        "sessions forgotten": retention.forget_sessions(now),
        "task results forgotten": retention.forget_task_results(now),
        "old mails removed": retention.empty_outbox(now),
    }


@task()
def chores() -> dict[str, int]:
    """The chores as a background task."""
    return do_chores(timezone.now())


def ask_for_chores() -> bool:
    """Put the chores in the queue unless they wait there already. Returns whether they were put."""
    if DBTaskResult.objects.ready().filter(task_path=chores.module_path).exists():
        return False
    chores.enqueue()
    return True
