"""Comments and requests about any record. Both are for staff: no public page, export, feed or API tells of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from senne.core.models import Organisation, Person, Versioned


class AboutRecord(Versioned):
    """Something about a record of any room, named by kind ('plan.action') and number (see subjects.py)."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()

    class Meta:
        abstract = True

    @property
    def about(self) -> tuple[str, int]:
        return self.subject_kind, self.subject_id

    def __str__(self) -> str:
        return f"#{self.pk}"


class Comment(AboutRecord):
    """What a colleague says. Its words, today's and earlier ones, are kept here alone (the trail only says that they
    changed), so that what is taken back is gone."""

    class State(models.TextChoices):
        SAID = "said", pgettext_lazy("comment", "Written")
        TAKEN_BACK = "taken_back", pgettext_lazy("comment", "Taken back")
        REMOVED = "removed", pgettext_lazy("comment", "Removed")

    author = models.ForeignKey(Person, models.PROTECT, related_name="comments", verbose_name=_("author"))
    text = models.TextField(_("text"), blank=True)
    earlier = models.JSONField(_("earlier wordings"), default=list, blank=True)
    told = models.ManyToManyField(Person, blank=True, related_name="told_by_comments", verbose_name=_("told"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SAID)
    removed_because = models.CharField(_("reason"), max_length=500, blank=True)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )

    audit_hides: ClassVar = frozenset({"text", "earlier"})

    class Meta:
        ordering = ["id"]
        indexes: ClassVar = [models.Index(fields=["subject_kind", "subject_id", "id"], name="comments_of_a_record")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(state="said") & ~Q(text="")) | (~Q(state="said") & Q(text="")),
                name="comment_says_or_is_gone",
            ),
            models.CheckConstraint(
                condition=~Q(state="removed") | ~Q(removed_because=""), name="comment_removed_says_why"
            ),
        ]


class Request(AboutRecord):
    """Somebody asks a colleague (or, without `asked`, the coordination) to do something about a record by a day."""

    class What(models.TextChoices):
        REPORT = "report", pgettext_lazy("request", "Report")
        VALIDATE = "validate", pgettext_lazy("request", "Validate")
        ANSWER = "answer", pgettext_lazy("request", "Answer")
        ERASE = "erase", pgettext_lazy("request", "Erase personal data")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("request", "Waiting")
        DONE = "done", pgettext_lazy("request", "Done")
        DECLINED = "declined", pgettext_lazy("request", "Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("request", "Withdrawn")

    what = models.CharField(_("what is asked"), max_length=10, choices=What.choices)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="requests_made", verbose_name=_("asked by"))
    asked = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="requests_received", verbose_name=_("asked")
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    sentence = models.CharField(_("in a sentence"), max_length=300, blank=True)
    due_on = models.DateField(_("by"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )

    audit_hides: ClassVar = frozenset({"sentence", "answer"})

    class Meta:
        ordering = ["due_on", "id"]
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id"], name="requests_of_a_record"),
            models.Index(fields=["due_on"], condition=Q(state="open"), name="requests_open"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(asked=None) | ~Q(asked=models.F("asked_by")), name="request_to_somebody_else"
            ),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(answer=""), name="request_declined_says_why"),
        ]
