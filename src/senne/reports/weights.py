"""What a ready-made file weighs: as the last one of its kind did, or as such files do."""

from __future__ import annotations

from django.core.cache import cache

from senne.reports.kinds import TYPICAL
from senne.reports.orders import Order

KEPT = 60 * 60 * 24 * 60


def _key(plan: str, kind: str, form: str, language: str) -> str:
    return f"weight:{plan}:{kind}:{form}:{language}"


def remember(order: Order, size: int) -> None:
    """The plan's own file of this kind weighed so many bytes."""
    if not order.organisation and not order.code:
        cache.set(_key(order.plan.code, order.kind, order.format, order.language), size, KEPT)


def about(plan: str, kind: str, form: str, language: str) -> int:
    """Bytes, more or less."""
    return cache.get(_key(plan, kind, form, language)) or TYPICAL[f"{kind}.{form}"]
