"""Who owes what by when, with what proof, and who is next; absences; the secret addresses of personal calendars."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from senne.core.models import Organisation, Person, Versioned
from senne.core.policy import ContactRole, Subject
from senne.core.text import TextField


class Duty(models.Model):
    """Something owed. Rooms say what is owed (sources.py); the chores keep these rows true. `key` names it for ever."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Fulfilled")
        VOID = "void", _("No longer owed")

    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=20)
    what = TextField(_("what is owed"), required=True)
    path = models.CharField(max_length=300)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="duties")
    chain = models.JSONField(default=list)
    due_on = models.DateField(db_index=True)
    opened_on = models.DateField()
    state = models.CharField(max_length=5, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    proof = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="duty_open")]

    def __str__(self) -> str:
        return f"{self.what} ({self.due_on})"


class DutyHolder(models.Model):
    """A person in the chain of a duty, by place: so that 'what do I owe' is one query."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="holders")
    person = models.ForeignKey(Person, models.CASCADE, related_name="duties")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["duty", "person"], name="duty_holder_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.place}"


class Absence(Versioned):
    """Somebody is away for a while; a deputy acts and is told instead."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="absences", verbose_name=_("person"))
    start = models.DateField(_("from"))
    end = models.DateField(_("until"))
    deputy = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="deputising", verbose_name=_("deputy")
    )

    class Meta:
        ordering = ["-start"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="absence_ends_after"),
            models.CheckConstraint(condition=~models.Q(person=models.F("deputy")), name="absence_other_deputy"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.start} – {self.end}"

    def subject(self) -> Subject:
        """Over absences: the person themselves, and whoever leads them."""
        own = self.person.subject()
        contacts = frozenset({(self.person_id, ContactRole.OWNER)})
        return Subject("absence", own.path, own.house, contacts=contacts)


def new_secret() -> str:
    """An address that nobody guesses."""
    return secrets.token_urlsafe(32)


class CalendarKey(models.Model):
    """The secret address of a person's calendar feed; a new one makes the old one useless."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_key")
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.person_id)
