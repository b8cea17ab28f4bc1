"""Editorial text as pages of the plan show it: written when it is published, read in one plain query."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Placed(models.Model):
    """What stands at one place in one language. `place`: 'home', 'news', or 'theme:PLAN:CODE'."""

    language = models.CharField(max_length=2)
    place = models.CharField(max_length=140)
    content = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "language"], name="placed_once")]

    def __str__(self) -> str:
        return f"{self.place} ({self.language})"
