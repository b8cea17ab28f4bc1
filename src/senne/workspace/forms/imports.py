"""The form with which a plan document is uploaded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from senne.plan.api import Plan, words
from senne.workspace.forms.base import WorkForm


class UploadForm(WorkForm):
    """A plan document to read."""

    file = forms.FileField(
        label=_("Document"),
        allow_empty_file=True,
        help_text=_(
            "A table with an action column: XLSX, ODS, CSV or text, DOCX, ODT, PDF with text, HTML; or a plan taken out of "
            "Senne. Up to 25 MB."
        ),
    )
    plan = forms.ModelChoiceField(
        Plan.objects.none(),
        label=_("Into the plan"),
        required=False,
        empty_label=_("a new plan, named after the document"),
    )
    visibility = forms.ChoiceField(
        label=_("Who sees a new plan"),
        choices=words.Visibility.choices,
        initial=words.Visibility.INTERNAL,
        widget=forms.RadioSelect,
        help_text=_("It counts for a new plan only; it can be changed later."),
    )

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("plan", plans)
