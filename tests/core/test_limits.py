"""Limits by address: the reader's own, behind proxies too, and not one that somebody writes into a header."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory

from senne.core.limits import client_address, too_many
from tests.city import PASSWORD, City


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.1", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "198.51.100.1", "192.0.2.1"),
    ],
)
def test_only_what_our_own_proxies_say_is_believed(settings: Any, proxies: int, forwarded: str, address: str) -> None:
    settings.PROXIES = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert client_address(RequestFactory(REMOTE_ADDR="192.0.2.1").get("/", headers=headers)) == address


def test_so_many_within_the_time_and_no_more() -> None:
    here, there = (RequestFactory(REMOTE_ADDR=f"192.0.2.{number}").get("/") for number in (1, 2))
    assert [too_many("x", here, 2, 60, now=at) for at in (0, 10, 20)] == [False, False, True]
    assert not too_many("x", there, 2, 60, now=20)
    assert not too_many("y", here, 2, 60, now=20)
    assert not too_many("x", here, 2, 60, now=61), "the first is over"
    assert too_many("x", here, 2, 60, now=62), "the second and the last are not"


def test_behind_a_proxy_one_reader_locks_out_nobody_else(city: City, settings: Any) -> None:
    settings.PROXIES = 1
    for number in range(31):
        form = {"login": f"{number}@y.example", "password": PASSWORD}
        last = Client().post("/fr/account/login/", form, headers={"x-forwarded-for": "6.6.6.6, 198.51.100.1"})
    assert last.status_code == 429
    form = {"login": "other@y.example", "password": PASSWORD}
    other = Client().post("/fr/account/login/", form, headers={"x-forwarded-for": "6.6.6.6, 198.51.100.2"})
    assert other.status_code == 200
