"""Editorial pages brought in from elsewhere, in all their languages at once, as if written and reviewed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from django.utils.text import slugify
from wagtail.images.models import Image
from wagtail.models import Page

from senne.core.text import LANGUAGES
from senne.site.editorial.models import HomeIntroduction, ThemeIntroduction, Translated
from senne.site.editorial.segments import texts_of
from senne.site.editorial.translating import LONGEST_SLUG, segments_of_page, source_of

HOME = "home"


@dataclass(frozen=True)
class Wording:
    """A page in one language; `body` holds (kind, value) as its blocks are stored."""

    title: str
    lead: str
    body: list[tuple[str, Any]]


@dataclass(frozen=True)
class Draft:
    """A page to be brought in: 'home' or the section's place in addresses, its wording by language, and when."""

    section: str
    wordings: Mapping[str, Wording]
    at: datetime
    live: bool = True
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Any:
        return uuid5(NAMESPACE_URL, f"senne:{self.section}:{next(iter(self.wordings.values())).title}")


def bring_in(draft: Draft) -> list[Page]:
    """The page in each of its languages, published at its moment or kept as a draft; translations know their source."""
    made = {code: _one(draft, code) for code in LANGUAGES if code in draft.wordings}
    texts = texts_of(segments_of_page(source_of(made)))
    for code, page in made.items():
        if page is not source_of(made):
            values = {"source_texts": texts, "saved_at": draft.at}
            Translated.objects.update_or_create(page_id=made[code].pk, defaults=values)
    return list(made.values())


def _one(draft: Draft, code: str) -> Any:
    wording = draft.wordings[code]
    path = f"/{code}/" if draft.section == HOME else f"/{code}/{draft.section}/"
    parent = Page.objects.get(url_path=path).specific
    model: Any = HomeIntroduction if draft.section == HOME else parent.child_model()
    page = model(title=wording.title, lead=wording.lead, locale=parent.locale, live=False, **draft.more)
    page.translation_key = draft.key
    if any(column.name == "day" for column in model._meta.fields):
        page.day = timezone.localdate(draft.at)
    stored = [{"type": kind, "value": value, "id": str(_id(draft, n))} for n, (kind, value) in enumerate(wording.body)]
    page.body = page.body.stream_block.to_python(stored)
    page.slug = _slug(page, parent, wording.title)
    parent.add_child(instance=page)
    revision = page.save_revision()
    moments = {"latest_revision_created_at": draft.at}
    if draft.live:
        revision.publish()
        moments |= {"first_published_at": draft.at, "last_published_at": draft.at}
    Page.objects.filter(pk=page.pk).update(**moments)
    return Page.objects.get(pk=page.pk).specific


def _id(draft: Draft, number: int) -> Any:
    """The same block has the same number in every language."""
    return uuid5(draft.key, str(number))


def _slug(page: Any, parent: Page, title: str) -> str:
    if isinstance(page, ThemeIntroduction):
        return f"{page.plan_code}-{page.theme_code}".lower()
    base = slugify(title)[:LONGEST_SLUG].strip("-") or "page"
    taken = set(parent.get_children().values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 1000))) if slug not in taken)


def keep_picture(name: str, content: bytes, title: str, description: str) -> int:
    """A picture as an upload would keep it; its number. The same name is kept once."""
    found = Image.objects.filter(title=title).first()
    if found is None:
        file = ImageFile(ContentFile(content), name=name)
        found = Image.objects.create(title=title, description=description, file=file)
    return int(found.pk)


def picture_block(number: int, alt: str, caption: str) -> tuple[str, Any]:
    """A picture with what it shows, as a block."""
    picture = {"image": number, "decorative": False, "alt_text": alt}
    return "picture", {"picture": picture, "caption": caption, "credit": ""}
