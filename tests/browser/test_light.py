"""Public pages are light: in bytes, in elements, in what they ask for, on a slow line and a slow machine."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_public_site import PAGES

pytestmark = pytest.mark.browser
SLOW_LINE = {"offline": False, "latency": 300, "downloadThroughput": 64 * 1024, "uploadThroughput": 32 * 1024}
SLOW_MACHINE = {"rate": 6}
LARGEST_PAINT = """() => new Promise(done => new PerformanceObserver(list => {
  const entries = list.getEntries();
  done(entries[entries.length - 1].startTime);
}).observe({type: 'largest-contentful-paint', buffered: true}))"""


def test_pages_are_light_and_ask_nobody_else(browser: Browser, public_site: str) -> None:
    for path in PAGES[:-1]:
        context = browser.new_context(base_url=public_site)
        page = context.new_page()
        bodies: list[bytes] = []
        hosts: set[str] = set()
        kinds: set[str] = set()
        page.on("request", lambda request, hosts=hosts: hosts.add(request.url.split("/")[2]))
        page.on("request", lambda request, kinds=kinds: kinds.add(request.resource_type))
        page.on("response", lambda response, bodies=bodies: bodies.append(response.body()))
        page.goto(f"/fr/{path}", wait_until="networkidle")
        weight = sum(len(gzip.compress(body)) for body in bodies)
        elements = page.evaluate("document.querySelectorAll('*').length")
        assert weight <= 30_000, (path, weight)
        assert elements <= 380, (path, elements)
        assert hosts == {public_site.split("/")[2]}
        assert not kinds & {"script", "font"}
        context.close()


def test_the_first_view_is_quick_on_a_slow_line_and_an_old_machine(visitor: Page) -> None:
    """512 kbit/s, 300 ms away, a processor six times slower: the largest part is there within 2.5 seconds."""
    session = visitor.context.new_cdp_session(visitor)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_LINE)
    session.send("Emulation.setCPUThrottlingRate", SLOW_MACHINE)
    visitor.goto("/fr/", wait_until="load")
    assert visitor.evaluate(LARGEST_PAINT) < 2500


def test_the_one_style_sheet_is_used(visitor: Page) -> None:
    """Over the kinds of public pages, most of what the style sheet says is used; what is not is for staff and paper."""
    session = visitor.context.new_cdp_session(visitor)
    session.send("DOM.enable")
    session.send("CSS.enable")
    used: set[tuple[float, float]] = set()
    for path in PAGES[:-1]:
        session.send("CSS.startRuleUsageTracking")
        visitor.goto(f"/fr/{path}")
        rules = session.send("CSS.stopRuleUsageTracking")["ruleUsage"]
        used |= {(rule["startOffset"], rule["endOffset"]) for rule in rules if rule["used"]}
    sheet = "fetch(document.querySelector('link[rel=stylesheet]').href).then(r => r.text()).then(t => t.length)"
    assert sum(end - start for start, end in used) >= 0.6 * visitor.evaluate(sheet)


def test_a_second_view_asks_for_the_page_alone(visitor: Page) -> None:
    """Style sheet and icon are kept for a year; only the page itself is asked for again."""
    visitor.goto("/fr/", wait_until="networkidle")
    visitor.goto("/fr/actions/", wait_until="networkidle")
    fetched = (
        "performance.getEntriesByType('resource').filter(entry => entry.transferSize > 0).map(entry => entry.name)"
    )
    assert visitor.evaluate(fetched) == []
