"""The page of actions: four views of one filter, each an address that can be sent; what may not be seen is in none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from senne.core import people, records
from senne.core.actors import SYSTEM
from senne.core.duties import keeping
from senne.core.policy import Role
from senne.plan.api import Action, ActionRelation, Objective, Step, do
from tests.city import City, add_contact, make_action, words
from tests.workspace.conftest import Browse

PAGE = "/fr/work/actions/"
VIEWS = ("table", "timeline", "board", "calendar")


def get(client: Client, query: str = "", page: str = PAGE) -> str:
    response = client.get(f"{page}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def change(action: Action, **values: Any) -> None:
    records.update(action, values, actor=SYSTEM)


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens_in_every_language(city: City, client: Client, view: str, language: str) -> None:
    city.login("head", client)
    assert "roads-public" in get(client, f"view={view}&month=2027-01", f"/{language}/work/actions/")


@pytest.mark.parametrize(
    "query",
    ["edit=1", "view=table&c=owner&c=priority&c=next", "view=timeline&group=none", *(f"view={v}" for v in VIEWS)],
)
@pytest.mark.parametrize("name", ["reader", "body_manager", "owner"])
def test_what_may_not_be_seen_is_in_no_view(city: City, client: Client, name: str, query: str) -> None:
    for key in ("roads_internal", "welfare_internal"):
        change(city.actions[key], end_on=date(2027, 1, 20), start_on=date(2026, 1, 1))
    city.login(name, client)
    body = get(client, f"{query}&month=2027-01")
    assert ("roads-internal" in body) is (name in {"reader", "owner"})
    assert ("welfare-internal" in body) is (name == "body_manager")


def test_an_owner_is_told_only_to_those_who_see_what_is_internal(city: City, client: Client) -> None:
    add_contact(city.actions["roads_public"], city.people["owner"], "owner")
    city.login("contributor", client)
    assert ">Owner<" in get(client, "c=owner") or "Owner</td>" in get(client, "c=owner")
    reader = Client()
    city.login("reader", reader)
    for query in ("c=owner", "view=board", "edit=1", f"owner={city.people['owner'].pk}"):
        assert "Owner" not in get(reader, query).replace("Home Owner", ""), query
    assert "roads-public" not in get(reader, f"owner={city.people['owner'].pk}")
    assert "roads-public" in get(client, f"owner={city.people['owner'].pk}")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"roads-public", "roads-internal", "welfare-public", "welfare-internal"}),
        ("plan=WELFARE", {"welfare-public", "welfare-internal"}),
        ("theme=T1&plan=CLIMATE", {"roads-public", "roads-internal"}),
        ("lead=roads", {"roads-public", "roads-internal"}),
        ("lead=city", {"roads-public", "roads-internal", "welfare-public", "welfare-internal"}),
        ("lead=nothing", set()),
        ("status=suspended", {"roads-public"}),
        ("status=open", {"roads-public", "roads-internal", "welfare-public"}),
        ("status=nonsense", {"roads-public", "roads-internal", "welfare-public", "welfare-internal"}),
        ("health=watch", {"roads-public"}),
        ("freshness=stale", {"welfare-public"}),
        ("q=welfare+public", {"welfare-public"}),
        ("owner=nobody", {"roads-public", "welfare-public", "welfare-internal"}),
        ("due=90", {"roads-public", "roads-internal", "welfare-public"}),
        ("due=passed", set()),
        ("year=2031", {"roads-internal"}),
    ],
)  # fmt: skip
def test_one_filter(city: City, client: Client, query: str, found: set[str], settled: None) -> None:
    city.login("coordination", client, second_factor=True)
    for view in ("table", "timeline", "board"):
        body = get(client, f"view={view}&{query}")
        assert {
            code
            for code in ("roads-public", "roads-internal", "welfare-public", "welfare-internal")
            if f">{code}<" in body
        } == found, view


@pytest.fixture
def settled(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the city's own day: one action suspended, one done, one owned, one never reported."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 11, 24))
    change(city.actions["roads_public"], status="suspended", status_reason=words("Attente"))
    change(city.actions["roads_internal"], start_on=date(2030, 1, 1), start_precision="year", end_on=date(2032, 1, 1))
    change(city.actions["welfare_public"], last_reported_on=None)
    change(city.actions["welfare_internal"], status="done")
    records.update(city.actions["welfare_internal"].steps.get(), {"done_on": date(2026, 1, 1)}, actor=SYSTEM)
    add_contact(city.actions["roads_internal"], city.people["owner"], "owner")


def test_mine_are_those_that_name_me(city: City, client: Client) -> None:
    city.login("contributor", client)
    assert "roads-public" not in get(client, "owner=me&view=board")
    add_contact(city.actions["roads_public"], city.people["contributor"], "contributor")
    assert "roads-public" in get(client, "owner=me&view=board")


@pytest.mark.parametrize(
    "query", ["view=x&status=&begin=99999&span=7&month=2026-99&page=zz&c=zz&group=q&due=-1&owner=%00&q=%00&lead=%00",
              "owner=999999999999&year=0&sort=zz&view=timeline&begin=2199&span=6", "view=calendar&month=2200-12"]
)  # fmt: skip
def test_a_mistyped_address_is_no_error(city: City, client: Client, query: str) -> None:
    city.login("head", client)
    get(client, query)


def test_the_filter_goes_along_from_view_to_view(city: City, client: Client) -> None:
    city.login("head", client)
    body = get(client, "view=table&lead=roads&status=open&c=phase")
    for view in VIEWS:
        assert f'href="?view={view}&amp;lead=roads&amp;status=open&amp;c=phase' in body
    assert 'href="?view=table&amp;lead=roads&amp;c=phase"' in body, "the chip that takes the status away"


def test_somebody_without_a_role_sees_what_is_public(city: City, client: Client) -> None:
    newcomer = people.add_person({"name": "New", "organisation": city.units["roads"]}, actor=SYSTEM)
    city.people["newcomer"] = newcomer
    city.login("newcomer", client)
    body = get(client, "edit=1")
    assert "roads-public" in body
    assert "internal" not in body.replace("internal_", "")
    assert 'name="v-' in body
    assert 'name="c-' not in body


# ---- Timeline -----------------------------------------------------------------------------------------------------


def test_the_timeline_draws_what_comes_before_what_and_says_it_as_a_table(city: City, client: Client) -> None:
    first, second = city.actions["roads_public"], city.actions["roads_internal"]
    change(first, start_on=date(2026, 1, 1), end_on=date(2027, 6, 30))
    change(second, start_on=date(2027, 1, 1), end_on=date(2028, 1, 1), end_precision="year")
    records.create(ActionRelation, {"action": first, "other": second, "kind": "precedes"}, actor=SYSTEM)
    city.login("head", client)
    body = get(client, "view=timeline&plan=CLIMATE")
    assert body.count('class="tie overlap" d="M') == 2, "one in the chart, one in the legend"
    assert "roads-public (" in body.partition("<table")[2]
    assert 'class="soft"' in body
    assert body.count("<title") == body.count("</title>") > 3


def test_a_dependency_on_what_the_reader_may_not_see_is_not_told(city: City, client: Client) -> None:
    first, second = city.actions["roads_public"], city.actions["welfare_internal"]
    change(first, start_on=date(2026, 1, 1), end_on=date(2027, 6, 30))
    records.create(ActionRelation, {"action": first, "other": second, "kind": "blocks"}, actor=SYSTEM)
    records.create(ActionRelation, {"action": second, "other": first, "kind": "blocks"}, actor=SYSTEM)
    city.login("head", client)
    assert "welfare-internal" not in get(client, "view=timeline")
    manager = Client()
    city.login("body_manager", manager)
    assert "→ welfare-internal" in get(manager, "view=timeline")


@pytest.mark.parametrize(
    ("group", "heading"), [("theme", "Thème"), ("objective", "Objectif"), ("lead", "Roads"), ("none", "")]
)
def test_rows_stand_under_what_they_are_grouped_by(city: City, client: Client, group: str, heading: str) -> None:
    city.login("reader", client)
    body = get(client, f"view=timeline&group={group}&plan=CLIMATE")
    assert (f"<h2>{heading} " in body) if heading else "<h2>" not in body


# ---- Calendar -----------------------------------------------------------------------------------------------------


def test_the_calendar_has_ends_steps_and_duties_each_once(city: City, client: Client, settled: None) -> None:
    action = city.actions["roads_public"]
    change(action, end_on=date(2026, 12, 24), status="under_way", last_reported_on=date(2026, 8, 5))
    add_contact(action, city.people["owner"], "owner")
    do.add_child(
        Step, action, {"title": words("Poser"), "due_on": date(2026, 12, 1), "due_precision": "month"}, actor=SYSTEM
    )
    keeping.keep(date(2026, 11, 24), timezone.now())
    city.login("owner", client)
    body = get(client, "view=calendar&month=2026-12")
    assert body.count('class="end') == 1
    assert body.count('class="step') == 1
    assert "Poser" in body.partition("<table")[0], "a month without a day stands apart"
    assert body.count('class="duty') == 1
    assert "/fr/work/actions/CLIMATE/roads-public/report/" in body
    assert 'class="duty' not in get(client, "view=calendar&month=2026-12&plan=WELFARE")


def test_duties_of_what_may_not_be_seen_are_not_told(city: City, client: Client, settled: None) -> None:
    change(city.actions["welfare_internal"], status="under_way", last_reported_on=date(2026, 8, 5))
    keeping.keep(date(2026, 11, 24), timezone.now())
    city_head = people.add_person({"name": "City Head", "organisation": city.units["city"]}, actor=SYSTEM)
    people.give_role(city_head, Role.HEAD, city.units["city"], actor=SYSTEM, since=date(2024, 1, 1))
    city.people["city_head"] = city_head
    city.login("city_head", client)
    assert "welfare-internal" not in get(client, "view=calendar&month=2026-12")
    manager = Client()
    city.login("body_manager", manager)
    assert "welfare-internal" in get(manager, "view=calendar&month=2026-12")


# ---- As many as a city has ----------------------------------------------------------------------------------------


def grow(city: City, count: int) -> None:
    """More of everything: actions with owners, steps, relations, and people."""
    begin = Action.objects.count()
    for n in range(begin, begin + count):
        person = people.add_person({"name": f"Person {n}", "organisation": city.units["roads"]}, actor=SYSTEM)
        action = make_action(city, f"more-{n}", city.plan, "roads", "public")
        records.update(action, {"start_on": date(2025, 1, 1), "end_on": date(2026, 12, n % 28 + 1)}, actor=SYSTEM)
        add_contact(action, person, "owner")
        add_contact(action, city.people["head"], "approver")
        other = city.actions["roads_public"]
        records.create(ActionRelation, {"action": other, "other": action, "kind": "precedes"}, actor=SYSTEM)
    Objective.objects.get(plan=city.plan)
    keeping.keep(date(2026, 11, 24), timezone.now())


COUNTED = (
    "", "edit=1", "c=theme&c=objective&c=next&c=owner&c=plan", "view=timeline", "view=timeline&group=objective",
    "view=board", "view=calendar&month=2026-12", "view=calendar&month=2026-12&lead=roads", "owner=me&theme=T1&q=more",
)  # fmt: skip


def queries_of(client: Client, query: str) -> int:
    """How many queries the page takes, once it has been opened before."""
    get(client, query)
    with CaptureQueriesContext(connection) as queries:
        get(client, query)
    return len(queries)


def test_queries_are_as_many_for_three_as_for_thirty(city: City, client: Client) -> None:
    city.login("head", client)
    grow(city, 3)
    few = {query: queries_of(client, query) for query in COUNTED}
    grow(city, 27)
    assert {query: queries_of(client, query) for query in COUNTED} == few
    assert max(few.values()) <= 26


@pytest.mark.parametrize(("name", "offered"), [("reader", False), ("owner", True), ("coordination", True)])
def test_who_changes_nothing_is_not_offered_to_paste(city: City, browse: Browse, name: str, offered: bool) -> None:
    assert ("/fr/work/actions/paste/" in browse(name).get("/fr/work/actions/").content.decode()) is offered
