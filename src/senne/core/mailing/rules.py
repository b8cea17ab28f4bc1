"""When a person is written to, and when a mail is tried again. Pure: no Django, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Cadence(StrEnum):
    """How often somebody wants to hear of a kind of thing."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Kind(StrEnum):
    """What a notice is about. Account mails (password, invitation) are no notices: they cannot be turned off."""

    DUE_SOON = "due_soon"
    DUE = "due"
    LATE = "late"
    STALE = "stale"
    TO_VALIDATE = "to_validate"
    VALIDATED = "validated"
    SENT_BACK = "sent_back"
    ASSIGNED = "assigned"
    MENTIONED = "mentioned"
    REQUESTED = "requested"
    ANSWERED = "answered"
    FOLLOWED = "followed"
    READY = "ready"


DEFAULTS = {
    Kind.SENT_BACK: Cadence.AT_ONCE,
    Kind.MENTIONED: Cadence.AT_ONCE,
    Kind.REQUESTED: Cadence.AT_ONCE,
    Kind.READY: Cadence.AT_ONCE,
    Kind.FOLLOWED: Cadence.WEEKLY,
    Kind.VALIDATED: Cadence.WEEKLY,
}
MORNING = 7
WEEKLY_ON = 0
TRIES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))


def default_cadence(kind: str) -> Cadence:
    """What holds until a person chooses: personal answers at once, what is followed weekly, all else daily."""
    return DEFAULTS.get(Kind(kind), Cadence.DAILY)


@dataclass(frozen=True)
class Waiting:
    """A notice that waits: its number, its cadence, since when."""

    id: int
    cadence: Cadence
    since: datetime


def to_send(
    waiting: Sequence[Waiting], now: datetime, last_digest: datetime | None, sent_this_week: int, most: int
) -> list[int]:
    """The notices that go into one mail now; [] where nothing goes.

    `now` is local time. One mail takes along all that waits, once anything in it is due: at once, each morning from
    seven, or on Monday mornings. Never more than `most` mails in seven days, and never two digests on one day.
    """
    if not waiting or sent_this_week >= most:
        return []
    due = [notice for notice in waiting if _is_due(notice, now, last_digest)]
    return [notice.id for notice in waiting if notice.cadence is not Cadence.NEVER] if due else []


def _is_due(notice: Waiting, now: datetime, last_digest: datetime | None) -> bool:
    if notice.cadence is Cadence.AT_ONCE:
        return True
    if notice.cadence is Cadence.NEVER or now.hour < MORNING:
        return False
    if last_digest is not None and last_digest.date() >= now.date():
        return False
    return notice.cadence is Cadence.DAILY or now.weekday() == WEEKLY_ON or now - notice.since > timedelta(days=7)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after `attempts` failures; None where it is given up."""
    return now + TRIES[attempts - 1] if attempts <= len(TRIES) else None
