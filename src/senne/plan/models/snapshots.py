"""A plan as it stood: a snapshot with its parts. Neither ever changes; the database refuses it (migration 'snapshots')."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from senne.core.policy import Subject
from senne.core.text import TextField
from senne.plan.models.structure import Plan


class Snapshot(models.Model):
    """One plan at one moment. `head` holds what belongs to the plan itself; `content_hash` vouches for head and parts.

    A correction is a new edition that names the one it corrects and says why.
    """

    class Kind(models.TextChoices):
        ROUND = "round", _("Reporting round")
        VERSION = "version", _("Version of the plan")
        MOMENT = "moment", _("Moment")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="snapshots", verbose_name=_("plan"))
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = TextField(_("name"), required=True)
    day = models.DateField(_("day"))
    taken_at = models.DateTimeField(default=timezone.now)
    taken_by = models.CharField(max_length=200)
    public = models.BooleanField(_("public"))
    edition = models.PositiveSmallIntegerField(default=1)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("corrects")
    )
    reason = models.TextField(_("reason"), blank=True)
    decision = models.CharField(_("decision"), max_length=200, blank=True)
    head = models.JSONField(editable=False)
    content_hash = models.CharField(max_length=64)
    code_version = models.CharField(max_length=40)

    class Meta:
        ordering = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="snapshot_number_once"),
            models.CheckConstraint(
                condition=models.Q(corrects=None, edition=1) | models.Q(corrects__isnull=False, edition__gt=1),
                name="snapshot_edition_corrects",
            ),
            models.CheckConstraint(
                condition=models.Q(corrects=None) | ~models.Q(reason=""), name="snapshot_correction_says_why"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def subject(self) -> Subject:
        organisation = self.plan.organisation
        public = self.public and self.plan.subject().public
        return Subject("snapshot", organisation.path, organisation.house, public)


class SnapshotPart(models.Model):
    """A theme, axis, objective, action or organisation of a snapshot, as JSON (see rules/picture.py)."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=12)
    code = models.CharField(max_length=60)
    order = models.PositiveIntegerField()
    visibility = models.CharField(max_length=10)
    lead = models.CharField(max_length=60, blank=True)
    partners = models.JSONField(default=list)
    data = models.JSONField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["kind", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["snapshot", "kind", "code"], name="snapshot_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
