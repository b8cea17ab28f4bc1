"""Who is to act on a duty today, and when they are reminded. Pure: no Django, no clock.

Rule (ours): the first of the chain is to act; each full fortnight of lateness passes the duty on to the next (owner →
approver → head → coordination), the earlier ones stay copied. Reminders: seven days and one day before, on the day, one
day late, then each week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

PASS_ON_AFTER = timedelta(days=14)
SOON = (7, 1)
LATE_FIRST, LATE_EVERY = 1, 7


@dataclass(frozen=True)
class Absence:
    """Somebody is away from `start` through `end`; `deputy` acts meanwhile (None: nobody does)."""

    person: int
    start: date
    end: date
    deputy: int | None


def place_in_chain(length: int, due: date, day: date) -> int:
    """Who of the chain is to act: 0 until a fortnight late, then one further per fortnight, the last at most."""
    if length == 0:
        return 0
    late = max((day - due) // PASS_ON_AFTER, 0) if day > due else 0
    return min(late, length - 1)


def responsible(chain: Sequence[int], due: date, day: date, absences: Sequence[Absence]) -> list[int]:
    """The people to act today: the one of the chain, or their deputy while they are away, or else the next in the chain.

    Empty where the chain is empty. The first of the list is to act; the others are told as well.
    """
    if not chain:
        return []
    place = place_in_chain(len(chain), due, day)
    acting = [_present(person, day, absences) for person in chain[: place + 1]]
    found = [person for person in reversed(acting) if person is not None]
    if not found:
        found = [p for p in (_present(person, day, absences) for person in chain[place + 1 :]) if p is not None][:1]
    return list(dict.fromkeys(found or chain[:1]))


def _present(person: int, day: date, absences: Sequence[Absence]) -> int | None:
    away = next((a for a in absences if a.person == person and a.start <= day <= a.end), None)
    if away is None:
        return person
    if away.deputy is None or away.deputy == person:
        return None
    again = next((a for a in absences if a.person == away.deputy and a.start <= day <= a.end), None)
    return away.deputy if again is None else None


@dataclass(frozen=True)
class Reminder:
    """What to say today: 'due_soon', 'due' or 'late', and which one of its row (so that it is said once)."""

    kind: str
    number: int


def reminder_on(due: date, day: date, opened: date) -> Reminder | None:
    """The latest reminder that is due by `day`, or None. A machine that slept a week says one thing, not seven.

    A duty that was opened after a reminder's day does not get that one: nobody is told on Monday that Sunday was near.
    """
    days = (day - due).days
    if days >= LATE_FIRST:
        return Reminder("late", (days - LATE_FIRST) // LATE_EVERY + 1)
    if days == 0:
        return Reminder("due", 0)
    passed = [before for before in SOON if -days <= before and opened <= due - timedelta(days=before)]
    return Reminder("due_soon", min(passed)) if passed else None
