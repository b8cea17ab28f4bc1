"""The month in short, written by the records: each change under one heading, nothing internal, no month before its time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from senne.core.actors import SYSTEM
from senne.plan.api import do
from senne.site.monthly import Month, chapter_of, chapters, month_of
from tests.city import City, make_action


@dataclass
class Deed:
    verb: str = "update"
    changes: dict[str, list[Any]] = field(default_factory=dict)
    steps: list[Any] = field(default_factory=list)
    figures: list[Any] = field(default_factory=list)


@pytest.mark.parametrize(
    ("deed", "chapter"),
    [
        (Deed("create"), "new"),
        (Deed(changes={"visibility": ["internal", "public"]}), "new"),
        (Deed("report", {"status": ["under_way", "done"], "news": [{}, {"fr": "fini"}]}, ["x"]), "done"),
        (Deed("report", {"status": ["to_start", "under_way"]}), "begun"),
        (Deed("report", {"status": ["under_way", "suspended"]}), "stopped"),
        (Deed(changes={"merged_into": [None, {"id": 1}]}), "stopped"),
        (Deed("report", {"news": [{}, {"fr": "x"}]}, ["pipes laid"]), "steps"),
        (Deed("report", figures=["2025: 14"]), "figures"),
        (Deed(changes={"end_on": ["2026-12-31", "2027-06-30"]}), "moved"),
        (Deed(changes={"health_override": ["", "late"]}), "judged"),
        (Deed(changes={"target_value": ["30", "40"]}), "reworded"),
        (Deed("report"), "news"),
    ],
)
def test_a_change_is_told_under_what_says_most_of_it(deed: Deed, chapter: str) -> None:
    assert chapter_of(deed) == chapter


def test_chapters_stand_in_the_readers_order_and_empty_ones_are_left_out() -> None:
    deeds = [Deed("create"), Deed("report"), Deed("report", {"status": ["", "done"]}), Deed("create")]
    assert [(name, len(items)) for name, items in chapters(deeds)] == [("done", 1), ("new", 2), ("news", 1)]


def test_months_follow_each_other_and_have_local_bounds() -> None:
    december = Month(2026, 12)
    assert (december.next(), december.next().previous(), str(december.next())) == (Month(2027, 1), december, "2027-01")
    zone = ZoneInfo("Europe/Brussels")
    assert december.span(zone) == (datetime(2026, 12, 1, tzinfo=zone), datetime(2027, 1, 1, tzinfo=zone))
    assert [month_of(text) for text in ("2026-13", "2026-00", "1999-01", "x", "2026-1")] == [None] * 5


def this_month() -> str:
    return f"{timezone.localdate():%Y-%m}"


def test_the_page_tells_the_month_and_nothing_internal(city: City, client: Client) -> None:
    do.report(city.actions["roads_public"], {"status": "done"}, actor=city.actor("owner"), today=timezone.localdate())
    do.report(city.actions["roads_internal"], {"status": "done"}, actor=city.actor("owner"), today=timezone.localdate())
    body = client.get(f"/fr/changes/{this_month()}/").content.decode()
    assert 'id="done"' in body
    assert "1 action est réalisée." in body
    assert "internal" not in body


def test_it_asks_the_same_number_of_questions_however_much_changed(city: City, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def questions() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(f"/fr/changes/{this_month()}/").status_code == 200
        return len(queries)

    few = questions()
    for number in range(20):
        make_action(city, f"more_{number}", city.plan, "parks", "public")
    assert questions() == few <= 12


@pytest.mark.parametrize("month", ["2199-01", "2001-01", "2026-13", "2026-00"])
def test_months_that_are_not_there_are_not_found(city: City, client: Client, month: str) -> None:
    assert client.get(f"/fr/changes/{month}/").status_code == 404


def test_the_deadlines_of_a_plan_stand_in_a_calendar(city: City, client: Client) -> None:
    from icalendar import Calendar

    do.change_action(
        city.actions["roads_public"], {"end_on": date(2027, 6, 30), "end_precision": "month"}, actor=SYSTEM
    )
    response = client.get("/fr/plans/CLIMATE/deadlines.ics")
    assert response["Content-Type"].startswith("text/calendar")
    events = list(Calendar.from_ical(response.content).walk("VEVENT"))
    found = {str(event["summary"]): event["dtstart"].dt for event in events}
    assert found["Première étape (roads-public)"] == date(2027, 1, 1)
    assert date(2027, 6, 30) in found.values()
    assert "internal" not in response.content.decode()
    do.report(city.actions["roads_public"], {"status": "done"}, actor=city.actor("owner"), today=date(2026, 11, 24))
    assert not list(Calendar.from_ical(client.get("/fr/plans/CLIMATE/deadlines.ics").content).walk("VEVENT"))
    assert client.get("/fr/plans/NONE/deadlines.ics").status_code == 404
