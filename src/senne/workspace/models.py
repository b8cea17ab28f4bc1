"""What the workspace keeps for its people: views of the actions under a name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senne.core.models import Organisation, Person, Versioned
from senne.core.policy import ContactRole, Subject


class SavedView(Versioned):
    """A view and filter of the actions under a name of somebody's own; shared with their organisation if they want."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_views", verbose_name=_("person"))
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("view and filters"), max_length=1500)
    shared_with = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="saved_views",
        verbose_name=_("shared with"),
    )

    class Meta:
        ordering = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "name"], name="saved_view_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def subject(self) -> Subject:
        unit = self.shared_with
        owner = frozenset({(self.person_id, ContactRole.OWNER)})
        path, house = (unit.path, unit.house) if unit else ("", "")
        return Subject("saved_view", path, house, contacts=owner)
