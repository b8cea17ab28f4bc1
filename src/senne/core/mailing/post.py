"""The post: mails are queued once, sent by the worker, tried again, and never sent twice after a crash.

A mail that was leaving when the machine stopped: where mails go into a folder, the folder knows whether it left; where a
server took them, nobody can know, so it is not sent again by itself but shown as 'perhaps sent' for a person to decide.
"""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime, timedelta

from django.db.models import F, Q

from senne.core.mailing import transport
from senne.core.mailing.models import Mail
from senne.core.mailing.rules import next_try
from senne.core.models import Person
from senne.core.policy import Actor, Subject, require

log = logging.getLogger(__name__)
LEAVING_AT_MOST = timedelta(minutes=5)
AT_A_TIME = 100


def queue(
    key: str,
    to: str,
    subject: str,
    text: str,
    *,
    language: str,
    now: datetime,
    person: Person | None = None,
    headers: dict[str, str] | None = None,
) -> Mail:
    """Write a mail down, to be sent by the worker. The same key again gives the mail that is there already."""
    values = {
        "to": to,
        "subject": " ".join(subject.split())[:300],
        "text": text,
        "language": language,
        "person": person,
        "headers": headers or {},
        "created_at": now,
        "not_before": now,
    }
    return Mail.objects.get_or_create(key=key[:160], defaults=values)[0]


def is_due(now: datetime) -> bool:
    """Whether a mail waits to be sent now, or was leaving when a worker stopped."""
    waiting = Q(state=Mail.State.WAITING, not_before__lte=now)
    return Mail.objects.filter(waiting | Q(state=Mail.State.LEAVING, left_at__lt=now - LEAVING_AT_MOST)).exists()


def send_waiting(now: datetime) -> dict[str, int]:
    """Send what waits; returns how many left and how many did not. Two workers never take the same mail."""
    _find_out(now)
    counts = {"sent": 0, "not sent": 0}
    for mail in Mail.objects.filter(state=Mail.State.WAITING, not_before__lte=now).order_by("id")[:AT_A_TIME]:
        if _take(mail, now):
            counts["sent" if _send(mail, now) else "not sent"] += 1
    return counts


def _take(mail: Mail, now: datetime) -> bool:
    taken = Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING).update(
        state=Mail.State.LEAVING, left_at=now, attempts=F("attempts") + 1
    )
    return taken == 1


def _send(mail: Mail, now: datetime) -> bool:
    try:
        transport.hand_over(mail.key, mail.to, mail.subject, mail.text, mail.headers)
    except smtplib.SMTPRecipientsRefused as refusal:
        code, answer = next(iter(refusal.recipients.values()))
        _settle(mail, now, f"{code} {answer!r}", for_good=code >= 500)
        return False
    except (smtplib.SMTPException, OSError) as fault:
        _settle(mail, now, str(fault), for_good=False)
        return False
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.SENT, sent_at=now, error="")
    return True


def _settle(mail: Mail, now: datetime, error: str, for_good: bool) -> None:
    again = None if for_good else next_try(mail.attempts + 1, now)
    state = Mail.State.WAITING if again else Mail.State.REFUSED if for_good else Mail.State.FAILED
    Mail.objects.filter(pk=mail.pk).update(state=state, not_before=again or now, error=error[:500])
    log.warning("mail %s to be told about: %s", mail.pk, error)


def _find_out(now: datetime) -> None:
    """What was leaving when a worker stopped: sent, to be sent again, or unclear."""
    for mail in Mail.objects.filter(state=Mail.State.LEAVING, left_at__lt=now - LEAVING_AT_MOST):
        left = transport.was_written(mail.key)
        state = {True: Mail.State.SENT, False: Mail.State.WAITING, None: Mail.State.UNCLEAR}[left]
        sent_at = mail.left_at if left else None
        Mail.objects.filter(pk=mail.pk, state=Mail.State.LEAVING).update(state=state, sent_at=sent_at)


def send_again(mail: Mail, now: datetime, *, actor: Actor) -> None:
    """A person decided to try again a mail that was refused, given up or perhaps sent. Raises Refused."""
    require("manage_people", actor, mail.person.subject() if mail.person else Subject("mail"))
    Mail.objects.filter(pk=mail.pk).exclude(state__in=(Mail.State.SENT, Mail.State.LEAVING)).update(
        state=Mail.State.WAITING, attempts=0, not_before=now, error=""
    )
