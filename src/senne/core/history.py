"""A record's history, readable: who, when, what before and after, and why."""

from __future__ import annotations

from django.db.models import QuerySet

from senne.core.models import AuditEntry
from senne.core.policy import Actor, Subject, require
from senne.core.records import kind_of


def history_of(record: object, subject: Subject, *, actor: Actor) -> QuerySet[AuditEntry]:
    """Entries of the record and of what hangs on it, newest first. Raises Refused for those who may not."""
    require("see_history", actor, subject)
    return AuditEntry.objects.filter(root_kind=kind_of(record), root_id=record.pk)  # type: ignore[arg-type, attr-defined]
