"""Pages of reports in a real browser: accessible, light, usable at 320 pixels and without JavaScript, fit to print."""

from __future__ import annotations

import gzip
import io

import pytest
from playwright.sync_api import Browser, Page
from pypdfium2 import PdfDocument

from senne.demo.accounts import DEMO_PASSWORD
from tests.browser.test_public_site import LANGUAGES, faults

pytestmark = pytest.mark.browser
PAGES = ("reports/", "reports/CLIMAT/state/", "reports/CLIMAT/state/?organisation=batiments")


def log_in(page: Page) -> None:
    page.goto("/fr/account/login/")
    page.fill("input[name=login]", "head@senne.example.org")
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_accessibility_fault(visitor: Page, language: str) -> None:
    broken = {}
    for path in PAGES:
        visitor.goto(f"/{language}/{path}")
        if found := faults(visitor):
            broken[path] = found
    assert broken == {}


def test_no_accessibility_fault_in_the_dark_and_for_staff(browser: Browser, public_site: str) -> None:
    context = browser.new_context(base_url=public_site, color_scheme="dark")
    page = context.new_page()
    log_in(page)
    broken = {}
    for path in ("reports/", "reports/new/", "reports/CLIMAT/state/"):
        page.goto(f"/fr/{path}")
        if found := faults(page):
            broken[path] = found
    context.close()
    assert broken == {}


def test_pages_are_light_and_ask_nobody_else(browser: Browser, public_site: str) -> None:
    for path in PAGES:
        context = browser.new_context(base_url=public_site)
        page = context.new_page()
        bodies: list[bytes] = []
        kinds: set[str] = set()
        page.on("request", lambda request, kinds=kinds: kinds.add(request.resource_type))
        page.on("response", lambda response, bodies=bodies: bodies.append(response.body()))
        page.goto(f"/fr/{path}", wait_until="networkidle")
        assert sum(len(gzip.compress(body)) for body in bodies) <= 30_000, path
        assert page.evaluate("document.querySelectorAll('*').length") <= 400, path
        assert not kinds & {"script", "font"}
        context.close()


def test_usable_at_320_pixels(browser: Browser, public_site: str) -> None:
    context = browser.new_context(base_url=public_site, viewport={"width": 320, "height": 640})
    page = context.new_page()
    for path in PAGES:
        page.goto(f"/nl/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    context.close()


def test_the_one_page_prints_on_few_sheets(visitor: Page) -> None:
    visitor.goto("/fr/reports/CLIMAT/state/")
    assert len(PdfDocument(io.BytesIO(visitor.pdf(format="A4")))) <= 3


@pytest.mark.parametrize("script", [True, False])
def test_a_report_is_asked_for_followed_and_fetched(browser: Browser, public_site: str, script: bool) -> None:
    """By itself with a script; without one, by the link that looks again."""
    context = browser.new_context(base_url=public_site, java_script_enabled=script)
    page = context.new_page()
    log_in(page)
    page.goto("/fr/reports/new/")
    page.select_option("select[name=what]", "yearly.docx")
    page.click("main form.form button")
    page.wait_for_load_state()
    assert faults(page) == [] if script else True
    for _look in range(0 if script else 200):
        if page.query_selector("a[href*='/files/jobs/']"):
            break
        page.click("text=Regarder à nouveau")
        page.wait_for_load_state()
    page.wait_for_selector("a[href*='/files/jobs/']", timeout=60_000)
    with page.expect_download() as download:
        page.click("a[href*='/files/jobs/']")
    assert download.value.suggested_filename.endswith(".docx")
    context.close()
