"""What is written to people: notices that wait, mails with their fate, and what each person wants to hear of."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from senne.core.mailing.rules import Cadence, Kind
from senne.core.models import Person
from senne.core.text import TextField


class Mail(models.Model):
    """A mail, from the decision to write it to its fate. `key` says what it is for: the same thing is never said twice."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        LEAVING = "leaving", _("Leaving")
        SENT = "sent", _("Sent")
        REFUSED = "refused", _("Refused by the receiving server")
        FAILED = "failed", _("Given up")
        UNCLEAR = "unclear", _("Perhaps sent")

    key = models.CharField(max_length=160, unique=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="mails")
    to = models.EmailField()
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    headers = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes: ClassVar = [models.Index(fields=["state", "not_before"], name="mail_to_send")]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"


class Notice(models.Model):
    """Something to tell a person, until it has gone into a mail. `key` keeps it from being noted twice."""

    key = models.CharField(max_length=160, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    title = TextField()
    detail = TextField()
    path = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, blank=True, related_name="notices")
    dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], condition=models.Q(mail=None, dropped=False), name="notice_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"


class MailChoice(models.Model):
    """How often a person wants to hear of one kind of thing."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mail_choices")
    kind = models.CharField(max_length=12)
    cadence = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Cadence])

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "kind"], name="mail_choice_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.cadence}"
