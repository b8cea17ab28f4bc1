"""The small drawing of a place, for any room's pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from senne.site import places

register = template.Library()


@register.inclusion_tag("site/parts/place.html")
def drawing(geometry: Mapping[str, Any] | None, others: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A geometry among others, as SVG; nothing where there is no geometry."""
    return {"drawing": places.draw(geometry, others)}
