"""For machines: the Atom feed of changes, the sitemap, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override

from senne.core.models import Organisation
from senne.core.page_cache import cacheable
from senne.core.policy import VISITOR
from senne.core.text import LANGUAGES, reader_language
from senne.indicators.api import queries as indicators
from senne.plan.api import changes, queries
from senne.site.changes import sentence
from senne.site.editorial.listing import Entry, entries
from senne.site.links import address_of
from senne.site.views.pages import PAGES


class ChangesFeed(Feed):
    """What changed in the plan, for visitors, newest first."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response.cacheable_page = True  # type: ignore[attr-defined]
        return response

    def title(self) -> str:
        return _("Climate plan: what changed")

    def link(self) -> str:
        return reverse("site:changes")

    def subtitle(self) -> str:
        return _("Changes of the plan's actions, objectives and indicators.")

    def items(self) -> Iterable[changes.Change]:
        return changes.latest_changes(VISITOR, 40)

    def item_title(self, item: Any) -> str:
        return f"{item.record.code} · {item.record}"

    def item_description(self, item: Any) -> str:
        return sentence(item)

    def item_link(self, item: Any) -> str:
        return address_of(item.record)

    def item_guid(self, item: Any) -> str:
        return f"{settings.PUBLIC_URL}/changes/{item.id}/{reader_language()}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Any) -> datetime:
        at: datetime = item.at
        return at

    item_updateddate = item_pubdate


@cacheable
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page with its addresses in the three languages."""
    records: list[Any] = [*queries.plans(VISITOR), *queries.themes(VISITOR), *queries.axes(VISITOR)]
    records += [*queries.objectives(VISITOR), *queries.actions(VISITOR), *indicators.indicators(VISITOR)]
    records += Organisation.objects.all()
    with override(LANGUAGES[0]):
        lists = ("home", "plans", "actions", "monitoring", "indicators", "organisations", "changes", "answers")
        paths = [reverse(f"site:{name}") for name in lists]
        paths += [reverse("site:page", args=[name]) for name in PAGES]
        paths += [address_of(record) for record in records]
    context = {
        "paths": [path[3:] for path in paths],
        "pages": _with_languages(entries()),
        "languages": LANGUAGES,
        "public_url": settings.PUBLIC_URL,
    }
    return render(request, "site/sitemap.xml", context, content_type="application/xml")


def _with_languages(found: list[Entry]) -> list[tuple[str, list[tuple[str, str]]]]:
    """(path, [(language, path of that version)]) of each editorial page."""
    versions: dict[Any, list[tuple[str, str]]] = {}
    for entry in found:
        versions.setdefault(entry.key, []).append((entry.language, entry.path))
    return [(entry.path, versions[entry.key]) for entry in found]


HIDDEN = ("work", "account", "editorial", "reports/files")


@cacheable
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the workspace is nobody else's business."""
    lines = [
        "User-agent: *",
        *(f"Disallow: /{code}/{part}/" for code in LANGUAGES for part in HIDDEN),
    ]
    return HttpResponse("\n".join([*lines, f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml", ""]), "text/plain")
