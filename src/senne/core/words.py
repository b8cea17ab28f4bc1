"""Words that every room shares."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may see the record."""

    PUBLIC = "public", _("Public")
    INTERNAL = "internal", _("Internal")
