"""Through the doors: every address, every role; who gets in, what is told, and what is told nowhere."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from senne.core.models import AuditEntry
from tests.core.doors import API, CHANGED, OTHERS, PUBLIC_DOORS
from tests.core.doors_workspace import WORK_DOORS
from tests.core.test_policy_table import INTERNAL, PLACES
from tests.core.world import World, add_internal, build_world, mark

pytestmark = pytest.mark.slow

DOORS = {**PUBLIC_DOORS, **{f"workspace:{name}": door for name, door in WORK_DOORS.items()}}
COORDINATING = {"coordination", "body_coordination"}
# The pure table walks everybody; through the doors go those of them who stand for a row of their own.
WALKERS = ("visitor", "coordination", "head", "reader", "body_manager", "body_reader", "partner_owner")
CHANGERS = ("visitor", "head", "contributor", "reader", "body_manager", "body_reader")
READERS = ("visitor", "reader", "body_manager", "coordination")


def names_of(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Every named address below a resolver, with its namespace."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        else:
            yield from names_of(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)


def client_of(world: World, role: str) -> Client:
    client = Client()
    if role != "visitor":
        world.login(role, client, second_factor=role in COORDINATING)
    return client


def closed_places(role: str) -> list[str]:
    """Places whose internal records the role may not see."""
    return [place for place, may in zip(PLACES, INTERNAL[role], strict=True) if "view" not in may]


def told(response: Any, path: str) -> str:
    """All text of an answer, spreadsheets unpacked; without the address that was asked for itself, nor random tokens."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", content.decode(errors="replace"))
    return text.replace(re.sub(r"^/(fr|nl|en)/", "", path), "")


def test_every_address_has_a_row() -> None:
    """A new address fails here until it says in tests/core/doors.py whom it lets in.

    Those of Wagtail itself all stand behind one door of their own: tests/site/editorial/test_editor.py.
    """
    ours = {
        name
        for name in names_of(get_resolver())
        if not re.match(r"(account|mfa|socialaccount|openid)_|api-1:|wagtail(?!admin_home$)|None$", name)
    }
    assert ours == {name.split("#")[0] for name in DOORS} | OTHERS


@pytest.mark.parametrize("role", WALKERS)
def test_each_door_lets_in_whom_it_should_and_tells_nobody_else(world: World, role: str) -> None:
    client, closed = client_of(world, role), closed_places(role)
    found: dict[str, int] = {}
    wanted: dict[str, int] = {}
    for name, door in DOORS.items():
        for path, place, visibility in door.paths(name, world):
            response = client.get(path)
            found[path], wanted[path] = response.status_code, door.status(role, place, visibility)
            text = told(response, path)
            assert [place for place in closed if mark(place) in text] == [], f"{path} tells {role}"
            if role in {"visitor", "reader", "body_reader"}:
                assert not re.search(r"zq-\w+ note", text), f"{path} tells {role} an internal note"
    assert found == wanted


@pytest.mark.parametrize("role", CHANGERS)
def test_nobody_changes_what_they_may_not(world: World, role: str) -> None:
    client = client_of(world, role)
    for name, door in DOORS.items():
        for path, place, visibility in door.paths(name, world, CHANGED):
            if door.lets_change(role, place, visibility):
                continue
            before = AuditEntry.objects.count()
            response = client.post(path, door.data)
            assert response.status_code in {200, 302, 403, 404, 405}, path
            assert AuditEntry.objects.count() == before, f"{role} changed something by {path}"


@pytest.mark.parametrize("role", ["head", "owner", "contributor", "body_manager", "coordination"])
def test_who_may_change_something_gets_through(world: World, role: str) -> None:
    """The other side of the one before: the same requests, where the policy agrees, are not refused."""
    client = client_of(world, role)
    passed = set()
    for name in ("workspace:report", "workspace:action_steps", "workspace:act_on_step", "workspace:translate",
                 "workspace:indicator_figure", "workspace:paste_figures"):  # fmt: skip
        door = DOORS[name]
        for path, place, visibility in door.paths(name, world, CHANGED):
            if door.lets_change(role, place, visibility):
                before = AuditEntry.objects.count()
                assert client.post(path, door.data).status_code == 302, path
                assert AuditEntry.objects.count() > before, path
                passed.add(name)
    assert {"workspace:report", "workspace:indicator_figure", "workspace:paste_figures"} <= passed


@pytest.mark.parametrize("role", READERS)
def test_downloads_in_every_format_hold_what_their_reader_may_see(world: World, role: str) -> None:
    client, closed = client_of(world, role), closed_places(role)
    for place in PLACES:
        for visibility in ("public", "internal"):
            for kind in ("xlsx", "ods", "csv", "json"):
                path = reverse("opendata:download", args=[world.made["plan", place, visibility].code, kind])
                response = client.get(path)
                seen = visibility == "public" or place not in closed
                assert response.status_code == (200 if seen else 404), path
                text = told(response, path)
                assert [other for other in closed if mark(other) in text] == [], path
                if seen and place not in closed:
                    assert mark(place) in text, "who may see it does get it"


@pytest.mark.parametrize("role", WALKERS)
def test_the_api_gives_each_reader_their_own(world: World, role: str) -> None:
    client, closed = client_of(world, role), closed_places(role)
    for name, kind in API.items():
        path = f"/api/v1/{name}?limit=200"
        text = told(client.get(path), path)
        assert [place for place in closed if mark(place) in text] == [], path
        assert "confidentiel" not in text or closed != list(PLACES)
        for place in PLACES:
            record = world.made[kind, place, "internal"]
            own = record.code if kind in {"plan", "indicator"} else f"{record.plan.code}/{record.code}"
            status = client.get(f"/api/v1/{name}/{own}").status_code
            assert status == (404 if place in closed else 200), (name, place)


@pytest.mark.parametrize("role", READERS)
def test_search_finds_what_its_reader_may_see(world: World, role: str) -> None:
    client, closed = client_of(world, role), closed_places(role)
    for path in (
        "/fr/actions/?q=confidentiel",
        "/nl/actions/?q=confidentiel",
        "/api/v1/actions?q=confidentiel&limit=200",
    ):
        text = told(client.get(path), path)
        shown = {place for place in PLACES if f"{mark(place)}-A" in text}
        assert shown == set(PLACES) - set(closed), path


# ---- What is not shown is not betrayed either ---------------------------------------------------------------------

LISTS = (
    "/fr/", "/fr/plans/", "/fr/plans/open-city/", "/fr/plans/open-welfare/", "/fr/plans/open-city/ties/",
    "/fr/plans/open-welfare/themes/T1/", "/fr/plans/open-welfare/axes/A1/", "/fr/plans/open-welfare/objectives/O1/",
    "/fr/plans/open-welfare/actions/open-A/", "/fr/actions/", "/fr/actions/?view=cards", "/fr/actions/?q=confidentiel",
    "/fr/actions/?year=1995", "/fr/actions/?organisation=welfare", "/fr/objectives/", "/fr/organisations/",
    "/fr/organisations/welfare/", "/fr/organisations/roads/", "/fr/organisations/city/", "/fr/changes/",
    "/fr/changes/feed/", "/fr/data/", "/fr/data/open-welfare.csv", "/fr/data/open-welfare.json", "/sitemap.xml",
    "/api/v1/plans", "/api/v1/themes", "/api/v1/axes", "/api/v1/objectives", "/api/v1/actions", "/api/v1/organisations",
    "/fr/work/", "/fr/work/new-action/", "/fr/work/people/", "/fr/work/organisations/", "/fr/work/feedback/",
    "/fr/work/imports/", "/fr/work/translations/", "/fr/work/owed/", "/fr/work/news/", "/fr/work/requests/",
    "/fr/work/rounds/", "/fr/work/amendments/", "/fr/work/actions/", "/fr/work/actions/?view=board",
    "/fr/work/actions/?view=timeline", "/fr/work/actions/?view=calendar", "/fr/work/saved-views/", "/fr/reports/",
    "/fr/reports/new/", "/fr/reports/open-city/state/", "/fr/reports/open-welfare/state/", "/fr/news/",
    "/fr/plans/open-welfare/versions/",
)  # fmt: skip
TOKENS = re.compile(r'(name="csrfmiddlewaretoken" value|name="shown_at" value)="[^"]*"')


def pages(client: Client) -> dict[str, tuple[int, str]]:
    answers = {path: client.get(path) for path in LISTS}
    return {path: (answer.status_code, TOKENS.sub("", told(answer, ""))) for path, answer in answers.items()}


def first_difference(before: tuple[int, str], after: tuple[int, str]) -> str:
    """The first lines that differ, for the message of a failing test."""
    for old, new in zip(before[1].splitlines(), after[1].splitlines(), strict=False):
        if old != new:
            return f"{old.strip()[:150]} → {new.strip()[:150]}"
    return f"{before[0]} → {after[0]}, or longer"


@pytest.mark.parametrize("role", ["visitor", "other_body_manager", "body_reader", "reader", "partner_reader", "head"])
def test_what_somebody_may_not_see_changes_nothing_of_what_they_see(db: None, role: str) -> None:
    """Everything internal of all other houses is added, and each page stays the same to the letter: no count, year, tag,
    legend entry, choice of a list or number of a row betrays it."""
    own = [place for place in PLACES if place not in closed_places(role)]
    world = build_world(internal=tuple(own))
    client = client_of(world, role)
    before = pages(client)
    for place in closed_places(role):
        add_internal(world, place)
    after = pages(client)
    differing = {path: first_difference(before[path], after[path]) for path in LISTS if before[path] != after[path]}
    assert differing == {}


def test_a_body_never_learns_how_much_another_has(db: None) -> None:
    """The same, spelled out for the figure that a list of organisations shows."""
    world = build_world(internal=())
    client = client_of(world, "other_body_manager")
    path = "/fr/organisations/"
    before = told(client.get(path), "")
    add_internal(world, "welfare")
    assert told(client.get(path), "") == before
    add_internal(world, "housing")
    assert told(client.get(path), "") != before, "its own it does see"


def test_account_pages_open_and_tell_nothing(world: World) -> None:
    client = client_of(world, "head")
    names = ("account_login", "account_logout", "account_signup", "account_inactive", "account_email",
             "account_change_password", "account_reset_password", "mfa_index", "socialaccount_connections")  # fmt: skip
    for name in names:
        for who in (client, Client()):
            response = who.get(reverse(name))
            assert response.status_code in {200, 302}, name
            assert "zq-" not in told(response, "")


@pytest.mark.parametrize("role", ["visitor", "coordination"])
def test_no_page_has_a_script_or_a_style_inside(world: World, role: str) -> None:
    """The content-security policy would drop it: the page would be broken, silently."""
    client = client_of(world, role)
    account = [reverse(name) for name in ("account_login", "account_reset_password", "mfa_index", "account_email")]
    # The editor has a policy of its own (tests/site/editorial/test_editor.py).
    ours = {name: door for name, door in DOORS.items() if not name.startswith(("wagtail", "editorial_"))}
    paths = [path for name, door in ours.items() for path, _place, _visibility in door.paths(name, world)[:2]]
    for path in [*paths, *account]:
        response = client.get(path)
        if response.status_code != 200 or "html" not in response["Content-Type"]:
            continue
        body = response.content.decode()
        assert re.findall(r"<script(?![^>]* src=)[^>]*>", body) == [], path
        assert re.findall(r"<style\b", body) == [], path
        assert re.findall(r"<[a-z][^>]*\s(?:style|on[a-z]+)=", body) == [], path
