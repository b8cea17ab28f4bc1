"""Pictures of editorial pages, and the bar of Wagtail's checker in previews."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from senne.site.editorial.pictures import IN_CARD, IN_TEXT, Shown

register = template.Library()


@register.simple_tag
def picture_of(image: Any, pictures: Mapping[int, Shown], alt: str = "", first: bool = False) -> SafeString:
    """A picture in the text: AVIF, else WebP, in the width that the screen needs; fetched late unless it comes first."""
    found = pictures.get(getattr(image, "pk", 0))
    return SafeString("") if found is None else _picture(found, alt, IN_TEXT, lazy=not first)


@register.simple_tag
def small_picture(found: Shown | None) -> SafeString:
    """A picture beside a title that says it all: for the eye only."""
    return SafeString("") if found is None else _picture(found, "", IN_CARD, lazy=True)


def _picture(found: Shown, alt: str, sizes: str, lazy: bool) -> SafeString:
    sources = format_html_join(
        "", '<source type="{}" srcset="{}" sizes="{}">', ((kind, addresses, sizes) for kind, addresses in found.sources)
    )
    late = SafeString(' loading="lazy" decoding="async"') if lazy else SafeString("")
    return format_html(
        '<picture>{}<img src="{}" width="{}" height="{}" alt="{}"{}></picture>',
        sources,
        found.address,
        found.width,
        found.height,
        alt,
        late,
    )
