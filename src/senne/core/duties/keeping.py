"""Keeping the duties true: what rooms say is owed is written down, what is no longer owed is closed, people are reminded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from senne.core.duties import rules
from senne.core.duties.models import Absence, Duty, DutyHolder
from senne.core.duties.sources import Owed, sources
from senne.core.mailing.notices import News, note
from senne.core.mailing.rules import Kind
from senne.core.models import Person

# Kinds of duty whose beginning is told at once, and kinds whose reminders go by a name of their own.
FIRST = {"validate": Kind.TO_VALIDATE, "request": Kind.REQUESTED}
INSTEAD = {"stale": Kind.STALE}
REMINDED = {"due_soon": Kind.DUE_SOON, "due": Kind.DUE, "late": Kind.LATE}


def keep(day: date, now: datetime) -> dict[str, int]:
    """Bring all duties up to date and note the reminders of the day. May run any number of times."""
    counts = {"opened": 0, "closed": 0}
    for name, source in sources().items():
        opened, closed = _reconcile(name, list(source(day, None)), day, now)
        counts["opened"] += opened
        counts["closed"] += closed
    counts["reminders"] = remind(day, now)
    return counts


def refresh(name: str, subjects: Iterable[int], day: date, now: datetime) -> None:
    """Bring the duties of one source about these subjects up to date at once, after a deed; the rest waits for `keep`."""
    ids = frozenset(subjects)
    if ids:
        _reconcile(name, list(sources()[name](day, ids)), day, now, ids)


@transaction.atomic
def _reconcile(
    name: str, owed: list[Owed], day: date, now: datetime, ids: frozenset[int] | None = None
) -> tuple[int, int]:
    there = Duty.objects.filter(key__startswith=f"{name}:").exclude(state="void")
    if ids is not None:
        there = there.filter(subject_id__in=ids)
    present = {duty.key: duty for duty in there}
    people = _in_post({person for item in owed for person in item.chain})
    opened, changed = [], []
    for item in owed:
        chain = [person for person in dict.fromkeys(item.chain) if person in people]
        duty = present.pop(item.key, None)
        if duty is None:
            opened.append(_new(item, chain, day))
        elif _brought_up_to_date(duty, item, chain):
            changed.append(duty)
    opened = _opened(opened)
    fields = ["what", "path", "due_on", "chain", "organisation_id", "state", "closed_at", "closed_by_id"]
    Duty.objects.bulk_update(changed, fields, batch_size=200)
    _write_holders([*opened, *changed])
    gone = [duty.pk for duty in present.values() if duty.state == Duty.State.OPEN]
    Duty.objects.filter(pk__in=gone).update(state=Duty.State.DONE, closed_at=now)
    remind(day, now, [duty for duty in opened if duty.kind in FIRST])
    return len(opened), len(gone)


def _in_post(people: set[int]) -> set[int]:
    return set(Person.objects.filter(pk__in=people, left_on=None).values_list("pk", flat=True)) if people else set()


def _opened(duties: list[Duty]) -> list[Duty]:
    """The duties written down, with their ids; those that somebody else wrote at this very moment are left to them."""
    Duty.objects.bulk_create(duties, batch_size=200, ignore_conflicts=True)
    return list(Duty.objects.filter(key__in=[duty.key for duty in duties])) if duties else []


def _new(item: Owed, chain: list[int], day: date) -> Duty:
    return Duty(
        key=item.key,
        kind=item.kind,
        what=item.what,
        path=item.path,
        subject_kind=item.subject[0],
        subject_id=item.subject[1],
        organisation_id=item.organisation_id,
        chain=chain,
        due_on=item.due,
        opened_on=day,
    )


def _brought_up_to_date(duty: Duty, item: Owed, chain: list[int]) -> bool:
    """Write today's facts into the duty (owed again: open again); whether anything differed."""
    wanted: dict[str, Any] = {
        "what": item.what,
        "path": item.path,
        "due_on": item.due,
        "chain": chain,
        "organisation_id": item.organisation_id,
        "state": Duty.State.OPEN,
    }
    differs = any(getattr(duty, name) != value for name, value in wanted.items())
    for name, value in wanted.items():
        setattr(duty, name, value)
    if differs:
        duty.closed_at, duty.closed_by_id = None, None
    return differs


def _write_holders(duties: Iterable[Duty]) -> None:
    rows = [DutyHolder(duty=duty, person_id=person, place=n) for duty in duties for n, person in enumerate(duty.chain)]
    DutyHolder.objects.filter(duty__in=[duty.pk for duty in duties]).delete()
    DutyHolder.objects.bulk_create(rows, batch_size=300, ignore_conflicts=True)


def fulfil(key: str, person_id: int | None, now: datetime, proof: dict[str, Any] | None = None) -> None:
    """Close a duty at once, with who did it and what shows it; the chores would close it anyway, without saying who."""
    Duty.objects.filter(key=key, state=Duty.State.OPEN).update(
        state=Duty.State.DONE, closed_at=now, closed_by_id=person_id, proof=proof or {}
    )


def void(key: str, person_id: int | None, now: datetime) -> None:
    """A duty is no longer owed although nothing was done: declined, withdrawn."""
    Duty.objects.filter(key=key, state=Duty.State.OPEN).update(
        state=Duty.State.VOID, closed_at=now, closed_by_id=person_id
    )


def remind(day: date, now: datetime, duties: Iterable[Duty] | None = None) -> int:
    """Note today's reminders of all open duties, or of these, for those who are to act today. How many are new."""
    news: list[News] = []
    asked = list(Duty.objects.filter(state=Duty.State.OPEN) if duties is None else duties)
    absences = absences_on(day) if asked else []
    for duty in asked:
        for mark, kind in _marks(duty, day):
            for person in rules.responsible(duty.chain, duty.due_on, day, absences):
                key = f"{duty.pk}:{mark}:{duty.due_on}:{person}"
                news.append(News(key, person, kind, duty.what, duty.path))
    return note(news, now)


def _marks(duty: Duty, day: date) -> list[tuple[str, Kind]]:
    """(what is said once, under which kind) of a duty on that day."""
    found = [("opened", FIRST[duty.kind])] if duty.kind in FIRST else []
    reminder = rules.reminder_on(duty.due_on, day, duty.opened_on)
    if reminder is not None:
        kind = INSTEAD.get(duty.kind, REMINDED[reminder.kind])
        found.append((f"{reminder.kind}:{reminder.number}", kind))
    return found


def absences_on(day: date) -> list[rules.Absence]:
    """Who is away on that day, as the rules see it."""
    found = Absence.objects.filter(start__lte=day, end__gte=day)
    return [rules.Absence(a.person_id, a.start, a.end, a.deputy_id) for a in found]


# ---- Asking -------------------------------------------------------------------------------------------------------


def owed_by(person_id: int, day: date) -> list[Duty]:
    """What the person is to do, the most urgent first: where they are first in the chain, where it has come to them, and
    where they stand in for somebody who is away."""
    absences = absences_on(day)
    people = [person_id, *(a.person for a in absences if a.deputy == person_id)]
    # Who is not the first of the chain acts a fortnight late at the earliest, or where somebody before them is away.
    may_act = Q(place=0) | Q(duty__due_on__lte=day - rules.PASS_ON_AFTER)
    if absences:
        away = DutyHolder.objects.filter(duty=OuterRef("duty"), person__in=[a.person for a in absences])
        may_act |= Q(Exists(away))
    held = DutyHolder.objects.filter(may_act, person__in=people).values("duty_id")
    found = Duty.objects.filter(pk__in=held, state=Duty.State.OPEN)
    return [duty for duty in found if person_id in rules.responsible(duty.chain, duty.due_on, day, absences)]


def open_duties(**narrow: Any) -> QuerySet[Duty]:
    """Open duties of a kind, an organisation…, the most urgent first."""
    return Duty.objects.filter(state=Duty.State.OPEN, **narrow)


def acting(duties: Iterable[Duty], day: date) -> dict[int, list[int]]:
    """{duty id: people who are to act today}: one query."""
    absences = absences_on(day)
    found: dict[int, list[int]] = defaultdict(list)
    for duty in duties:
        found[duty.pk] = rules.responsible(duty.chain, duty.due_on, day, absences)
    return found
