"""What the reports room stores: reports asked for, with where they are and the file once there is one.

Like the rows of a queue, and unlike the records of a plan, they are written without the audit trail: their progress is
nobody's history, and a page of the site is not out of date because a report is half made. They are gone after 90 days.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senne.core.models import StoredFile, User
from senne.core.policy import Grant, Role
from senne.reports.kinds import FORMAT_NAMES, KINDS, Kind
from senne.reports.rights import Made


class ReportJob(models.Model):
    """A report that is, or was, made in the background. Drawn from `snapshot`, or from the records where there is none;
    `grants` and `personal` say what its reader saw (see rights.py). `attempt` grows each time that a worker takes it up."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for its turn")
        WORKING = "working", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey("plan.Plan", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    format = models.CharField(max_length=5)
    language = models.CharField(max_length=2)
    snapshot = models.ForeignKey("plan.Snapshot", models.CASCADE, null=True, related_name="+")
    since = models.ForeignKey("plan.Snapshot", models.CASCADE, null=True, related_name="+")
    organisation = models.CharField(max_length=60, blank=True)
    public = models.BooleanField(default=False)
    requested_by = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    grants = models.JSONField(default=list)
    personal = models.BooleanField(default=False)
    face = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True)
    notes = models.JSONField(default=list)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    heartbeat = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["state", "heartbeat"], name="report_by_state")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(state="ready") & Q(file__isnull=False)) | (~Q(state="ready") & Q(file=None)),
                name="report_ready_has_file",
            ),
            models.CheckConstraint(condition=Q(progress__lte=1000), name="report_progress_permille"),
            models.CheckConstraint(
                condition=Q(public=True) | Q(requested_by__isnull=False), name="report_for_somebody"
            ),
            models.UniqueConstraint(
                fields=["plan", "kind", "format", "language", "snapshot"],
                condition=Q(public=True, state__in=["waiting", "working"]),
                name="report_public_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}.{self.format} {self.uuid}"

    @property
    def what(self) -> Kind:
        return KINDS[self.kind]

    @property
    def format_name(self) -> str:
        return FORMAT_NAMES[self.format]

    @property
    def percent(self) -> int:
        """Whole per cent; 100 only when it is ready."""
        return 100 if self.state == self.State.READY else min(99, self.progress // 10)

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.WAITING, self.State.WORKING}

    def made(self) -> Made:
        """What the rule of rights.py needs to know."""
        grants = tuple(Grant(Role(role), path, house, register) for role, path, house, register in self.grants)
        return Made(self.public, self.requested_by_id, grants, self.personal)
