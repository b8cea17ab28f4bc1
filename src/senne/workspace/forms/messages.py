"""What becomes of a citizen's message."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from senne.core.models import Feedback
from senne.core.text import LANGUAGES, Text, as_text
from senne.workspace.forms.base import VersionedForm, WorkForm


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


class PublishForm(WorkForm):
    """Question and answer as visitors will read them, in the languages of the site; French or the writer's own at least."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("question", _("Question")), ("answer", _("Answer"))):
            for code in LANGUAGES:
                widget = forms.Textarea({"rows": 4, "lang": code})
                field = forms.CharField(label=f"{label} ({code})", required=False, max_length=20_000, widget=widget)
                self.fields[f"{name}_{code}"] = field

    def clean(self) -> dict[str, Any]:
        for name in ("question", "answer"):
            if not self._text(name):
                self.add_error(f"{name}_fr", ValidationError(_("Write this text in at least one language.")))
        return self.cleaned_data

    def _text(self, name: str) -> Text:
        return as_text({code: self.cleaned_data.get(f"{name}_{code}", "").strip() for code in LANGUAGES})

    def values(self) -> dict[str, Text]:
        """Question and answer."""
        return {name: self._text(name) for name in ("question", "answer")}
