"""The names of records that a history speaks of, as far as its reader may know them; two queries per kind of record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from senne.core.models import AuditEntry
from senne.core.policy import Actor
from senne.core.text import as_text
from senne.indicators import api as indicators
from senne.indicators.api import Indicator
from senne.plan.api import Action, Axis, Objective, Plan, Theme, queries

_GUARDED: dict[type[models.Model], Any] = {
    Plan: queries.plans,
    Theme: queries.themes,
    Axis: queries.axes,
    Objective: queries.objectives,
    Action: queries.actions,
    Indicator: indicators.queries.indicators,
}


class Names:
    """Looks up, once, every record that some audit entries refer to."""

    def __init__(self, entries: Iterable[AuditEntry], actor: Actor) -> None:
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        for model, key in _references(entries):
            wanted[model].add(key)
        self._names: dict[tuple[type[models.Model], int], str] = {}
        self._hidden: set[tuple[type[models.Model], int]] = set()
        for model, keys in wanted.items():
            self._look_up(model, keys, actor)

    def _look_up(self, model: type[models.Model], keys: set[int], actor: Actor) -> None:
        guarded = _GUARDED.get(model)
        manager = model._default_manager
        found = guarded(actor) if guarded else manager.all()
        seen = {record.pk: record for record in found.filter(pk__in=keys)}
        self._names |= {(model, pk): _name(record) for pk, record in seen.items()}
        if guarded and keys - seen.keys():
            there = manager.filter(pk__in=keys - seen.keys()).values_list("pk", flat=True)
            self._hidden |= {(model, pk) for pk in there}

    def of(self, model: type[models.Model], reference: dict[str, Any]) -> str:
        """The record's name today; what it was called then, where it is gone; nothing of what may not be seen."""
        key = (model, reference["id"])
        if key in self._hidden:
            return _("(a record that you may not see)")
        return self._names.get(key) or str(as_text(reference["label"])) or _("(a record that is gone)")


def _name(record: Any) -> str:
    code = getattr(record, "code", "") if type(record) in _GUARDED else ""
    return f"{code} · {record}" if code else str(record)


def _references(entries: Iterable[AuditEntry]) -> Iterator[tuple[type[models.Model], int]]:
    for entry in entries:
        try:
            model = apps.get_model(entry.kind)
        except LookupError:
            continue
        related = {f.name: f.related_model for f in model._meta.get_fields() if getattr(f, "related_model", None)}
        for name, pair in entry.changes.items():
            target: Any = related.get(name)
            for value in pair if target else ():
                for item in value if isinstance(value, list) else [value]:
                    if isinstance(item, dict) and "id" in item:
                        yield target, item["id"]
