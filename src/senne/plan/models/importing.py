"""A document read into a plan: the file, what was found, what was chosen, what was done."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from senne.core.models import Organisation, Person, StoredFile, Versioned
from senne.core.policy import Subject
from senne.plan.models.structure import Plan


class ImportRun(Versioned):
    """One reading of one file, from upload to apply; kept as the record of what was asked and answered."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("To check")
        APPLIED = "applied", _("Applied")
        DISCARDED = "discarded", _("Discarded")
        FAILED = "failed", _("Could not be read")

    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PREVIEW)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.SET_NULL, null=True, blank=True, related_name="imports")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=255)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    choices = models.JSONField(default=dict, blank=True)
    report = models.JSONField(default=dict, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name

    def subject(self) -> Subject:
        return Subject("import", self.organisation.path, self.organisation.house)
