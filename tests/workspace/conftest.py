"""Browsers of the small city's people, logged in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.city import City

Browse = Callable[[str], Client]


@pytest.fixture
def browse(city: City) -> Browse:
    """A browser of somebody, the coordination with its second factor."""

    def one(name: str) -> Client:
        client = Client()
        city.login(name, client, second_factor=name == "coordination")
        return client

    return one
