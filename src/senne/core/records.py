"""The only door through which records change: create, update and delete, each in one transaction with its audit entry.

`actions.py` of every room calls these; nothing else writes records (tests/core/test_one_door.py looks for it). A change
bumps the content version (which empties the page cache) and runs the hooks that rooms registered (hooks.py): search index,
derived dates, news. What a model names in `audit_hides` is told as changed, but not what it was: the trail outlives what
it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db import models, transaction

from senne.core.hooks import after as after_change
from senne.core.hooks import brought_in, bump, happened, in_one_go, kind_of, now, on_change, on_deed, settle
from senne.core.models import AuditEntry, Versioned
from senne.core.policy import Actor
from senne.core.text import Text, as_text

__all__ = [
    "HIDDEN", "Conflict", "as_json", "bulk_create", "bump", "create", "delete", "differences", "happened", "in_one_go",
    "kind_of", "note", "now", "on_change", "on_deed", "settle", "snapshot", "snapshot_plain", "update", "update_many",
]  # fmt: skip
M = TypeVar("M", bound=models.Model)
_IGNORED = {"id", "version", "created_at", "modified_at", "path", "house", "last_login"}
HIDDEN = "•••"


class Conflict(Exception):
    """Somebody saved this record meanwhile: `current` is theirs, `mine` the values that were about to be written."""

    def __init__(self, current: models.Model, mine: Mapping[str, Any]) -> None:
        super().__init__("the record was changed meanwhile")
        self.current = current
        self.mine = dict(mine)


def as_json(value: Any) -> Any:
    """The value as the audit trail keeps it: JSON types; a record as {"id", "label"}."""
    if isinstance(value, models.Model):
        return {"id": value.pk, "label": _label(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize() if value else Decimal(0), "f") if value.is_finite() else str(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [as_json(item) for item in value]
    return value


def _label(record: models.Model) -> Any:
    for name in ("title", "statement", "name", "label"):
        value = getattr(record, name, None)
        if isinstance(value, Text) and value:
            return dict(value)
    return str(record)


def snapshot(record: models.Model, names: Iterable[str] | None = None) -> dict[str, Any]:
    """The stored fields of the record (or those named) as JSON values; many-to-many fields as lists of records."""
    wanted = set(names) if names is not None else None
    values: dict[str, Any] = {}
    for field in record._meta.concrete_fields:
        if field.name in _IGNORED or not field.editable or (wanted is not None and field.name not in wanted):
            continue
        values[field.name] = as_json(getattr(record, field.name))
    for field in record._meta.many_to_many:
        if record.pk and (wanted is None or field.name in wanted):
            values[field.name] = [as_json(item) for item in getattr(record, field.name).all()]
    return values


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """{field: [before, after]} for the fields that differ."""
    names = [*before, *(name for name in after if name not in before)]
    return {name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)}


def _told(record: models.Model, changes: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """The changes as the trail may keep them: hidden fields as a mark where there was or is something."""
    hides: frozenset[str] = getattr(type(record), "audit_hides", frozenset())
    return {
        name: [HIDDEN if value else value for value in pair] if name in hides else list(pair)
        for name, pair in changes.items()
    }


def _entry(
    actor: Actor,
    verb: str,
    record: models.Model,
    changes: Mapping[str, Sequence[Any]],
    reason: str,
    root: models.Model | None,
) -> AuditEntry:
    root = root or record
    label = _label(record)
    return AuditEntry(
        at=now(),
        actor_id=actor.user_id,
        actor_name=actor.name or "–",
        verb=verb,
        kind=kind_of(record),
        record_id=record.pk,
        label=as_text(label if isinstance(label, dict) else str(label)),
        root_kind=kind_of(root),
        root_id=root.pk,
        changes=_told(record, changes),
        reason=reason,
    )


def note(
    record: models.Model,
    verb: str,
    *,
    actor: Actor,
    changes: Mapping[str, Sequence[Any]] | None = None,
    reason: str = "",
    root: models.Model | None = None,
) -> AuditEntry:
    """An entry about what happened to a record without this module writing it: a login, a move with its department.

    No page depends on it: the page cache stays.
    """
    entry = _entry(actor, verb, record, changes or {}, reason, root)
    entry.save()
    return entry


def _born(record: models.Model) -> None:
    """A record of history brought in from elsewhere is as old as the deed that made it."""
    moment = brought_in()
    if moment is not None and isinstance(record, Versioned):
        record.created_at = record.modified_at = moment


def _from_nothing(values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What a new record holds, as changes: without what is empty."""
    return {name: [None, value] for name, value in values.items() if value not in (None, "", {}, [])}


def _split(model: type[models.Model], values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    many = {field.name for field in model._meta.many_to_many}
    return (
        {name: value for name, value in values.items() if name not in many},
        {name: value for name, value in values.items() if name in many},
    )


@transaction.atomic
def create(
    model: type[M],
    values: Mapping[str, Any],
    *,
    actor: Actor,
    reason: str = "",
    root: models.Model | None = None,
    derive: Callable[[M], None] | None = None,
) -> M:
    """A new record from field values (many-to-many ones as lists), validated, audited as 'create'.

    `derive` fills fields that need the record's id. Raises ValidationError where a value does not fit.
    """
    plain, many = _split(model, values)
    record = model(**plain)
    _born(record)
    record.full_clean()
    record.save()
    if derive is not None:
        derive(record)
        record.save()
    for name, items in many.items():
        getattr(record, name).set(items)
    entry = _entry(actor, "create", record, _from_nothing(snapshot(record)), reason, root)
    entry.save()
    after_change([record], [entry])
    return record


@transaction.atomic
def update(
    record: M,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
    verb: str = "update",
    root: models.Model | None = None,
) -> dict[str, list[Any]]:
    """Write the values that differ; returns {field: [before, after]}, empty where nothing changed.

    With `expected_version`, raises Conflict if the record has another version by now. Raises ValidationError where a
    value does not fit. `record` is brought up to date in place.
    """
    current = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if expected_version is not None and getattr(current, "version", None) != expected_version:
        raise Conflict(current, values)
    changes = _write(current, values)
    if changes:
        entry = _entry(actor, verb, current, changes, reason, root)
        entry.save()
        after_change([current], [entry])
    _bring_up_to_date(record, current)
    return changes


def _write(current: models.Model, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Check and save the values that differ; what differs, as {field: [before, after]}."""
    plain, many = _split(type(current), values)
    before = snapshot(current, values)
    for name, value in plain.items():
        setattr(current, name, value)
    current.full_clean()
    many_changed = {
        name: items
        for name, items in many.items()
        if {item.pk for item in items} != {item["id"] for item in before.get(name, [])}
    }
    after = {
        **before,
        **snapshot(current, plain),
        **{n: [as_json(i) for i in v] for n, v in many_changed.items()},
    }
    changes = differences(before, after)
    if changes:
        _grow_older(current)
        current.save()
        for name, items in many_changed.items():
            getattr(current, name).set(items)
    return changes


def _grow_older(record: models.Model) -> None:
    if isinstance(record, Versioned):
        record.version += 1
        record.modified_at = now()


def _bring_up_to_date(record: models.Model, current: models.Model) -> None:
    """Make the object that the caller holds say what is stored now."""
    kept = {"_state", "_prefetched_objects_cache"}
    record.__dict__.update({name: value for name, value in current.__dict__.items() if name not in kept})
    record._state.fields_cache.clear()
    record.__dict__.pop("_prefetched_objects_cache", None)


@transaction.atomic
def delete(record: models.Model, *, actor: Actor, reason: str = "", root: models.Model | None = None) -> None:
    """Take the record away; its last state stays in the audit trail."""
    before = snapshot(record)
    entry = _entry(actor, "delete", record, {k: [v, None] for k, v in before.items()}, reason, root)
    pk = record.pk
    record.delete()
    record.pk = pk
    entry.save()
    after_change([record], [entry])


@transaction.atomic
def bulk_create(
    records: list[M],
    *,
    actor: Actor,
    reason: str = "",
    roots: Mapping[int, models.Model] | None = None,
    many: Mapping[str, Sequence[Sequence[models.Model]]] | None = None,
) -> list[M]:
    """Many new records of one model with one audit entry each; `roots` gives the root by position in the list.

    `many` gives, by many-to-many field, the records tied to each new one, in the order of `records`.
    """
    if not records:
        return []
    for record in records:
        _born(record)
    made = type(records[0])._default_manager.bulk_create(records, batch_size=200)
    many = many or {}
    for name, tied in many.items():
        _tie(made, name, tied)
    entries = []
    for index, record in enumerate(made):
        values = snapshot_plain(record)
        values |= {name: [as_json(item) for item in tied[index]] for name, tied in many.items()}
        entries.append(_entry(actor, "create", record, _from_nothing(values), reason, (roots or {}).get(index)))
    AuditEntry.objects.bulk_create(entries, batch_size=200)
    after_change(made, entries)
    return made


@transaction.atomic
def update_many(
    records: list[M],
    values: Mapping[str, Any],
    *,
    actor: Actor,
    reason: str = "",
    verb: str = "update",
    root: models.Model | None = None,
) -> None:
    """The same plain values for many records of one model, in a constant number of queries, with one entry each."""
    if not records:
        return
    entries = []
    for record in records:
        before = snapshot_plain(record)
        for name, value in values.items():
            setattr(record, name, value)
        _grow_older(record)
        after = snapshot_plain(record)
        changed = differences({k: before[k] for k in values}, {k: after[k] for k in values})
        entries.append(_entry(actor, verb, record, changed, reason, root))
    fields = [*values, *(["version", "modified_at"] if isinstance(records[0], Versioned) else [])]
    type(records[0])._default_manager.bulk_update(records, fields, batch_size=200)
    AuditEntry.objects.bulk_create(entries, batch_size=200)
    after_change(records, entries)


def _tie(made: list[M], name: str, tied: Sequence[Sequence[models.Model]]) -> None:
    """Write the rows between new records and those that they are tied to, in one go."""
    field: Any = type(made[0])._meta.get_field(name)
    own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    between = field.remote_field.through
    rows = [
        between(**{f"{own}_id": record.pk, f"{other}_id": item.pk})
        for record, items in zip(made, tied, strict=True)
        for item in items
    ]
    between._default_manager.bulk_create(rows, batch_size=300)


def snapshot_plain(record: models.Model) -> dict[str, Any]:
    """The stored fields without a query: references that are not loaded are given by id alone."""
    values: dict[str, Any] = {}
    for field in record._meta.concrete_fields:
        if field.name in _IGNORED or not field.editable:
            continue
        if isinstance(field, models.ForeignKey) and not field.is_cached(record):
            key = getattr(record, field.attname)
            values[field.name] = None if key is None else {"id": key, "label": ""}
        else:
            values[field.name] = as_json(getattr(record, field.name))
    return values
