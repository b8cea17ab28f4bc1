"""Every published editorial page with its address, for machines that list pages."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page

from senne.site.editorial.models import HomeIntroduction, ThemeIntroduction


@dataclass(frozen=True)
class Entry:
    """A published page: its address, its language, and what it shares with its translations."""

    path: str
    language: str
    key: UUID


def entries() -> list[Entry]:
    """All that have an address of their own: one query. Introductions stand on pages of the plan."""
    found = Page.objects.live().filter(depth__gte=3).not_type(HomeIntroduction, ThemeIntroduction).order_by("path")
    return [Entry(*row) for row in found.values_list("url_path", "locale__language_code", "translation_key")]
