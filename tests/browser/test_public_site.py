"""The public site in a real browser: accessible in light and dark, usable at 320 pixels, without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = (
    "", "plans/", "plans/CLIMAT/", "plans/CLIMAT/ties/", "plans/CLIMAT/themes/AD/", "plans/CLIMAT/axes/AD1/",
    "plans/CLIMAT/objectives/AD2.1/", "plans/CLIMAT/actions/AD-12/", "actions/", "actions/?view=cards", "objectives/",
    "indicators/", "indicators/direct-emissions/", "indicators/meal-emissions/", "plans/CLIMAT/objectives/EV1.1/",
    "organisations/", "organisations/rh/", "changes/", "contact/", "pages/accessibility/", "pages/method/",
    "pages/components/", "pages/legal/", "pages/privacy/", "nothing-here/",
)  # fmt: skip


# One language walks through all pages in every run, the others in those that take their time.
LANGUAGES = ["fr", pytest.param("nl", marks=pytest.mark.slow), pytest.param("en", marks=pytest.mark.slow)]


def faults(page: Page) -> list[str]:
    found: Any = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found["violations"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_accessibility_fault_on_any_kind_of_page(visitor: Page, language: str) -> None:
    broken = {}
    for path in PAGES:
        visitor.goto(f"/{language}/{path}")
        if found := faults(visitor):
            broken[path] = found
    assert broken == {}


def test_dark_pages_have_contrast_too(browser: Browser, public_site: str) -> None:
    context = browser.new_context(base_url=public_site, color_scheme="dark")
    page = context.new_page()
    broken = {}
    for path in ("", "actions/", "indicators/meal-emissions/", "plans/CLIMAT/actions/AD-12/", "pages/components/"):
        page.goto(f"/fr/{path}")
        if found := faults(page):
            broken[path] = found
    context.close()
    assert broken == {}


def test_usable_at_320_pixels_without_javascript(browser: Browser, public_site: str) -> None:
    context = browser.new_context(base_url=public_site, viewport={"width": 320, "height": 640})
    page = context.new_page()
    too_wide = []
    for path in PAGES:
        page.goto(f"/nl/{path}")
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            too_wide.append(path)
    context.close()
    assert too_wide == []
    context = browser.new_context(base_url=public_site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/fr/actions/")
    page.select_option("#status", "done")
    page.click("form.filters button")
    assert "status=done" in page.url
    assert page.locator("tbody tr").count() > 0
    context.close()
