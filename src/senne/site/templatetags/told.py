"""A change in one sentence."""

from __future__ import annotations

from django import template

from senne.plan.api import changes
from senne.site.changes import sentence

register = template.Library()


@register.filter
def told(change: changes.Change) -> str:
    """The change in one sentence of the reader's language."""
    return sentence(change)
