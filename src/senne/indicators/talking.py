"""Colleagues talk about an indicator, and ask each other about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from senne.core.paths import path_without_language
from senne.core.talk import asking, subjects
from senne.core.text import Text
from senne.indicators.models import Indicator


def _found(ids: Iterable[int]) -> Mapping[int, Indicator]:
    return {found.pk: found for found in Indicator.objects.filter(pk__in=ids).select_related("organisation")}


def _label(indicator: Indicator) -> Text:
    return Text({language: f"{indicator.code} · {written}" for language, written in indicator.name.items()})


def register() -> None:
    """Called once when the room starts."""
    kind = subjects.Kind(
        Indicator,
        "indicator",
        _found,
        _label,
        lambda record: path_without_language("workspace:talk", "indicator", record.pk),
    )
    subjects.register(kind)
    asking.watch(kind.kind)
