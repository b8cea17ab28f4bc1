"""What happens after each change of a record: hooks of rooms, and the content version that empties the page cache.

Only records.py calls `after`. Rooms register hooks when they start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F
from django.utils import timezone

from senne.core.models import AuditEntry, ContentVersion

Hook = Callable[[list[Any]], None]
DeedHook = Callable[[list[AuditEntry]], None]
_hooks: dict[str, list[Hook]] = {}
_deed_hooks: dict[str, list[DeedHook]] = {}
_moment: ContextVar[datetime | None] = ContextVar("moment of the deed", default=None)


@dataclass
class _Changed:
    """What changed of one kind: the records by key, and the entries about them, but for history that is brought in."""

    records: dict[int, Any] = field(default_factory=dict)
    entries: list[AuditEntry] = field(default_factory=list)


_waiting: ContextVar[dict[str, _Changed] | None] = ContextVar("records whose hooks wait", default=None)


@contextmanager
def happened(at: datetime) -> Iterator[None]:
    """Deeds inside the block are told as done at that moment: for history that is brought in from elsewhere."""
    token = _moment.set(at)
    try:
        yield
    finally:
        _moment.reset(token)


@contextmanager
def in_one_go() -> Iterator[None]:
    """Hooks run once for all that changed inside the block, when it ends: for thousands of deeds in one transaction."""
    waiting: dict[str, _Changed] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for changed in waiting.values():
        _run_hooks(list(changed.records.values()), changed.entries)


def settle() -> None:
    """Run the hooks that wait for the end of `in_one_go` now: for a deed that reads what they keep true."""
    waiting = _waiting.get()
    if not waiting:
        return
    due = list(waiting.values())
    waiting.clear()
    token, moment = _waiting.set(None), _moment.set(None)
    try:
        for changed in due:
            _run_hooks(list(changed.records.values()), changed.entries)
    finally:
        _waiting.reset(token)
        _moment.reset(moment)


def brought_in() -> datetime | None:
    """The moment that `happened` sets, inside its block."""
    return _moment.get()


def now() -> datetime:
    """The moment of a deed: the clock's, or the one that `happened` sets."""
    return _moment.get() or timezone.now()


def on_change(kind: str, hook: Hook) -> None:
    """Call `hook(records)` inside the transaction after records of `kind` ('plan.action') changed."""
    _hooks.setdefault(kind, []).append(hook)


def on_deed(kind: str, hook: DeedHook) -> None:
    """Call `hook(entries)` inside the transaction with what was just done to records of `kind`, and by whom.

    Not for history that is brought in from elsewhere (`happened`): that is nobody's news.
    """
    _deed_hooks.setdefault(kind, []).append(hook)


def kind_of(record: models.Model | type[models.Model]) -> str:
    """'plan.action' for an Action."""
    return record._meta.label_lower


def bump() -> None:
    """Make every cached page out of date. Part of each change; call it alone only for what has no record."""
    if not ContentVersion.objects.filter(pk=1).update(number=F("number") + 1):
        ContentVersion.objects.get_or_create(pk=1, defaults={"number": 1})


def after(records: list[Any], entries: list[AuditEntry]) -> None:
    """Records of one kind were written, and these entries about them: now, or at the end of `in_one_go`, hooks run."""
    _run_hooks(records, entries if _moment.get() is None else [])


def _run_hooks(records: list[Any], entries: list[AuditEntry]) -> None:
    kind, waiting = kind_of(records[0]), _waiting.get()
    if waiting is not None:
        changed = waiting.setdefault(kind, _Changed())
        changed.records.update((record.pk, record) for record in records)
        changed.entries += entries
        return
    for hook in _hooks.get(kind, ()):
        hook(records)
    for deed_hook in _deed_hooks.get(kind, ()) if entries else ():
        deed_hook(entries)
    bump()
