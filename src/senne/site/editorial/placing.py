"""Editorial text on pages of the plan: written into one plain table when it is published, read in one question.

Domain pages know nothing of Wagtail: they ask `at(language, places)`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from senne.core.text import LANGUAGES, SOURCE_LANGUAGE
from senne.site.editorial import pictures
from senne.site.editorial.models import HomeIntroduction, News, Placed, ThemeIntroduction

HOME, NEWS = "home", "news"
MOST_NEWS = 3


@dataclass(frozen=True)
class Introduction:
    """A text ready to be shown, and the language that it is in (the source's where it is not translated yet)."""

    html: SafeString
    language: str


@dataclass(frozen=True)
class NewsLine:
    """A news item in a list."""

    title: str
    path: str
    day: date
    lead: str


def theme_place(plan: str, code: str) -> str:
    """The place of a theme's introduction."""
    return f"theme:{plan}:{code}"


def at(language: str, places: Iterable[str]) -> dict[str, Any]:
    """What stands at the places, in the language or else in the source's: Introductions, and under 'news' a list of lines.

    One query. News are never shown in another language.
    """
    rows = Placed.objects.filter(place__in=list(places), language__in={language, SOURCE_LANGUAGE})
    found: dict[str, Any] = {}
    for row in sorted(rows, key=lambda row: row.language == language):
        if row.place == NEWS:
            if row.language == language:
                found[NEWS] = [
                    NewsLine(r["title"], r["path"], date.fromisoformat(r["day"]), r["lead"]) for r in row.content
                ]
        else:
            found[row.place] = Introduction(mark_safe(row.content), row.language)  # noqa: S308 (drawn by our templates)
    return found


def place_of(page: Any) -> str:
    """The place that the page fills; '' for all other pages."""
    if isinstance(page, HomeIntroduction):
        return HOME
    if isinstance(page, ThemeIntroduction):
        return theme_place(page.plan_code, page.theme_code)
    return NEWS if isinstance(page, News) else ""


@transaction.atomic
def refresh(place: str, language: str) -> None:
    """Write anew what stands at a place, or take it away where nothing is published for it."""
    content = _content(place, language)
    if content:
        Placed.objects.update_or_create(place=place, language=language, defaults={"content": content})
    else:
        Placed.objects.filter(place=place, language=language).delete()


def refresh_all() -> None:
    """Every place in every language: after a new version of the templates."""
    themes = ThemeIntroduction.objects.live().values_list("plan_code", "theme_code").distinct()
    wanted = {HOME, NEWS, *(theme_place(*codes) for codes in themes)}
    for language in LANGUAGES:
        for place in wanted | set(Placed.objects.filter(language=language).values_list("place", flat=True)):
            refresh(place, language)


def _content(place: str, language: str) -> Any:
    if place == NEWS:
        news = News.objects.live().filter(locale__language_code=language).order_by("-day", "-pk")[:MOST_NEWS]
        return [{"title": n.title, "path": n.url_path, "day": n.day.isoformat(), "lead": n.lead} for n in news]
    live: Any = HomeIntroduction.objects.live()
    if place != HOME:
        _theme, plan, code = place.split(":")
        live = ThemeIntroduction.objects.live().filter(plan_code=plan, theme_code=code)
    page = live.filter(locale__language_code=language).order_by("pk").first()
    return _drawn(page, language) if page else None


def _drawn(page: Any, language: str) -> str:
    with override(language):
        context = {"page": page, "pictures": pictures.shown_by_id(pictures.ids_in(page.body.raw_data))}
        return render_to_string("editorial/body.html", context).strip()
