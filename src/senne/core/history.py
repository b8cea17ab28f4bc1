"""A record's history, readable: who, when, what before and after, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from senne.core.models import AuditEntry, Person
from senne.core.organisations import root
from senne.core.policy import Actor, Role, Subject, can_see_trail, require
from senne.core.records import kind_of


def history_of(record: Any, subject: Subject, *, actor: Actor) -> QuerySet[AuditEntry]:
    """Entries of the record and of what hangs on it, newest first. Raises Refused for those who may not."""
    require("see_history", actor, subject)
    return AuditEntry.objects.filter(_under(record))


def history_under(record: Any, roots: Iterable[Any], subject: Subject, *, actor: Actor) -> QuerySet[AuditEntry]:
    """Entries of a record that is told under others (`roots`), and of what hangs on itself, newest first.

    Raises Refused for those who may not.
    """
    require("see_history", actor, subject)
    found = _under(record)
    for root_ in roots:
        found |= _under(root_) & Q(kind=kind_of(record), record_id=record.pk)
    return AuditEntry.objects.filter(found)


def _under(record: Any) -> Q:
    return Q(root_kind=kind_of(record), root_id=record.pk)


def security_trail(actor: Actor) -> QuerySet[AuditEntry]:
    """What happened to accounts and roles, newest first: logins, failures, passwords, second factors, roles, closings.

    For the coordination, of the people below it; the city's also sees accounts that belong to nobody (a superuser's).
    """
    entries = AuditEntry.objects.filter(kind__in=("core.user", "core.roleassignment"))
    paths = actor.paths(Role.COORDINATION)
    if not paths:
        return entries.none()
    reach = Q(pk__in=[])
    for path in paths:
        people = Person.objects.filter(organisation__path__startswith=path)
        reach |= Q(root_kind="core.person", root_id__in=people.values("pk"))
        reach |= Q(root_kind="core.user", root_id__in=people.exclude(user=None).values("user_id"))
    city = root()
    if city is not None and can_see_trail(actor, city.subject()):
        return entries
    return entries.filter(reach)
