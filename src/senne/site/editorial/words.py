"""What the parts of a page are called."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from senne.site.editorial.segments import Segment

_FIELDS: dict[str, Any] = {"title": _("Title"), "lead": _("In one or two sentences")}
_BLOCKS: dict[tuple[str, str], Any] = {
    ("heading", "text"): _("Heading"),
    ("picture", "alt_text"): _("What the picture shows"),
    ("picture", "caption"): _("Caption"),
    ("picture", "credit"): _("Who made it"),
    ("quote", "text"): _("What was said"),
    ("quote", "who"): _("Who said it"),
    ("document", "label"): _("Text of the link"),
}


def label_of(segment: Segment) -> Any:
    """The name of a text: 'Heading', 'Caption', 'Text'."""
    if not segment.block:
        return _FIELDS.get(segment.place, _("Text"))
    return _BLOCKS.get((segment.block, segment.path), _("Text"))
