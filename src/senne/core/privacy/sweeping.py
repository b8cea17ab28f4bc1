"""Names and addresses taken out of every text of the database: live records first, then the trail that tells of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Q, QuerySet
from django.db.models.functions import Cast

from senne.core import records
from senne.core.models import AuditEntry, Person, User, Versioned
from senne.core.policy import Actor
from senne.core.privacy.register import Fate, holdings
from senne.core.privacy.rules import HIDDEN, Forgotten

BATCH = 200


def frozen_models() -> list[type[models.Model]]:
    """Tables whose rows the database refuses to change."""
    return [held.model_class() for held in holdings() if held.fate is Fate.FROZEN]


def text_columns(model: type[models.Model]) -> list[Any]:
    """Columns that may hold a name or an address: texts, JSON, and what a library keeps as JSON."""
    return [
        column
        for column in model._meta.concrete_fields
        if not column.primary_key
        and (isinstance(column, models.CharField | models.TextField) or column.get_internal_type() == "JSONField")
    ]


def rows_with(model: type[models.Model], forgotten: Forgotten) -> Iterator[tuple[Any, dict[str, Any]]]:
    """(row, {column: value without them}) for each row of the table that holds a name or an address."""
    columns = text_columns(model)
    keys = list(_perhaps(model, columns, forgotten).values_list("pk", flat=True)) if columns else []
    for start in range(0, len(keys), BATCH):
        for row in model._base_manager.filter(pk__in=keys[start : start + BATCH]).order_by("pk"):
            values = {column.name: _without(column, getattr(row, column.name), forgotten) for column in columns}
            changed = {name: value for name, value in values.items() if value != getattr(row, name)}
            if changed:
                yield row, changed


def _perhaps(model: type[models.Model], columns: list[Any], forgotten: Forgotten) -> QuerySet[Any]:
    """Rows in which a fragment of a name or an address stands: the store looks, so that not every row is read."""
    found: QuerySet[Any] = model._base_manager.order_by("pk")
    fragments = forgotten.fragments()
    if "" in fragments:
        return found
    holds = Q(pk__in=[])
    for column in columns:
        alias = f"{column.name}_as_text"
        found = found.alias(**{alias: Cast(column.name, models.TextField())})
        for fragment in fragments:
            holds |= Q(**{f"{alias}__icontains": fragment})
    return found.filter(holds)


def _without(column: Any, value: Any, forgotten: Forgotten) -> Any:
    if isinstance(value, str):
        text = str(forgotten.value(value))
        if text == HIDDEN and value != HIDDEN:
            text = "" if column.blank else HIDDEN
        return text[: column.max_length] if column.max_length else text
    if value is not None and not isinstance(value, dict | list):
        stored = column.get_prep_value(value)
        kept = forgotten.value(stored)
        return value if kept == stored else kept
    kept = forgotten.value(value)
    return type(value)(kept) if isinstance(value, dict) else kept


def sweep_live(forgotten: Forgotten, *, actor: Actor) -> Counter[str]:
    """Every table but the trail and what is frozen. Records change with an entry each; returns how many rows by table."""
    frozen = {AuditEntry, *frozen_models()}
    counts: Counter[str] = Counter()
    for model in apps.get_models():
        if model in frozen or not model._meta.managed or model._meta.proxy:
            continue
        for row, values in rows_with(model, forgotten):
            if isinstance(row, Versioned):
                records.update_many([row], values, actor=actor, verb="erase")
            else:
                model._base_manager.filter(pk=row.pk).update(**values)
            counts[model._meta.label_lower] += 1
    _empty_search_index()
    return counts


def _empty_search_index() -> None:
    """SQLite's index keeps words of removed entries until it is put in order."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO core_searchindex(core_searchindex) VALUES('optimize')")


def frozen_with(forgotten: Forgotten) -> Counter[str]:
    """How many rows that never change hold a name: published versions in which it was public."""
    counts: Counter[str] = Counter()
    for model in frozen_models():
        found = sum(1 for _row in rows_with(model, forgotten))
        if found:
            counts[model._meta.label_lower] = found
    return counts


# ---- The trail ----------------------------------------------------------------------------------------------------


def rewrite_trail(person: Person, user: User | None, forgotten: Forgotten) -> int:
    """Put the number in the place of the name in every audit entry. Only inside an erasure: the database refuses else."""
    entries = AuditEntry._base_manager
    if user is not None:
        entries.filter(actor_id=user.pk).update(actor_name=forgotten.instead)
    own = Q(kind="core.person", record_id=person.pk)
    if user is not None:
        own |= Q(kind="core.user", record_id=user.pk)
    texts = _perhaps(AuditEntry, text_columns(AuditEntry), forgotten).values("pk")
    references = _referring_to(person)
    keys = list(entries.filter(own | Q(pk__in=texts) | references).values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        for entry in entries.filter(pk__in=keys[start : start + BATCH]):
            _rewrite(entry, person, user, forgotten)
    return len(keys)


def _referring_to(person: Person) -> Q:
    """Entries whose changes refer to the person by key, whatever they were called."""
    as_text = f'"id": {person.pk}, "label"'
    found = AuditEntry._base_manager.alias(text=Cast("changes", models.TextField())).filter(text__contains=as_text)
    return Q(pk__in=found.values("pk"))


def _rewrite(entry: AuditEntry, person: Person, user: User | None, forgotten: Forgotten) -> None:
    is_own = (entry.kind, entry.record_id) in {("core.person", person.pk), ("core.user", user.pk if user else 0)}
    changes = _without_reference(entry.changes, person.pk, forgotten)
    values = {
        "actor_name": forgotten.text(entry.actor_name),
        "label": {"fr": forgotten.instead} if is_own else forgotten.value(dict(entry.label)),
        "changes": _own_changes(changes, forgotten) if is_own else forgotten.value(changes),
        "reason": forgotten.text(entry.reason),
    }
    if any(getattr(entry, name) != value for name, value in values.items()):
        AuditEntry._base_manager.filter(pk=entry.pk).update(**values)


def _own_changes(changes: dict[str, Any], forgotten: Forgotten) -> dict[str, Any]:
    """What is told of the person's own record and account: that details changed, not what they were."""
    hidden = {"email", "title", "language", "provider"}
    found: dict[str, Any] = {}
    for name, pair in changes.items():
        if name == "name":
            found[name] = [forgotten.instead if value else value for value in pair]
        elif name in hidden:
            found[name] = [HIDDEN if value else value for value in pair]
        else:
            found[name] = forgotten.value(pair)
    return found


def _without_reference(value: Any, person_id: int, forgotten: Forgotten) -> Any:
    """References to the person ({"id", "label"}) under the number."""
    if isinstance(value, dict):
        if value.get("id") == person_id and forgotten.calls(value.get("label")):
            return {**value, "label": forgotten.instead}
        return {key: _without_reference(item, person_id, forgotten) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_reference(item, person_id, forgotten) for item in value]
    return value
