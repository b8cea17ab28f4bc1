"""What the public site keeps of its own: who follows what by mail."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from senne.core.text import TextField
from senne.site.following.rules import Cadence


class Following(models.Model):
    """An address that is told what changes in one record: here only once its owner confirmed it, and for this alone."""

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2)
    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    label = TextField(_("what is followed"))
    cadence = models.CharField(_("how often"), max_length=8, choices=[(c.value, c.value) for c in Cadence])
    confirmed_at = models.DateTimeField(_("confirmed"))
    told_until = models.DateTimeField(_("told until"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["email", "kind", "record_id"], name="followed_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["cadence", "told_until"], name="followings_to_tell")]

    def __str__(self) -> str:
        return str(self.label)
