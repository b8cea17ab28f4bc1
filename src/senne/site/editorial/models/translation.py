"""Which state of the source a translation was last brought up to."""

from __future__ import annotations

from django.db import models
from wagtail.models import Page


class Translated(models.Model):
    """The texts of the source, by place, as they stood when this translation of it was last saved side by side."""

    page = models.OneToOneField(Page, models.CASCADE, related_name="translated")
    source_texts = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.page)
