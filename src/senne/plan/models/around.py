"""What surrounds an action: characteristics, tags, contacts, relations, links, documents."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senne.core.models import Person, StoredFile
from senne.core.text import TextField
from senne.plan.models.action import Action
from senne.plan.words import ContactRole, RelationKind


class Characteristic(models.Model):
    """What an action is for, in the plan's own legend: mitigation, adaptation, citizen dimension."""

    code = models.SlugField(max_length=40, unique=True)
    name = TextField(_("name"), required=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return str(self.name)


class Tag(models.Model):
    """A free word that gathers actions across themes."""

    slug = models.SlugField(max_length=60, unique=True)
    name = TextField(_("name"), required=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return str(self.name)


class ActionContact(models.Model):
    """A person's part in an action."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="contacts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="contact_of", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=12, choices=ContactRole.choices)

    class Meta:
        ordering = ["role", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "person", "role"], name="action_contact_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.person}"


class ActionRelation(models.Model):
    """How one action stands to another."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="relations")
    other = models.ForeignKey(Action, models.CASCADE, related_name="relations_back")
    kind = models.CharField(_("relation"), max_length=10, choices=RelationKind.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "other", "kind"], name="action_relation_once"),
            models.CheckConstraint(condition=~Q(action=models.F("other")), name="action_relation_other"),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.kind} {self.other_id}"


class ActionLink(models.Model):
    """A link to a page elsewhere."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="links")
    url = models.URLField(_("address"), max_length=500)
    label = TextField(_("label"))

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.label) or self.url


class ActionDocument(models.Model):
    """A document of an action; public only if said so."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="documents")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    label = TextField(_("label"))
    public = models.BooleanField(_("public"), default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.label) or self.file.name
