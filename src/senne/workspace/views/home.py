"""My work: what is mine, what waits, what changed; and the mails that stayed on this machine."""

from __future__ import annotations

import email
from datetime import timedelta
from email import policy as mail_policy
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from senne.core.feedback import feedback_for
from senne.core.models import Feedback
from senne.core.policy import Role
from senne.plan.api import overview, queries, words
from senne.workspace.views.common import staff_page, who

OPEN = (words.Status.TO_START, words.Status.UNDER_WAY, words.Status.SUSPENDED)


@staff_page
def home(request: HttpRequest) -> HttpResponse:
    """What do I owe, what changed, what next."""
    actor, today = who(request), timezone.localdate()
    everything = queries.open_actions(actor).filter(status__in=OPEN)
    mine = Q(contacts__person_id=actor.person_id or 0) | Q(steps__assignee_id=actor.person_id or 0)
    led = Q(pk__in=[])
    for path in actor.paths(Role.HEAD, Role.OWNER, Role.CONTRIBUTOR, Role.BODY_MANAGER):
        led |= Q(lead__path__startswith=path)
    stale = today - timedelta(days=90)
    context = {
        "today": today,
        "mine": everything.filter(mine).distinct().order_by("last_reported_on", "code"),
        "department": everything.filter(led).exclude(mine).distinct().order_by("late_from", "code")[:40],
        "to_report": everything.filter(mine)
        .filter(Q(last_reported_on=None) | Q(last_reported_on__lt=stale))
        .distinct(),
        "changes": overview.latest_changes(actor, 10),
        "new_feedback": feedback_for(actor).filter(state=Feedback.State.NEW).count(),
        "manages": bool(actor.paths(Role.COORDINATION, Role.BODY_MANAGER)),
        "may_create": bool(actor.paths(Role.COORDINATION, Role.BODY_MANAGER, Role.HEAD)),
        "local_mail": settings.LOCAL and bool(actor.paths(Role.COORDINATION)),
    }
    return render(request, "workspace/home.html", context)


@staff_page
def outbox(request: HttpRequest) -> HttpResponse:
    """The mails of a demo city, which leave no machine; only where no mail server is set, only for the coordination."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if not settings.LOCAL or folder is None or not who(request).paths(Role.COORDINATION):
        raise PermissionDenied
    files = sorted(Path(folder).glob("*.log"), reverse=True)[:50] if Path(folder).exists() else []
    mails = [
        email.message_from_bytes(path.read_bytes().split(b"\n-----")[0], policy=mail_policy.default) for path in files
    ]
    shown = [
        {"to": mail["To"], "subject": mail["Subject"], "date": mail["Date"], "body": mail.get_content()}
        for mail in mails
        if mail["To"]
    ]
    return render(request, "workspace/outbox.html", {"mails": shown})
