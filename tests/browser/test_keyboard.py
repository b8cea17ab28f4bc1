"""The public site by keyboard alone: everything can be reached, seen and used, and nothing holds the reader back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
LONG = ("actions/?status=done", "plans/CLIMAT/actions/AD-12/")
FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
HERE = """() => {
  const node = document.activeElement;
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  return {
    index: [...document.querySelectorAll(SELECTOR)].indexOf(node),
    name: node.tagName,
    seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}""".replace("SELECTOR", f'"{FOCUSABLE}"')


def reachable(page: Page) -> list[int]:
    """Places in the document of what a reader can reach: all that can have the focus and is not hidden or a trap."""
    found: list[int] = page.evaluate(
        f"""() => [...document.querySelectorAll("{FOCUSABLE}")]
            .map((node, index) => [node, index])
            .filter(([node]) => node.tabIndex >= 0 && node.checkVisibility() && !node.closest('.trap'))
            .map(([_node, index]) => index)"""
    )
    return found


@pytest.mark.parametrize("path", ["", "contact/", *(pytest.param(path, marks=pytest.mark.slow) for path in LONG)])
def test_tab_walks_through_everything_in_order_and_out_again(visitor: Page, path: str) -> None:
    visitor.goto(f"/fr/{path}")
    wanted = reachable(visitor)
    walked, unseen, outside = [], [], []
    for _step in range(len(wanted)):
        visitor.keyboard.press("Tab")
        here = visitor.evaluate(HERE)
        walked.append(here["index"])
        if not here["seen"]:
            unseen.append(here)
        if not here["inside"]:
            outside.append(here)
    assert walked == wanted
    assert unseen == []
    assert outside == []


def test_content_comes_first_for_those_who_ask(visitor: Page) -> None:
    visitor.goto("/fr/actions/")
    visitor.keyboard.press("Tab")
    assert visitor.evaluate("document.activeElement.className") == "skip"
    visitor.keyboard.press("Enter")
    assert visitor.url.endswith("#main")
    visitor.keyboard.press("Tab")
    assert visitor.evaluate("document.activeElement.closest('main') !== null")


def test_a_list_is_filtered_and_freed_again_without_a_mouse(visitor: Page) -> None:
    visitor.goto("/fr/actions/")
    everything = visitor.locator("[role=status]").inner_text()
    visitor.focus("#status")
    visitor.keyboard.type("R")
    visitor.focus("form.filters button")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**status=done**")
    assert visitor.locator("[role=status]").inner_text() != everything
    visitor.focus(".chips a.chip")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url(lambda url: "status=done" not in url)
    assert visitor.locator("[role=status]").inner_text() == everything


def test_more_filters_open_by_key(visitor: Page) -> None:
    visitor.goto("/nl/actions/")
    assert not visitor.locator("#tag").is_visible()
    visitor.focus("form.filters summary")
    visitor.keyboard.press("Enter")
    assert visitor.locator("#tag").is_visible()


def test_the_language_changes_and_the_page_stays(visitor: Page) -> None:
    visitor.goto("/fr/plans/CLIMAT/actions/AD-12/")
    visitor.focus(".languages a[lang=nl]")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/nl/plans/CLIMAT/actions/AD-12/")
    assert visitor.locator("html").get_attribute("lang") == "nl"


def test_a_message_with_a_fault_comes_back_whole(visitor: Page) -> None:
    visitor.goto("/en/contact/")
    visitor.focus("#id_email")
    visitor.keyboard.type("nobody@example")
    visitor.focus("#id_message")
    visitor.keyboard.type("What about my street?")
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Enter")
    visitor.wait_for_selector("[role=alert]")
    assert visitor.input_value("#id_message") == "What about my street?"
