"""The workspace in a real browser: accessible in three languages, usable at 320 pixels, without JavaScript, by keyboard."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page

from senne.core.actors import SYSTEM
from senne.core.models import User
from senne.core.paths import path_without_language
from senne.demo.accounts import DEMO_PASSWORD, TOTP_SECRET
from senne.plan.api import do
from tests.browser.test_public_site import LANGUAGES, faults
from tests.city import PASSWORD, City, add_contact, build_city

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
ACTION = "work/actions/CLIMAT/EN-04/"
COORDINATION = (
    "work/", "work/list/?scope=all&only=late", "work/unmonitored/", "work/news/", "work/account/", "work/new-action/",
    ACTION, f"{ACTION}report/", f"{ACTION}who/", f"{ACTION}when/", f"{ACTION}steps/", f"{ACTION}money/",
    f"{ACTION}where/", f"{ACTION}ties/?objective=EN&action=EN", f"{ACTION}files/", f"{ACTION}internal/",
    f"{ACTION}close/?action=EN", f"{ACTION}copy/", f"{ACTION}delete/", "work/history/CLIMAT/EN-02/",
    "work/plans/", "work/new-plan/", "work/plans/CLIMAT/", "work/plans/CLIMAT/edit/", "work/themes/CLIMAT/AD/",
    "work/axes/CLIMAT/AD1/", "work/plans/CLIMAT/new/objective/?under=AD1", "work/objectives/CLIMAT/AD2.1/",
    "work/indicators/", "work/indicators/direct-emissions/", "work/indicators/direct-emissions/edit/",
    "work/indicators/residual-waste/figure/", "work/indicators/direct-emissions/paste/",
    "work/indicators/direct-emissions/target/", "work/actions/CLIMAT/EN-05/indicators/?indicator=eau",
    "work/objectives/CLIMAT/AD2.1/ties/?objective=EN", "work/translations/", "work/feedback/", "work/people/",
    "work/people/new/", "work/people/trail/", "work/organisations/", "work/organisations/new/", "work/imports/",
    "account/logout/",    "account/password/change/", "account/email/", "account/2fa/", "account/reauthenticate/",
)  # fmt: skip
VISITOR = (
    "account/login/", "account/password/reset/", "account/password/reset/done/", "account/password/reset/key/1-x/",
    "account/inactive/", "account/confirm-email/x/", "account/invitation/x/y/", "account/signup/",
)  # fmt: skip
# Their numbers differ from one store to the next: the page is one that the list before it leads to.
FOUND = (
    ("work/people/", "tbody th a"), ("work/organisations/", "tbody th a"), ("work/translations/", "tbody th a"),
    (f"{ACTION}steps/", ".plain-list a"),
)  # fmt: skip


def in_language(language: str, name: str, *args: str) -> str:
    """The path of a page in that language, by the name of its view."""
    return f"/{language}{path_without_language(name, *args)}"


def at_home() -> re.Pattern[str]:
    """The address of My work in French, without anything asked behind it."""
    return re.compile(rf"^[^?]*{in_language('fr', 'workspace:home')}$")


def code_now() -> str:
    return format_hotp_value(hotp_value(TOTP_SECRET, int(time.time()) // 30))


def log_in(page: Page, email: str, password: str = DEMO_PASSWORD) -> None:
    page.goto("/fr/account/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main form button")
    # A code that ran out between being read and being sent is asked for once more.
    for _try in range(2):
        if page.locator("input[name=code]").count():
            page.fill("input[name=code]", code_now())
            page.click("main form button")


@pytest.fixture(scope="module")
def state(browser: Browser, public_site: str) -> Any:
    """The coordination's cookies on the demo city's server, shared by the tests that only look."""
    context = browser.new_context(base_url=public_site)
    page = context.new_page()
    log_in(page, "coordination@senne.example.org")
    assert page.url.endswith(in_language("fr", "workspace:home"))
    kept = context.storage_state()
    context.close()
    return kept


Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, public_site: str, state: Any) -> Iterator[Open]:
    """Opens a page of the coordination (or of a visitor) with the options given; all are closed at the end."""
    contexts = []

    def one(visitor: bool = False, **options: Any) -> Page:
        cookies = None if visitor else state
        context = browser.new_context(base_url=public_site, storage_state=cookies, reduced_motion="reduce", **options)
        contexts.append(context)
        return context.new_page()

    yield one
    for context in contexts:
        context.close()


def addresses(page: Page, language: str) -> Iterator[str]:
    """The pages of the coordination, and one that each of some lists leads to."""
    yield from (f"/{language}/{path}" for path in COORDINATION)
    for path, link in FOUND:
        page.goto(f"/{language}/{path}")
        address = page.locator(link).first.get_attribute("href")
        assert address, path
        yield address


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_accessibility_fault_on_any_page(opened: Open, language: str) -> None:
    broken = {}
    page, visitor = opened(), opened(visitor=True)
    for address in addresses(page, language):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        if found := faults(page):
            broken[address] = found
    for path in VISITOR:
        visitor.goto(f"/{language}/{path}")
        if found := faults(visitor):
            broken[path] = found
    assert broken == {}


def test_dark_pages_have_contrast_too(opened: Open) -> None:
    page = opened(color_scheme="dark")
    broken = {}
    for path in ("work/", f"{ACTION}report/", "work/history/CLIMAT/EN-02/", "work/plans/CLIMAT/", "account/2fa/"):
        page.goto(f"/nl/{path}")
        if found := faults(page):
            broken[path] = found
    assert broken == {}


@pytest.mark.slow
def test_no_sideways_scrolling_at_320_pixels_without_javascript(opened: Open) -> None:
    page = opened(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    measure = opened(viewport={"width": 320, "height": 640})
    too_wide = []
    for address in addresses(page, "nl"):
        measure.goto(address)
        if measure.evaluate("document.documentElement.scrollWidth") > 320:
            too_wide.append(address)
    assert too_wide == []


def test_one_language_first_the_others_folded(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    page.goto(f"/nl/{ACTION}")
    title = page.locator("fieldset", has=page.locator("legend", has_text="Titel")).first
    assert title.locator("input:visible").count() == 1
    assert title.locator("input:visible").get_attribute("lang") == "nl"
    title.locator("summary").click()
    assert title.locator("input:visible").count() == 3


def test_the_reason_shows_where_the_state_asks_for_it(opened: Open) -> None:
    page = opened(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto(in_language("fr", "workspace:report", "CLIMAT", "EN-02"))
    reason = page.locator("fieldset.only-closing")
    assert not reason.is_visible()
    page.check("input[name=status][value=suspended]")
    assert reason.is_visible()


# ---- A small city of our own, where things may change -------------------------------------------------------------


@pytest.fixture
def own(browser: Browser, transactional_db: None, live_server: Any) -> Iterator[tuple[Page, City]]:
    """An owner's page without JavaScript on a server with the small city, and the city."""
    city = build_city()
    add_contact(city.actions["roads_public"], city.people["owner"], "owner")
    do.change_action(city.actions["roads_public"], {"last_reported_on": None}, actor=SYSTEM)
    step = city.actions["roads_public"].steps.get()
    do.change_child(step, {"due_on": date(2026, 1, 1)}, actor=SYSTEM)
    user = User.objects.create_user("owner@city.example", PASSWORD, language="fr")
    city.people["owner"].__class__.objects.filter(pk=city.people["owner"].pk).update(user=user)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page(), city
    context.close()


def tab_to(page: Page, wanted: str, most: int = 60) -> None:
    """Press Tab until what is in focus holds this text (or has it as its name)."""
    for _press in range(most):
        page.keyboard.press("Tab")
        here = page.locator(":focus")
        if here.count() and re.search(wanted, f"{here.inner_text()} {here.get_attribute('name') or ''}"):
            return
    raise AssertionError(f"the keyboard does not reach {wanted!r}")


def test_a_report_from_login_to_thanks_by_keyboard_alone(own: tuple[Page, City]) -> None:
    page, city = own
    page.goto(in_language("fr", "workspace:home"))
    tab_to(page, "login")
    page.keyboard.type("owner@city.example")
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(at_home())
    tab_to(page, "Faire rapport")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/**")
    tab_to(page, "status")
    page.keyboard.press("ArrowDown")
    tab_to(page, "steps")
    page.keyboard.press("Space")
    tab_to(page, "news_fr")
    page.keyboard.type("Les travaux commencent.")
    tab_to(page, "Enregistrer le rapport")
    page.keyboard.press("Enter")
    page.wait_for_url(at_home())
    assert "Votre rapport est enregistré" in page.locator("main").inner_text()
    action = city.actions["roads_public"]
    action.refresh_from_db()
    assert (action.status, action.news) == ("under_way", {"fr": "Les travaux commencent."})
    assert action.progress_permille == 1000


def test_an_edit_that_fails_keeps_what_was_typed_and_leads_to_the_fault(own: tuple[Page, City]) -> None:
    page, city = own
    log_in(page, "owner@city.example", PASSWORD)
    page.goto(in_language("fr", "workspace:action_when", "CLIMATE", "roads-public"))
    page.fill("#id_start", "2028")
    page.fill("#id_end", "2027")
    page.click("form.form button")
    alert = page.locator("[role=alert]")
    assert "La fin vient avant le début" in alert.inner_text()
    alert.locator("a").click()
    assert page.url.endswith("#id_end")
    assert page.input_value("#id_start") == "2028"
    assert page.locator("#id_end").get_attribute("aria-invalid") == "true"
