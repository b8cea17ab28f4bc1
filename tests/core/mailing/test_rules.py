"""When a person is written to, and when a mail is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senne.core.mailing.rules import TRIES, Cadence, Waiting, default_cadence, next_try, to_send

WEDNESDAY = datetime(2026, 11, 25, 8, 0)
MONDAY = datetime(2026, 11, 23, 8, 0)


def waiting(cadence: Cadence, since: datetime = WEDNESDAY, number: int = 1) -> Waiting:
    return Waiting(number, cadence, since)


@pytest.mark.parametrize(
    ("cadence", "now", "goes"),
    [
        (Cadence.AT_ONCE, WEDNESDAY.replace(hour=3), True),
        (Cadence.DAILY, WEDNESDAY, True),
        (Cadence.DAILY, WEDNESDAY.replace(hour=6), False),
        (Cadence.WEEKLY, WEDNESDAY, False),
        (Cadence.WEEKLY, MONDAY, True),
        (Cadence.NEVER, MONDAY, False),
    ],
)
def test_each_pace_has_its_hour(cadence: Cadence, now: datetime, goes: bool) -> None:
    assert bool(to_send([waiting(cadence, now)], now, None, 0, 7)) == goes


def test_what_waits_goes_along_with_what_is_due() -> None:
    both = [waiting(Cadence.DAILY, number=1), waiting(Cadence.WEEKLY, number=2), waiting(Cadence.NEVER, number=3)]
    assert to_send(both, WEDNESDAY, None, 0, 7) == [1, 2]


def test_one_digest_a_day() -> None:
    assert to_send([waiting(Cadence.DAILY)], WEDNESDAY, WEDNESDAY.replace(hour=7), 1, 7) == []
    assert to_send([waiting(Cadence.DAILY)], WEDNESDAY, WEDNESDAY - timedelta(days=1), 1, 7) == [1]


def test_something_weekly_never_waits_longer_than_a_week() -> None:
    old = waiting(Cadence.WEEKLY, WEDNESDAY - timedelta(days=8))
    assert to_send([old], WEDNESDAY, None, 0, 7) == [1]


@given(st.lists(st.sampled_from(Cadence), max_size=5), st.integers(0, 20), st.integers(1, 10))
def test_never_more_than_the_number_agreed(cadences: list[Cadence], sent: int, most: int) -> None:
    notices = [waiting(c, number=n) for n, c in enumerate(cadences)]
    if sent >= most:
        assert to_send(notices, MONDAY, None, sent, most) == []


def test_tries_grow_apart_and_end() -> None:
    tries = [next_try(n, MONDAY) for n in range(1, len(TRIES) + 1)]
    assert tries == sorted(tries)  # type: ignore[type-var]
    assert next_try(len(TRIES) + 1, MONDAY) is None


def test_answers_come_at_once_and_all_else_is_gathered() -> None:
    assert default_cadence("sent_back") is Cadence.AT_ONCE
    assert default_cadence("late") is Cadence.DAILY
    assert default_cadence("followed") is Cadence.WEEKLY
