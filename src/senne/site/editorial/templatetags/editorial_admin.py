"""Names of texts in the editor's own pages."""

from __future__ import annotations

from typing import Any

from django import template

from senne.site.editorial.segments import Segment
from senne.site.editorial.words import label_of

register = template.Library()


@register.filter
def called(segment: Segment) -> Any:
    """'Heading', 'Caption', 'Text'."""
    return label_of(segment)
