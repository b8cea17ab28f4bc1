"""Duties are kept true, reminded once, passed on, done by somebody, and asked for in one query."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from senne.core.duties import keeping, sources
from senne.core.duties.models import Absence, Duty
from senne.core.duties.sources import Owed
from senne.core.mailing.models import Notice
from senne.core.text import Text
from tests.city import City

DAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@pytest.fixture
def owed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Owed]]:
    found: list[Owed] = []
    monkeypatch.setattr(sources, "_sources", {"test": lambda _day, _only: list(found)})
    return found


def something(city: City, key: str = "test:1", due: date = DAY) -> Owed:
    chain = tuple(city.people[name].pk for name in ("owner", "head", "coordination"))
    return Owed(key, "report", Text(fr="Rapporter"), "/work/", ("plan.action", 1), due, chain)


def test_what_is_owed_is_opened_and_closed_when_it_is_no_longer(city: City, owed: list[Owed]) -> None:
    owed.append(something(city))
    assert keeping.keep(DAY, NOW)["opened"] == 1
    assert keeping.keep(DAY, NOW)["opened"] == 0
    owed.clear()
    assert keeping.keep(DAY, NOW)["closed"] == 1
    assert Duty.objects.get().state == Duty.State.DONE


def test_owed_again_is_open_again(city: City, owed: list[Owed]) -> None:
    owed.append(something(city))
    keeping.keep(DAY, NOW)
    keeping.fulfil("test:1", city.people["owner"].pk, NOW, {"report": 1})
    assert Duty.objects.get().closed_by == city.people["owner"]
    keeping.keep(DAY, NOW)
    duty = Duty.objects.get()
    assert (duty.state, duty.closed_by) == (Duty.State.OPEN, None)


def test_a_reminder_is_noted_once_however_often_the_chores_run(city: City, owed: list[Owed]) -> None:
    owed.append(something(city))
    for hour in range(5):
        keeping.keep(DAY, NOW + timedelta(hours=hour))
    assert Notice.objects.filter(person=city.people["owner"], kind="due").count() == 1


def test_a_late_duty_comes_to_the_head_and_then_to_the_coordination(city: City, owed: list[Owed]) -> None:
    owed.append(something(city, due=DAY - timedelta(days=30)))
    keeping.keep(DAY, NOW)
    told = set(Notice.objects.values_list("person__name", flat=True))
    assert told == {"Owner", "Head", "Coordination"}
    assert [duty.key for duty in keeping.owed_by(city.people["coordination"].pk, DAY)] == ["test:1"]
    assert keeping.owed_by(city.people["other_head"].pk, DAY) == []


def test_a_deputy_sees_and_is_told_instead(city: City, owed: list[Owed]) -> None:
    owner, deputy = city.people["owner"], city.people["contributor"]
    Absence.objects.create(person=owner, start=DAY - timedelta(days=2), end=DAY + timedelta(days=2), deputy=deputy)
    owed.append(something(city))
    keeping.keep(DAY, NOW)
    assert keeping.owed_by(owner.pk, DAY) == []
    assert len(keeping.owed_by(deputy.pk, DAY)) == 1
    assert set(Notice.objects.values_list("person_id", flat=True)) == {deputy.pk}


def test_who_left_is_out_of_the_chain(city: City, owed: list[Owed]) -> None:
    city.people["owner"].left_on = DAY
    city.people["owner"].save()
    owed.append(something(city))
    keeping.keep(DAY, NOW)
    assert Duty.objects.get().chain == [city.people["head"].pk, city.people["coordination"].pk]
