"""What measures an objective or an action: its ties to indicators."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senne.core.policy import Subject
from senne.plan.models.action import Action
from senne.plan.models.structure import Objective


class IndicatorLink(models.Model):
    """An indicator measures an objective, or an action. One indicator may measure several of both, of several plans."""

    indicator = models.ForeignKey(
        "indicators.Indicator", models.CASCADE, related_name="links", verbose_name=_("indicator")
    )
    objective = models.ForeignKey(
        Objective, models.CASCADE, null=True, blank=True, related_name="indicator_links", verbose_name=_("objective")
    )
    action = models.ForeignKey(
        Action, models.CASCADE, null=True, blank=True, related_name="indicator_links", verbose_name=_("action")
    )

    class Meta:
        ordering = ["indicator__order", "indicator__code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(action=None, objective__isnull=False) | Q(action__isnull=False, objective=None),
                name="indicator_measures_one",
            ),
            models.UniqueConstraint(fields=["indicator", "objective"], name="indicator_objective_once"),
            models.UniqueConstraint(fields=["indicator", "action"], name="indicator_action_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} → {self.record}"

    @property
    def record(self) -> Action | Objective:
        """The action or objective that is measured."""
        found = self.action or self.objective
        assert found is not None
        return found

    def subject(self) -> Subject:
        """The rights over a tie are those over what is measured."""
        return self.record.subject()
