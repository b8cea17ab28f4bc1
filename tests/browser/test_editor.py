"""The editor of the site's pages, in a real browser: its checker shows accessibility faults before the readers meet them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect

from tests.city import build_city
from tests.site.editorial.writing import block, picture, write

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


def photo(alt: str) -> dict[str, Any]:
    return block("picture", {"picture": {"image": picture().pk, "alt_text": alt, "decorative": False}})


def test_the_checker_shows_the_faults_of_a_draft(browser: Browser, transactional_db: None, live_server: Any) -> None:
    city, client = build_city(), Client()
    city.login("coordination", client, second_factor=True)
    good = write("Sans faute", photo("Une toiture plantée d’herbes"), live=False)
    bad = write("Avec une faute", photo("IMG_0042.jpg"), live=False)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1500, "height": 1000})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    for draft, faults in ((bad, "1"), (good, "0")):
        page.goto(f"/fr/editorial/pages/{draft.pk}/edit/")
        page.locator("button[data-side-panel-toggle=checks]").click()
        panel = page.locator("[data-side-panel=checks]").first
        expect(panel.locator("[data-content-word-count]")).to_have_text(re.compile(r"\d+"), timeout=30_000)
        expect(panel.locator("[data-content-checker-count]")).to_have_text(faults, timeout=30_000)
    assert refused == []
    context.close()
