"""Tags of the page of actions: names, spans of time in words, numbers as SVG wants them."""

from __future__ import annotations

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from senne.plan.api import Action, Theme, words
from senne.workspace.listing.columns import BY_KEY
from senne.workspace.listing.rows import owner_names

register = template.Library()


@register.filter
def px(value: float) -> str:
    """A number of pixels: with a point, whatever the reader's language."""
    return f"{value:g}"


@register.filter
def plus(value: float, more: float) -> str:
    """A number of pixels further."""
    return f"{value + more:g}"


@register.filter
def owners(action: Action) -> str:
    """The names of the owners; only for those who may know them."""
    return owner_names(action)


@register.filter
def themes(action: Action) -> list[Theme]:
    """The themes of the objectives that the action serves, each once."""
    return list({o.axis.theme_id: o.axis.theme for o in action.objectives.all()}.values())


@register.filter
def column_label(key: str) -> str:
    """What a column is called."""
    return str(BY_KEY[key].label)


@register.simple_tag(takes_context=True)
def late_mark(context: template.Context, action: Action) -> SafeString:
    """The health of an action where it is not on track; nothing where nothing is the matter."""
    if action.status in {words.Status.DONE, words.Status.ABANDONED}:
        return SafeString("")
    health = action.health_on(context.get("today") or timezone.localdate())
    if health == words.Health.ON_TRACK:
        return SafeString("")
    return format_html('<span class="badge {}">{}</span>', health, health.label)
