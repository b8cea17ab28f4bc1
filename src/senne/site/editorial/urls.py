"""Editorial pages, each under its language."""

from django.urls import path, re_path

from senne.site.editorial.tree import SECTIONS
from senne.site.editorial.views import feeds, pages

_PLACES = "|".join(section.slug for section in SECTIONS)
urlpatterns = [
    path("news/feed/", feeds.NewsFeed(), name="news_feed"),
    path("news/", pages.page, {"path": "news/"}, name="news"),
    # Wagtail finds addresses of pages by this name.
    re_path(rf"^((?:{_PLACES})/(?:[\w-]+/)*)$", pages.page, name="wagtail_serve"),
]
