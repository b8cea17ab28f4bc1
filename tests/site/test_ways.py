"""No page is an island: whatever may be opened is found by following links from where its reader begins."""

from __future__ import annotations

import re
from collections import deque
from html import unescape

from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from senne.core.actors import SYSTEM
from senne.core.mailing import post
from senne.core.text import Text
from senne.plan.api import freezing
from tests.city import TODAY, City, make_indicator

# Reached from mails, from a form, from a program, or for one record in a hundred.
ELSEWHERE = {
    "site:follow_confirm", "site:follow_out", "site:answer_off", "site:thanks", "site:your_data_open",
    "site:your_data_download", "site:document", "reports:made",
    "reports:job", "reports:cancel",
}  # fmt: skip
FILES = {"reports:file", "reports:action_sheet", "reports:objective_sheet", "opendata:download", "site:share_picture"}


def reached_from(start: str, client: Client) -> set[str]:
    """The names of the addresses that links lead to, one page opened of each name and kind."""
    found: set[str] = set()
    opened: set[tuple[str, str]] = set()
    waiting, seen = deque([start]), {start}
    with translation.override("fr"):
        while waiting:
            path = waiting.popleft()
            try:
                match = resolve(path.split("?")[0])
            except Resolver404:
                continue
            found.add(match.view_name)
            key = (match.view_name, str(match.kwargs.get("kind", "")))
            if key in opened or match.view_name in FILES or "logout" in path:
                continue
            opened.add(key)
            response = client.get(path)
            if "html" not in response.headers.get("Content-Type", "") or response.status_code != 200:
                continue
            for link in re.findall(r'(?:href|src)="(?:https?://[^/"]+)?(/fr/[^"#]*)', response.content.decode()):
                if (address := unescape(link)) not in seen:
                    seen.add(address)
                    waiting.append(address)
    return found


def names_of(*rooms: str) -> set[str]:
    """Every named address of these rooms."""
    from senne.opendata import urls_pages
    from senne.reports import urls as reports_urls
    from senne.site import urls as site_urls

    modules = {"site": site_urls, "reports": reports_urls, "opendata": urls_pages}
    return {f"{room}:{pattern.name}" for room in rooms for pattern in modules[room].urlpatterns}


def test_a_visitor_finds_every_public_page_by_its_links(city: City, client: Client) -> None:
    label = freezing.Label("moment", Text(fr="Un matin de novembre"), public=True)
    freezing.freeze(city.plan, label, TODAY, actor=SYSTEM)
    make_indicator(city, "trees")
    found = reached_from("/fr/", client)
    assert names_of("site", "reports", "opendata") - ELSEWHERE - {"reports:new", "site:version_part"} <= found


def test_the_coordination_finds_what_it_alone_may_open(city: City, client: Client) -> None:
    now = timezone.now()
    post.queue("ways", "o@example.org", "Un rappel", "Texte", language="fr", now=now, person=city.people["owner"])
    city.login("coordination", client, second_factor=True)
    found = reached_from("/fr/work/", client)
    wanted = {
        "outbox", "mail", "trail", "rounds", "new_round", "amendments", "translations", "feedback", "people",
        "organisations", "imports", "plans", "plan", "mails", "my_account", "record_history", "actions", "list",
    }  # fmt: skip
    assert {f"workspace:{name}" for name in wanted} | {"reports:new", "editorial_reviews"} <= found
