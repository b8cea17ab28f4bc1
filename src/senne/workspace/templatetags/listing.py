"""Tags of the page of actions: names, spans of time in words, numbers as SVG wants them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from senne.plan.api import Action, Theme, words
from senne.workspace.listing.columns import BY_KEY
from senne.workspace.listing.rows import owner_names
from senne.workspace.saved import views_for

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


@register.inclusion_tag("workspace/listing/my_views.html", takes_context=True)
def my_views(context: dict[str, Any]) -> dict[str, Any]:
    """The saved views that the reader has to choose from, as links: one query."""
    actor = context.get("actor")
    return {"views": list(views_for(actor)) if actor else []}


@register.simple_tag(takes_context=True)
def late_mark(context: template.Context, action: Action) -> SafeString:
    """The health of an action where it is not on track; nothing where nothing is the matter."""
    if action.status in {words.Status.DONE, words.Status.ABANDONED}:
        return SafeString("")
    health = action.health_on(context.get("today") or timezone.localdate())
    if health == words.Health.ON_TRACK:
        return SafeString("")
    return format_html('<span class="badge {}">{}</span>', health, health.label)
