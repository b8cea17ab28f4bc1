"""The document to read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from senne.plan.api import Plan
from senne.workspace.forms.base import WorkForm


class UploadForm(WorkForm):
    """A plan document to read."""

    file = forms.FileField(label=_("Document (XLSX, ODS, CSV, text, DOCX, PDF or HTML, up to 25 MB)"))
    plan = forms.ModelChoiceField(
        Plan.objects.none(), label=_("Into the plan"), required=False, empty_label=_("a new plan")
    )

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("plan", plans)
