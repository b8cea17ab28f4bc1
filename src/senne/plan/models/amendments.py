"""An amendment: a set of changes prepared beside the plan in force, reviewed, adopted on a day by a decision."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senne.core.models import Person, Versioned
from senne.core.policy import Subject
from senne.core.text import TextField
from senne.plan.models.snapshots import Snapshot
from senne.plan.models.structure import Plan
from senne.plan.words import AmendmentState, ChangeKind


class Amendment(Versioned):
    """Why and by which decision the plan changes. Adopted, it makes a version of the plan and never changes again."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="amendments", verbose_name=_("plan"))
    name = TextField(_("name"), required=True)
    reason = TextField(_("reason"), required=True)
    decision = models.CharField(_("decision (reference)"), max_length=200, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=AmendmentState.choices, default=AmendmentState.DRAFT)
    prepared_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    reviewed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    review_note = models.TextField(_("note of the review"), blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    version_before = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    version_after = models.ForeignKey(Snapshot, models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    class Meta:
        ordering = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="adopted") | (Q(adopted_on__isnull=False) & ~Q(decision="")),
                name="amendment_adopted_by_decision",
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    def subject(self) -> Subject:
        organisation = self.plan.organisation
        public = self.state == AmendmentState.ADOPTED and self.plan.subject().public
        return Subject("amendment", organisation.path, organisation.house, public)


class AmendmentChange(Versioned):
    """One change: of what, which fields become what (JSON values by field name), and a note where it needs one."""

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=20, choices=ChangeKind.choices)
    record_kind = models.CharField(max_length=10)
    code = models.CharField(max_length=60)
    values = models.JSONField(default=dict, blank=True)
    note = models.TextField(_("note"), blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class RetiredCode(models.Model):
    """A code that once meant something in a plan. It is not given to anything else: codes never mean two things."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="retired_codes")
    record_kind = models.CharField(max_length=10)
    code = models.CharField(max_length=60)
    was = TextField()
    uuid = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "record_kind", "code"], name="retired_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.record_kind} {self.code}"
