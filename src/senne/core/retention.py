"""How long everything is kept that holds personal data or grows without end, and what removes it.

What citizens give of themselves is erased the day after their matter is closed, and after two years at the latest, as the
privacy page promises. The message stays as a number: that there was one, about what, when, and what became of it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from senne.core import records
from senne.core.models import Feedback
from senne.core.policy import Actor

LONGEST_FEEDBACK = timedelta(days=730)
TASK_RESULTS = timedelta(days=30)
OUTBOX = timedelta(days=30)

# Every model of ours, and every one that holds personal data of the libraries' (tests/core/test_retention.py).
RULES = {
    "core.feedback": "name, address, message and answer: erased when closed, after two years at the latest",
    "core.auditentry": "kept as long as the plan's administration: who changed what, without the fields above",
    "core.user": "kept with its person; closed when the person leaves",
    "core.person": "kept wherever the plan names them; contact details are the city's own",
    "core.roleassignment": "kept: who held which role when",
    "core.organisation": "no personal data",
    "core.contentversion": "one row",
    "core.searchentry": "follows its record",
    "core.storedfile": "kept as long as a record came from it or refers to it",
    "plan.plan": "the plan itself",
    "plan.theme": "the plan itself",
    "plan.axis": "the plan itself",
    "plan.objective": "the plan itself",
    "plan.objectivelink": "the plan itself",
    "plan.action": "the plan itself",
    "plan.step": "the plan itself",
    "plan.budgetline": "the plan itself",
    "plan.characteristic": "the plan itself",
    "plan.tag": "the plan itself",
    "plan.actioncontact": "the plan itself: who is in charge",
    "plan.actionrelation": "the plan itself",
    "plan.actionlink": "the plan itself",
    "plan.actiondocument": "the plan itself",
    "plan.importrun": "kept: where each record came from",
    "editorial.documentpage": "editorial pages: as long as the city keeps them, with who wrote and reviewed them",
    "editorial.guide": "editorial pages",
    "editorial.guides": "editorial pages",
    "editorial.homeintroduction": "editorial pages",
    "editorial.languageroot": "editorial pages",
    "editorial.news": "editorial pages",
    "editorial.newslist": "editorial pages",
    "editorial.placed": "editorial pages",
    "editorial.publications": "editorial pages",
    "editorial.review": "editorial pages: who submitted, who decided, and why",
    "editorial.stories": "editorial pages",
    "editorial.story": "editorial pages",
    "editorial.themeintroduction": "editorial pages",
    "editorial.themeintroductions": "editorial pages",
    "editorial.translated": "editorial pages",
    "editorial.twopersontask": "editorial pages",
    "sessions.session": "twelve hours after the last use",
    "account.emailaddress": "follows its account",
    "account.emailconfirmation": "three days",
    "mfa.authenticator": "follows its account",
    "socialaccount.socialaccount": "follows its account",
    "django_tasks_database.dbtaskresult": "thirty days after the task ended",
}


def erase_feedback(today: date, *, actor: Actor) -> int:
    """Erase personal data of messages closed before today, or older than two years. Returns how many."""
    oldest = timezone.make_aware(datetime.combine(today - LONGEST_FEEDBACK, time.min))
    due = Feedback.objects.filter(Q(closed_on__lt=today) | Q(created_at__lt=oldest), erased_on=None)
    for feedback in due:
        values = {"name": "", "email": "", "message": "", "answer": "", "erased_on": today}
        if feedback.closed_on is None:
            values |= {"state": Feedback.State.CLOSED, "closed_on": today}
        records.update(feedback, values, actor=actor, verb="erase")
    return len(due)


def forget_sessions(now: datetime) -> int:
    """Remove sessions that nobody can use any more."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]


@transaction.atomic
def forget_task_results(now: datetime) -> int:
    """Remove background tasks that ended more than thirty days ago."""
    return DBTaskResult.objects.filter(finished_at__lt=now - TASK_RESULTS).delete()[0]


def empty_outbox(now: datetime) -> int:
    """Where mails go to a folder (no mail server is set), remove those older than thirty days."""
    folder = settings.STORE / "outbox"
    old = [f for f in folder.glob("*.log") if f.stat().st_mtime < (now - OUTBOX).timestamp()] if folder.exists() else []
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
