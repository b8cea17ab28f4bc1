"""The news for feed readers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from senne.core.text import reader_language
from senne.site.editorial.models import News

MOST = 30


class NewsFeed(Feed):
    """The news of one language, newest first."""

    feed_type = Atom1Feed
    item_guid_is_permalink = False

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response.cacheable_page = True  # type: ignore[attr-defined]
        return response

    def title(self) -> str:
        return pgettext("editorial", "News") + " · " + _("Climate plan")

    def link(self) -> str:
        return reverse("news")

    def subtitle(self) -> str:
        return _("What the city tells about its climate plan.")

    def items(self) -> Iterable[Any]:
        found: Iterable[Any] = News.objects.live().filter(locale__language_code=reader_language())
        return found.order_by("-day", "-pk")[:MOST]  # type: ignore[attr-defined]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.lead)

    def item_link(self, item: Any) -> str:
        return str(item.url_path)

    def item_guid(self, item: Any) -> str:
        return f"{settings.PUBLIC_URL}/news/{item.translation_key}/{reader_language()}"

    def item_pubdate(self, item: Any) -> datetime:
        return timezone.make_aware(datetime.combine(item.day, time(8)))

    def item_updateddate(self, item: Any) -> datetime:
        changed: datetime = item.last_published_at or self.item_pubdate(item)
        return changed
