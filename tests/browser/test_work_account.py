"""Logging in with the city's own accounts, in a real browser: the security policy of our pages must let the way through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from senne.config import environment
from senne.core import people
from senne.core.actors import SYSTEM
from tests.browser.test_workspace import in_language
from tests.city import build_city
from tests.core.openid_server import CLIENT, SECRET, OpenIdServer

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[OpenIdServer]:
    """The city's login server, with Senne configured for it by the environment alone."""
    running = OpenIdServer()
    values = {"URL": running.address, "CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET, "NAME": "Compte de la Ville"}
    for name, value in values.items():
        monkeypatch.setenv(f"SENNE_OIDC_CITY_{name}", value)
    monkeypatch.setenv("SENNE_OIDC", "city")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": environment.openid_providers()}}
    directives = dict(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
    directives["form-action"] = ["'self'", *environment.openid_origins()]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives}
    running.claims = {"sub": "h-1", "email": "head@city.example", "email_verified": True, "name": "Head"}
    yield running
    running.close()


def test_from_the_login_page_to_the_servers_and_back_to_ones_work(
    browser: Browser, transactional_db: None, live_server: Any, server: OpenIdServer
) -> None:
    city = build_city()
    people.change_person(city.people["head"], {"email": "head@city.example", "language": "nl"}, actor=SYSTEM)
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    refused: list[str] = []
    page.on(
        "console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.goto("/fr/account/login/")
    page.click("text=Compte de la Ville")
    page.wait_for_url(f"**{in_language('nl', 'workspace:home')}", timeout=20_000)
    assert refused == []
    context.close()
