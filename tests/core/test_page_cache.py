"""Pages from memory: true, bounded, the same for everybody, and never somebody's own."""

from __future__ import annotations

import gzip
import threading
from typing import Any

import brotli
import pytest
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from senne.core import page_cache, records
from senne.core.actors import SYSTEM
from senne.core.page_store import Shelf
from tests.city import City

HOME = "/fr/plans/CLIMATE/"


def questions(client: Client, path: str, **headers: str) -> tuple[int, Any]:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path, headers=headers)
    return len(queries), response


def test_a_kept_page_costs_one_question(city: City) -> None:
    first, drawn = questions(Client(), HOME)
    second, kept = questions(Client(), HOME)
    assert (second, kept.content) == (1, drawn.content)
    assert first > 1


def test_a_change_is_seen_with_the_next_request(city: City) -> None:
    before = Client().get(HOME)
    records.update(city.plan, {"end_year": 2031}, actor=SYSTEM)
    after = Client().get(HOME, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]


@pytest.mark.parametrize(("accepted", "used"), [
    ("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("", ""), ("br;q=0, gzip;q=0.5", "gzip"), ("br;q=0", ""),
    ("identity", ""),
])  # fmt: skip
def test_each_reader_gets_an_encoding_that_it_takes(city: City, accepted: str, used: str) -> None:
    plain = Client().get(HOME).content
    for _turn in ("drawn", "kept"):
        response = Client().get(HOME, headers={"accept-encoding": accepted})
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[used]
        assert response.headers.get("Content-Encoding", "") == used
        assert unpack(response.content) == plain
        assert response["Content-Length"] == str(len(response.content))
        assert {"Cookie", "Accept-Encoding"} <= {part.strip() for part in response["Vary"].split(",")}


def test_head_tells_what_get_would_send(city: City) -> None:
    got = Client().get(HOME)
    told = Client().head(HOME)
    assert told.content == b""
    assert {k: told[k] for k in ("ETag", "Content-Length", "Content-Type")} == {
        k: got[k] for k in ("ETag", "Content-Length", "Content-Type")
    }


@pytest.mark.parametrize("held", ["{tag}", '"other", {tag}', 'W/"x",{tag}'])
def test_an_unchanged_page_is_not_sent_again(city: City, held: str) -> None:
    tag = Client().get(HOME)["ETag"]
    response = Client().get(HOME, headers={"if-none-match": held.format(tag=tag)})
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag)


def test_a_page_drawn_for_somebody_is_neither_kept_nor_served_to_visitors(city: City) -> None:
    staff, page = Client(), "/fr/plans/CLIMATE/actions/roads-internal/"
    city.login("head", staff)
    own = staff.get(page)
    assert own.status_code == 200
    assert own["Cache-Control"] == "private, no-cache"
    assert "Cookie" in own["Vary"]
    assert "ETag" not in own
    assert Client().get(page).status_code == 404
    listed = staff.get("/fr/actions/")
    assert "roads internal" in listed.content.decode()
    assert "roads internal" not in Client().get("/fr/actions/").content.decode()


def test_a_kept_page_is_not_served_to_somebody_who_logged_in(city: City) -> None:
    staff = Client()
    assert "roads internal" not in staff.get("/fr/actions/").content.decode()
    city.login("head", staff)
    assert "roads internal" in staff.get("/fr/actions/").content.decode()


def test_a_visitor_with_the_cookie_of_a_form_still_gets_kept_pages_and_may_write(city: City) -> None:
    visitor = Client(enforce_csrf_checks=True)
    form = visitor.get("/fr/contact/")
    assert "no-store" in form["Cache-Control"]
    assert "csrftoken" in visitor.cookies
    Client().get(HOME)
    count, kept = questions(visitor, HOME)
    assert (count, kept.status_code) == (1, 200)
    token = visitor.cookies["csrftoken"].value
    sent = visitor.post("/fr/contact/", {"message": "x", "csrfmiddlewaretoken": token})
    assert sent.status_code == 200, "the form is read (and asks for patience), not refused"


def test_a_page_with_a_token_is_never_kept() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        response = HttpResponse('<input name="csrfmiddlewaretoken" value="somebody\'s">')
        response.cacheable_page = True  # type: ignore[attr-defined]
        return response

    class Nobody:
        is_authenticated = False

    request = RequestFactory().get("/fr/x/")
    request.user = Nobody()  # type: ignore[assignment]
    assert not page_cache.PageCacheMiddleware(view)._may_keep(request, view(request))


@pytest.mark.slow
def test_invented_query_strings_push_out_no_page(city: City) -> None:
    Client().get(HOME)
    shelf = caches["queries"].shelf
    before, shelf.max_bytes = shelf.max_bytes, 200_000
    try:
        for number in range(60):
            Client().get(f"{HOME}?x={number}")
            assert shelf.size <= 200_000
    finally:
        shelf.max_bytes = before
    assert 0 < len(shelf) < 60
    assert questions(Client(), HOME)[0] == 1
    Client().get(f"{HOME}?x={'y' * 1500}")
    assert questions(Client(), f"{HOME}?x={'y' * 1500}")[0] > 1, "a very long query string is not kept at all"


def test_the_shelf_weighs_no_more_than_it_may() -> None:
    shelf = Shelf(800)
    for number in range(20):
        shelf.put(str(number), (200, {}, bytes(100)), 60)
        shelf.get("0")
    assert shelf.size == 800
    assert shelf.get("0") is not None, "what is asked for stays"
    assert shelf.get("5") is None, "what nobody asked for went first"
    shelf.put("large", (200, {}, bytes(101)), 60)
    assert shelf.get("large") is None
    shelf.put("late", (200, {}, b"x"), -1)
    assert shelf.get("late") is None


def test_one_draws_and_the_others_wait(city: City) -> None:
    """Eight ask at once for a page that nobody holds: it is drawn once."""
    drawn, inside, go_on = [], threading.Event(), threading.Event()

    class Nobody:
        is_authenticated = False

    def slow(_request: HttpRequest) -> HttpResponse:
        drawn.append(1)
        inside.set()
        assert go_on.wait(10)
        response = HttpResponse("a page")
        response.cacheable_page = True  # type: ignore[attr-defined]
        return response

    cache = page_cache.PageCacheMiddleware(slow)
    cache._tag = lambda _request: 'W/"same"'  # type: ignore[method-assign]
    bodies: list[bytes] = []

    def ask() -> None:
        request = RequestFactory().get("/fr/")
        request.user = Nobody()  # type: ignore[assignment]
        bodies.append(cache(request).content)

    threads = [threading.Thread(target=ask) for _number in range(8)]
    threads[0].start()
    assert inside.wait(10)
    for thread in threads[1:]:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert (len(drawn), bodies) == (1, [b"a page"] * 8)
    assert cache.drawers._busy == {}


def test_a_drawer_that_fails_lets_the_next_one_in() -> None:
    drawers = page_cache.Drawers()
    with pytest.raises(ZeroDivisionError), drawers.one_at_a_time("x"):
        raise ZeroDivisionError
    with drawers.one_at_a_time("x"):
        assert drawers._busy["x"][1] == 1
    assert drawers._busy == {}
