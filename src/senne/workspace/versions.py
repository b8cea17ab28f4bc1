"""Two people changed the same record. What each changed alone is kept; what both changed is shown side by side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from senne.core.models import AuditEntry
from senne.core.records import Conflict, as_json, kind_of
from senne.workspace.in_words import label_of_field, value_in_words


@dataclass(frozen=True)
class Difference:
    """A field that both changed: what the colleague saved, and what I was about to save."""

    field: str
    name: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Settlement:
    """What to write of mine, what both of us changed, who the colleague was."""

    mine: dict[str, Any]
    clashes: list[Difference] = field(default_factory=list)
    colleague: str = ""


def settle(clash: Conflict, since_version: int, asked: Collection[str]) -> Settlement:
    """Three-way: what I sent, what stands now, and what stood when I began (read back from the audit trail).

    Only columns that the form asks for (`asked`) can clash; what an action adds by itself (the day of a report) is not
    anybody's to choose.
    """
    current = clash.current
    entries = _entries_since(current, since_version)
    before: dict[str, Any] = {}
    for entry in entries:
        before |= {name: pair[0] for name, pair in entry.changes.items()}
    mine: dict[str, Any] = {}
    clashes: list[Difference] = []
    for name, value in clash.mine.items():
        if name not in asked:
            continue
        now = _stored(current, name)
        if _same(value, now) or (name in before and _same(value, before[name])):
            continue
        if name in before:
            clashes.append(_difference(current, name, now, value))
        mine[name] = value
    return Settlement(mine, clashes, entries[0].actor_name if entries else "")


def _entries_since(record: Any, version: int) -> list[AuditEntry]:
    """The changes of the record since that version, newest first: each change made the version grow by one."""
    steps = max(0, record.version - version)
    found = AuditEntry.objects.filter(kind=kind_of(record), record_id=record.pk).exclude(verb__in=("create", "move"))
    return list(found.exclude(changes={}).order_by("-id")[:steps])


def _stored(record: Any, name: str) -> Any:
    value = getattr(record, name)
    return list(value.all()) if record._meta.get_field(name).many_to_many else value


def _same(one: Any, other: Any) -> bool:
    return _plain(one) == _plain(other)


def _plain(value: Any) -> Any:
    """As the trail has it; records by their key alone, lists of records without their order."""
    value = as_json(value)
    if isinstance(value, list):
        return sorted(str(item.get("id", item)) if isinstance(item, dict) else str(item) for item in value)
    if isinstance(value, dict) and set(value) == {"id", "label"}:
        return value["id"]
    return value


def _difference(record: Any, name: str, theirs: Any, mine: Any) -> Difference:
    model = type(record)
    shown = [value_in_words(model, name, as_json(value)) for value in (theirs, mine)]
    return Difference(name, label_of_field(model, name), shown[0], shown[1])
