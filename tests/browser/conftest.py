"""A real Chromium on a real server with the demo city."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

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


@pytest.fixture(scope="session")
def public_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real server with the demo city in a store of its own, for tests that only read."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment |= {"SENNE_LOCAL": "1", "SENNE_STORE": str(tmp_path_factory.mktemp("store")), "SENNE_URL": url}
    command = [sys.executable, "-m", "senne.config.cli"]
    subprocess.run([*command, "prepare"], env=environment, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        [*command, "serve", "--port", str(port), "--workers", "1"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(f"{url}/fr/", server)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str, server: subprocess.Popen[bytes], tries: int = 120) -> None:
    for _try in range(tries):
        assert server.poll() is None, "the server ended before it answered"
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"{address} does not answer")


@pytest.fixture
def visitor(browser: Browser, public_site: str) -> Iterator[Page]:
    """A visitor's fresh page at desk width on the public site."""
    context = browser.new_context(
        base_url=public_site, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()
