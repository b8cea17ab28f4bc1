"""Erasures: that there was one, of whom by number, and what it came upon. Names are exactly what they do not hold."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from senne.core.models import Person


class Erasure(models.Model):
    """A person replaced by a number. While one is not finished, and only inside its own transaction, the database lets the
    audit trail be rewritten (migration 0001)."""

    number = models.PositiveIntegerField(unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="erasure")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    done = models.JSONField(default=dict)
    remains = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.number)
