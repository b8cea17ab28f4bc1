"""Something to say to colleagues about a record, something to ask of one of them, and its answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from senne.core.models import Person
from senne.core.talk.models import Request
from senne.core.talk.reach import Colleague
from senne.core.talk.saying import LONGEST
from senne.workspace.fields import DayField
from senne.workspace.forms.base import PersonChoiceField, Rows, VersionedForm, WorkForm

WHAT = {
    "report": pgettext_lazy("ask", "to report"),
    "validate": pgettext_lazy("ask", "to validate"),
    "answer": pgettext_lazy("ask", "to answer a question"),
}


def _people(colleagues: Iterable[Colleague]) -> Any:
    """The colleagues as a queryset in the order of their organisations."""
    keys = [colleague.person.pk for colleague in colleagues]
    found = Person.objects.filter(pk__in=keys).select_related("organisation")
    return found.order_by("organisation__path", "name")


class CommentForm(WorkForm):
    """A comment, and whom to tell of it: those named on the record by a tick, one more from the list, others by @."""

    text = forms.CharField(
        label=_("Your comment"),
        widget=forms.Textarea({"rows": 4, "maxlength": LONGEST}),
        required=False,
        help_text=_("Only colleagues who work on this read it. Write @Firstname Lastname to tell somebody."),
    )
    named = forms.MultipleChoiceField(label=_("Tell these people"), required=False, widget=forms.CheckboxSelectMultiple)
    also = PersonChoiceField(
        Person.objects.none(), label=_("And also"), required=False, empty_label=pgettext_lazy("person", "nobody else")
    )
    layout: ClassVar = {"named": "inline-checks"}

    def __init__(self, *args: Any, named: list[Colleague], others: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("also", _people(others))
        choices = [(str(c.person.pk), c.person.name) for c in named]
        if choices:
            self.fields["named"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["named"]
            self.fields["also"].label = _("Tell a colleague")
        if not others:
            del self.fields["also"]

    def tell(self) -> list[int]:
        """Keys of the people chosen beside the text."""
        also = self.cleaned_data.get("also")
        return [*(int(key) for key in self.cleaned_data.get("named", ())), *([also.pk] if also else [])]


class RewordForm(VersionedForm):
    """One's own words, again."""

    text = forms.CharField(
        label=_("Your comment"), widget=forms.Textarea({"rows": 8, "maxlength": LONGEST}), required=False
    )


class RemoveForm(WorkForm):
    """Why a colleague's comment goes."""

    because = forms.CharField(label=_("Why, for everybody to read"), max_length=500, required=False)


class AskForm(WorkForm):
    """Whom, for what, by when, in a sentence."""

    asked = PersonChoiceField(Person.objects.none(), label=_("Whom"))
    what = forms.ChoiceField(label=pgettext_lazy("ask", "For what"), widget=forms.RadioSelect)
    due_on = DayField(label=_("By"))
    sentence = forms.CharField(
        label=_("In a sentence"),
        max_length=Request._meta.get_field("sentence").max_length,
        required=False,
        help_text=_("For a question: the question."),
    )
    layout: ClassVar = {"what": "choices", "due_on": "short"}
    rows: ClassVar[Rows] = (("asked", "due_on"),)

    def __init__(self, *args: Any, asks: Iterable[str], people: list[Colleague], today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"due_on": today + timedelta(days=7), "what": next(iter(asks), "")})
        super().__init__(*args, **kwargs)
        self.narrow("asked", _people(people))
        self.fields["what"].choices = [(what, WHAT[what]) for what in asks]  # type: ignore[attr-defined]
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("what") == "answer" and not data.get("sentence", "").strip():
            self.add_error("sentence", _("Write the question."))
        return data


class AnswerForm(WorkForm):
    """What there is to say when it is done, or why it is declined."""

    answer = forms.CharField(
        label=_("Your answer, or why you decline"), required=False, widget=forms.Textarea({"rows": 4})
    )
