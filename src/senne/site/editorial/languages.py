"""One page in three languages: where each version is, and which is nearest where one is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from senne.core.text import LANGUAGE_NAMES

INSTEAD = "instead"


@dataclass(frozen=True)
class Version:
    """Where a reader of a language is led; `exists` where it is the same page and not only the nearest."""

    code: str
    name: str
    path: str
    exists: bool


def versions_of(page: Any) -> list[Version]:
    """The page in each language; where it is missing, the nearest above it that is there, marked in the address."""
    own = page.locale.language_code
    there = {own: page.path_public} | _published(page.translation_key, own)
    versions = []
    for code, name in LANGUAGE_NAMES.items():
        if code in there:
            versions.append(Version(code, name, there[code], True))
        else:
            versions.append(Version(code, name, f"{_nearest(page, code)}?{INSTEAD}={own}", False))
    return versions


def _published(key: Any, own: str) -> dict[str, str]:
    """Language → address of the page's published translations: two queries."""
    found = Page.objects.filter(translation_key=key, live=True).exclude(locale__language_code=own)
    return {p.locale.language_code: p.path_public for p in found.select_related("locale").specific()}


def _nearest(page: Any, code: str) -> str:
    """The section of the same name where that is published, else the home page of the language."""
    section = page.url_path.strip("/").split("/")[1:2]
    path = f"/{code}/{section[0]}/" if section else f"/{code}/"
    return path if Page.objects.filter(url_path=path, live=True).exists() else f"/{code}/"
