"""Pages in the other languages: which are missing or behind their source, and writing them beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from senne.core.models import User
from senne.core.text import LANGUAGES
from senne.site.editorial.models import LanguageRoot, Translated
from senne.site.editorial.segments import Segment, changed_places, segments_of, texts_of, translated_body

FIRST_DEPTH = 3
LONGEST_SLUG = 80


@dataclass(frozen=True)
class State:
    """How a page stands in one language: 'source', 'missing', 'outdated', 'draft' (not published) or 'current'."""

    language: str
    state: str
    page: Any = None


@dataclass(frozen=True)
class Row:
    """A page in its source language and how it stands in the others."""

    source: Any
    states: tuple[State, ...]


@dataclass
class Share:
    """Of how many pages a language has how many that are up to date."""

    language: str
    total: int = 0
    current: int = 0
    missing: int = 0
    outdated: int = 0


@dataclass(frozen=True)
class Side:
    """One text of the source, and the same place in the translation; `before` where the source said something else."""

    source: Segment
    text: str
    before: str | None = None
    gone: bool = False


@dataclass(frozen=True)
class Beside:
    """A source and its translation, text by text."""

    source: Any
    target: Any
    sides: list[Side] = field(default_factory=list)

    @property
    def changed(self) -> int:
        return sum(side.before is not None for side in self.sides)


def segments_of_page(page: Any) -> list[Segment]:
    """The texts of a page that are to be written in each language."""
    fields = {name: getattr(page, name) for name in page.translated_fields}
    return segments_of(fields, raw_body(page))


def raw_body(page: Any) -> list[dict[str, Any]]:
    """The page's blocks as they are stored; [] for a page without a body."""
    return [dict(block) for block in page.body.raw_data] if hasattr(page, "body") else []


def source_of(versions: Mapping[str, Any]) -> Any:
    """The version that the others follow: French where there is one."""
    return next(versions[code] for code in LANGUAGES if code in versions)


def rows() -> list[Row]:
    """Every page with its states; a constant number of queries."""
    codes = dict(Locale.objects.values_list("pk", "language_code"))
    versions: dict[Any, dict[str, Any]] = {}
    for page in Page.objects.filter(depth__gte=FIRST_DEPTH, alias_of=None).order_by("path").specific():
        versions.setdefault(page.translation_key, {})[codes[page.locale_id]] = page
    kept = {row.page_id: row.source_texts for row in Translated.objects.all()}
    return [_row(found, kept) for found in versions.values()]


def _row(versions: dict[str, Any], kept: Mapping[int, dict[str, str]]) -> Row:
    source = source_of(versions)
    now = texts_of(segments_of_page(source))
    states = tuple(_state(code, versions.get(code), source, now, kept) for code in LANGUAGES)
    return Row(source, states)


def _state(code: str, page: Any, source: Any, now: Mapping[str, str], kept: Mapping[int, dict[str, str]]) -> State:
    if page is source:
        return State(code, "source", page)
    if page is None:
        return State(code, "missing")
    if page.pk not in kept or changed_places(kept[page.pk], now):
        return State(code, "outdated", page)
    return State(code, "current" if page.live else "draft", page)


def shares(found: list[Row]) -> list[Share]:
    """How far each language is."""
    counted = {code: Share(code) for code in LANGUAGES}
    for row in found:
        for state in row.states:
            share = counted[state.language]
            share.total += 1
            share.current += state.state in {"source", "current"}
            share.missing += state.state == "missing"
            share.outdated += state.state == "outdated"
    return list(counted.values())


def beside(source: Any, language: str) -> Beside:
    """The source's texts as they are, what they were when the translation was last saved, and the translation's."""
    page = translation_of(source, language)
    target = page.get_latest_revision_as_object() if page is not None else None
    own = texts_of(segments_of_page(target)) if target is not None else {}
    kept = Translated.objects.filter(page=page).first() if page is not None else None
    then = kept.source_texts if kept else {}
    now = segments_of_page(source)
    sides = [_side(segment, own, then, kept is not None) for segment in now]
    places = {segment.place for segment in now}
    sides += [Side(Segment(place, ""), "", text, gone=True) for place, text in then.items() if place not in places]
    return Beside(source, target, sides)


def _side(segment: Segment, own: Mapping[str, str], then: Mapping[str, str], compared: bool) -> Side:
    before = then.get(segment.place, "") if compared else None
    return Side(segment, own.get(segment.place, ""), before if before != segment.text else None)


def translation_of(source: Any, language: str) -> Any:
    """The page's version in the language, or None."""
    locale = Locale.objects.get(language_code=language)
    found = Page.objects.filter(translation_key=source.translation_key, locale=locale).first()
    return found.specific if found else None


@transaction.atomic
def save_translation(source: Any, language: str, texts: Mapping[str, str], *, user: User, latest: int = 0) -> Any:
    """Keep the texts as a draft of the translation, which follows the source's structure, and note what it translates.

    `latest` is the number of the draft that was shown (0: none yet). Raises ValidationError where somebody else saved
    meanwhile, where the page is under review, and where a text is not fit to be read.
    """
    page = translation_of(source, language) or _begin(source, language, texts)
    revision = page.get_latest_revision()
    if (revision.pk if revision else 0) != latest and latest:
        raise ValidationError(_("Somebody saved this translation meanwhile. Look at it before you write over it."))
    lock = page.get_lock()
    if lock is not None and lock.for_user(user):
        raise ValidationError(_("This page is under review, or scheduled: take it back before you change it."))
    draft = page.get_latest_revision_as_object()
    for name in draft.translated_fields:
        if name in texts:
            setattr(draft, name, texts[name])
    if hasattr(draft, "body"):
        block = draft.body.stream_block
        body = block.to_python(translated_body(raw_body(source), raw_body(draft), texts))
        draft.body = block.clean(body)
    draft.full_clean()
    if not page.live:
        draft.save()
    draft.save_revision(user=user)
    now = texts_of(segments_of_page(source))
    Translated.objects.update_or_create(page_id=page.pk, defaults={"source_texts": now, "saved_at": timezone.now()})
    return translation_of(source, language)


def _begin(source: Any, language: str, texts: Mapping[str, str]) -> Any:
    """A first draft in the language, under the same section."""
    if isinstance(source, LanguageRoot):
        raise ValidationError(_("This page is not translated."))
    made = source.copy_for_translation(Locale.objects.get(language_code=language)).specific
    title = texts.get("title") or source.title
    made.title = made.draft_title = title
    made.slug = free_slug(made, title)
    made.save()
    made.save_revision()
    return made


def free_slug(page: Any, title: str) -> str:
    """An address from the title that no page beside it has."""
    base = slugify(title)[:LONGEST_SLUG].strip("-") or page.slug
    taken = set(page.get_siblings(inclusive=False).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 1000))) if slug not in taken)
