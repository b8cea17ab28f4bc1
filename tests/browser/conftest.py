"""A real Chromium on a real server with the demo city."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests; where there is none, the tests fail and say how to install it."""
    path = os.environ.get("SENNE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "Browser tests need Chromium (on Debian: apt-get install chromium), or SENNE_CHROMIUM."
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def demo(transactional_db: None, live_server: Any) -> str:
    """The address of a server with the demo city."""
    from senne.demo.loader import load_demo

    load_demo(date.today())
    return str(live_server.url)


@pytest.fixture
def page(browser: Browser, demo: str) -> Iterator[Page]:
    """A fresh page at desk width, without JavaScript, as public pages must work."""
    context = browser.new_context(base_url=demo, viewport={"width": 1280, "height": 900}, java_script_enabled=True)
    yield context.new_page()
    context.close()
