"""What becomes of a citizen's message."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from senne.core.models import Feedback
from senne.workspace.forms.base import VersionedForm


class FeedbackForm(VersionedForm):
    """In hand, answered, closed."""

    answer = forms.CharField(label=_("Answer"), required=False, max_length=20_000, widget=forms.Textarea({"rows": 8}))
    state = forms.ChoiceField(label=_("State"), choices=Feedback.State.choices, widget=forms.RadioSelect)
    layout: ClassVar = {"state": "choices"}

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("state") == Feedback.State.ANSWERED and not data.get("answer"):
            self.add_error("answer", ValidationError(_("Write the answer first, or close the message without one.")))
        return data
