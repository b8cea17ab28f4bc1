"""How long everything is kept that holds personal data or grows without end, and what removes it.

What citizens give of themselves is erased the day after their matter is closed, and after two years at the latest, as the
privacy page promises. The message stays as a number: that there was one, about what, when, and what became of it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from senne.core import records
from senne.core.answers import PUBLISHED
from senne.core.duties.models import Absence, Duty
from senne.core.feedback import ANSWERED, TOLD
from senne.core.mailing.models import Mail, Notice
from senne.core.models import Feedback, FormDraft, PublicAnswer
from senne.core.policy import Actor

LONGEST_FEEDBACK = timedelta(days=730)
TASK_RESULTS = timedelta(days=30)
OUTBOX = timedelta(days=30)
MAILS = timedelta(days=365)
LINKS_TO_ONES_DATA = timedelta(days=2)
QUESTIONS_TO_FOLLOWERS = timedelta(days=3)
MAILS_TO_FOLLOWERS = timedelta(days=30)
LETTERS, WAITING_LETTERS = timedelta(days=1), timedelta(days=7)
DUTIES = timedelta(days=3 * 365)
ABSENCES = timedelta(days=91)
DRAFTS = timedelta(days=90)

# Every model of ours, and every one that holds personal data of the libraries' (tests/core/test_retention.py).
RULES = {
    "core.feedback": "name, address, message and answer: erased when closed, after two years at the latest",
    "core.auditentry": "kept as long as the plan's administration: who changed what, without the fields above",
    "core.user": "kept with its person; closed when the person leaves",
    "core.person": "kept wherever the plan names them; contact details are the city's own",
    "core.roleassignment": "kept: who held which role when",
    "core.organisation": "no personal data",
    "core.contentversion": "one row",
    "core.publicanswer": "until the sender or the city takes it off the site; no name, no address",
    "core.formdraft": "until the form is sent or given up, ninety days at the latest",
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
    "plan.snapshot": "kept for ever: what was published; names nobody but public sponsors",
    "plan.snapshotpart": "kept for ever: what was published; names nobody but public sponsors",
    "plan.round": "the plan's administration",
    "plan.contribution": "the plan's administration: who reported and validated",
    "plan.amendment": "the plan's administration: who prepared and reviewed",
    "plan.amendmentchange": "the plan's administration",
    "plan.indicatorlink": "the plan itself",
    "plan.retiredcode": "the plan itself",
    "indicators.indicator": "what is measured, and who gives its figures",
    "indicators.measurement": "the figures themselves, and who gave them",
    "indicators.targetpoint": "what is to be reached",
    "mailing.mail": "one year; a link to one's own data two days, to confirm a following three; to who follows thirty; "
    "of one that holds what a citizen wrote, only its fate stays a day after it was sent, a week later at the most",
    "mailing.notice": "one year",
    "mailing.mailchoice": "kept with its person",
    "duties.duty": "three years after it is fulfilled",
    "duties.dutyholder": "follows its duty",
    "duties.absence": "three months after its end",
    "duties.calendarkey": "kept with its person",
    "talk.comment": "kept with its record; the words of one that is taken back or removed go at once",
    "talk.request": "kept with its record",
    "workspace.savedview": "until its person deletes it or is erased",
    "reports.reportjob": "ninety days after it was made, with its file; a week where it failed or was cancelled",
    "site.following": "until the follower ends it, or the record is gone; nothing before the confirmation",
    "privacy.erasure": "kept: that somebody was erased, by number",
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
        _erase(feedback, today, actor)
    return len(due)


def _erase(feedback: Feedback, today: date, actor: Actor) -> None:
    values = {"name": "", "email": "", "message": "", "answer": "", "erased_on": today}
    if feedback.closed_on is None:
        values |= {"state": Feedback.State.CLOSED, "closed_on": today}
    records.update(feedback, values, actor=actor, verb="erase")
    Mail.objects.filter(key__startswith=f"{TOLD}{feedback.pk}:").delete()


def erase_messages_of(address: str, *, actor: Actor) -> int:
    """Erase what somebody gave of themselves with the messages sent under this address, at their request."""
    due = Feedback.objects.filter(email__iexact=address, erased_on=None)
    today = timezone.localdate()
    for answer in PublicAnswer.objects.filter(feedback__in=due):
        records.delete(answer, actor=actor)
    for feedback in due:
        _erase(feedback, today, actor)
    return len(due)


@transaction.atomic
def forget_mails(now: datetime) -> int:
    """Remove mails and notices of more than a year ago; sooner links to one's own data and mails to who follows."""
    Notice.objects.filter(created_at__lt=now - MAILS).delete()
    old = Q(created_at__lt=now - MAILS) | Q(key__startswith="yours:", created_at__lt=now - LINKS_TO_ONES_DATA)
    old |= Q(key__startswith="follow:", created_at__lt=now - QUESTIONS_TO_FOLLOWERS)
    old |= Q(key__startswith="followed:", created_at__lt=now - MAILS_TO_FOLLOWERS)
    _empty_letters(now)
    return Mail.objects.filter(old).delete()[0]


def _empty_letters(now: datetime) -> None:
    """Of mails that hold what a citizen wrote, only the fate stays: a day after they were settled, or a week later."""
    letters = Q(key__startswith=TOLD) | Q(key__startswith=ANSWERED) | Q(key__startswith=PUBLISHED)
    settled = Q(created_at__lt=now - LETTERS) & ~Q(state__in=(Mail.State.WAITING, Mail.State.LEAVING))
    due = Mail.objects.filter(letters).filter(settled | Q(created_at__lt=now - WAITING_LETTERS)).exclude(text="")
    due.filter(person__isnull=False).update(text="")
    due.update(to="", text="")


@transaction.atomic
def forget_duties(now: datetime) -> int:
    """Remove duties that were fulfilled more than three years ago, and absences that ended three months ago."""
    today = timezone.localdate(now)
    for absence in Absence.objects.filter(end__lt=today - ABSENCES):
        absence.delete()
    return Duty.objects.exclude(state=Duty.State.OPEN).filter(closed_at__lt=now - DUTIES).delete()[0]


def forget_drafts(now: datetime) -> int:
    """Remove forms that were begun more than ninety days ago and never sent."""
    return FormDraft.objects.filter(saved_at__lt=now - DRAFTS).delete()[0]


def forget_sessions(now: datetime) -> int:
    """Remove sessions that nobody can use any more."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]


@transaction.atomic
def forget_task_results(now: datetime) -> int:
    """Remove background tasks that ended more than thirty days ago."""
    return DBTaskResult.objects.filter(finished_at__lt=now - TASK_RESULTS).delete()[0]


def empty_outbox(now: datetime) -> int:
    """Where mails go to a folder (no mail server is set), remove those older than thirty days."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = [*folder.glob("*.eml"), *folder.glob("*.part")] if folder.exists() else []
    old = [file for file in files if file.stat().st_mtime < (now - OUTBOX).timestamp()]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
