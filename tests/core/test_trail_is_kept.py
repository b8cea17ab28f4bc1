"""The database itself keeps the audit trail: whatever program writes to it, an entry is neither changed nor removed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from senne.core.models import AuditEntry, User
from tests.city import City

ATTACKS = [
    "UPDATE core_auditentry SET actor_name = 'somebody else'",
    "UPDATE core_auditentry SET changes = '{}'",
    "UPDATE core_auditentry SET reason = 'because', actor_id = NULL",
    "DELETE FROM core_auditentry",
    "DELETE FROM core_auditentry WHERE id = (SELECT MIN(id) FROM core_auditentry)",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_refuses(city: City, attack: str) -> None:
    before = list(AuditEntry.objects.values())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
    assert list(AuditEntry.objects.values()) == before


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_empty_or_overwrite_it(city: City) -> None:
    attack = {
        "postgresql": "TRUNCATE core_auditentry",
        "sqlite": "INSERT OR REPLACE INTO core_auditentry SELECT * FROM core_auditentry LIMIT 1",
    }[connection.vendor]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


def test_erasing_an_account_leaves_its_entries_with_their_names(city: City) -> None:
    user = User.objects.create_user("gone@example.org", None)
    entry = AuditEntry.objects.create(
        at=user.date_joined, actor=user, actor_name="Somebody", verb="update", kind="plan.action", record_id=1,
        root_kind="plan.action", root_id=1,
    )  # fmt: skip
    user.delete()
    kept = AuditEntry.objects.get(pk=entry.pk)
    assert (kept.actor_id, kept.actor_name) == (None, "Somebody")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_the_guard_is_back_after_tables_were_emptied(city: City, turn: str) -> None:
    """Runs twice over: the flush between the two puts the guard aside, and back."""
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_auditentry")
