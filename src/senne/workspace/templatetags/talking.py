"""The panel of comments and requests, which any page of the workspace may hold: `{% load talking %}{% talk record %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from senne.core import policy
from senne.core.policy import Actor
from senne.core.talk import asking, rules, subjects
from senne.core.talk.models import Comment
from senne.workspace.talking import listed, talk_about

register = template.Library()


@register.inclusion_tag("workspace/talk/panel.html", takes_context=True)
def talk(context: dict[str, Any], record: Any) -> dict[str, Any]:
    """What colleagues say and ask about the record, with the forms; nothing for those who may not read it."""
    actor: Actor | None = context.get("actor")
    if not actor or not policy.can_see_comments(actor, subjects.subject_of(record)):
        return {}
    today = timezone.localdate()
    found = talk_about(record, actor, today, context.get("talk_forms"))
    page = context["request"].get_full_path() if "request" in context else ""
    return {**_shared(context), "talk": found, "back": f"{page}#talk", "today": today}


@register.inclusion_tag("workspace/talk/asked_by_me.html", takes_context=True)
def asked_by_me(context: dict[str, Any]) -> dict[str, Any]:
    """What the reader asked of others, and what became of it lately."""
    actor: Actor | None = context.get("actor")
    if not actor or not actor.person_id:
        return {}
    today = timezone.localdate()
    return {**_shared(context), "asked": listed(asking.asked_by(actor, today)[:8], actor, today), "today": today}


def _shared(context: dict[str, Any]) -> dict[str, Any]:
    return {name: context.get(name) for name in ("request", "csrf_token", "actor", "language")}


@register.filter
def said(comment: Comment) -> SafeString:
    """The comment's text: paragraphs and line breaks, links, the people who were told in bold; all else escaped."""
    names = {person.pk: person.name for person in comment.told.all()}
    return formatted(comment.text, names)


@register.filter
def plainly(text: str) -> SafeString:
    """A text of one's own without names: paragraphs, line breaks and links."""
    return formatted(text, {})


def formatted(text: str, names: dict[int, str]) -> SafeString:
    parts = (part for part in text.split("\n\n") if part.strip())
    return mark_safe("".join(f"<p>{_inline(part.strip(chr(10)), names)}</p>" for part in parts))  # noqa: S308


def _inline(text: str, names: dict[int, str]) -> str:
    return format_html_join("", "{}", ((_token(token),) for token in rules.tokens(text, names)))


def _token(token: rules.Token) -> str:
    if token.kind == "link":
        return format_html('<a href="{}" rel="nofollow noopener noreferrer">{}</a>', token.href, token.text)
    if token.kind == "mention":
        return format_html("<b>{}</b>", token.text)
    return mark_safe(conditional_escape(token.text).replace("\n", "<br>"))  # noqa: S308


@register.filter
def work_path(path: str) -> str:
    """A path without a language ('/plans/CLIMAT/') as the reader's own."""
    return f"/{(get_language() or 'fr')[:2]}{path}" if path else ""
