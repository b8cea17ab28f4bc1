"""Find actions, objectives, indicators by code ('AD-12', 'CLIMAT:AD-12') or words, among what the actor may see."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from senne.core.policy import Actor
from senne.core.text import reader_language
from senne.indicators import api as indicators
from senne.indicators.api import Indicator
from senne.plan.api import Action, Objective, queries

LIMIT = 12


def find_actions(actor: Actor, text: str, *, but: Action, today: Any) -> list[Action]:
    """At most twelve: the one with exactly this code, codes that begin so, then the best by words."""
    text = text.strip()[:200]
    if not text:
        return []
    visible = queries.actions(actor).exclude(pk=but.pk)
    found = list(visible.filter(_by_code(text)).order_by("code")[:LIMIT])
    wanted = queries.ActionFilter(words=text)
    by_words = queries.filter_actions(visible, wanted, day=today, language=reader_language())
    return _once([*found, *by_words[:LIMIT]])


def find_objectives(actor: Actor, text: str, *, but: set[int]) -> list[Objective]:
    """At most twelve objectives of any plan, those with the code first."""
    text = text.strip()[:200]
    if not text:
        return []
    by_code = queries.objectives(actor).filter(_by_code(text)).order_by("plan__code", "code")[:LIMIT]
    found = [*by_code, *queries.find_objectives(actor, text, reader_language(), LIMIT)]
    return [objective for objective in _once(found) if objective.pk not in but]


def find_indicators(actor: Actor, text: str, *, but: set[int]) -> list[Indicator]:
    """At most twelve indicators, those with the code first."""
    text = text.strip()[:200]
    if not text:
        return []
    visible = indicators.queries.indicators(actor)
    by_code = visible.filter(code__istartswith=text).order_by("code")[:LIMIT]
    found = [*by_code, *indicators.queries.find(actor, text, reader_language(), LIMIT)]
    return [indicator for indicator in _once(found) if indicator.pk not in but]


def _by_code(text: str) -> Q:
    plan, colon, code = text.partition(":")
    if colon and code.strip():
        return Q(plan__code__iexact=plan.strip(), code__istartswith=code.strip())
    return Q(code__istartswith=text)


def _once(records: list[Any]) -> list[Any]:
    return list({record.pk: record for record in records}.values())[:LIMIT]
