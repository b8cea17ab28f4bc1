"""What hangs on an action: steps, budget lines, people, links, documents, a copy."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from senne.core.models import Organisation, Person
from senne.plan.api import BudgetLine, Step, words
from senne.workspace.fields import DayField, PartialDateField, TextFormField
from senne.workspace.forms.base import OrganisationChoiceField, PersonChoiceField, Rows, WorkForm, period


class StepForm(WorkForm):
    """A step of an action."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = TextFormField(label=_("Step"), required=True)
    due = PartialDateField(label=_("Due"))
    assignee = PersonChoiceField(Person.objects.none(), label=_("Who does it"), required=False)
    done_on = DayField(label=_("Done on"), required=False)
    rows: ClassVar[Rows] = (("due", "assignee"),)
    layout: ClassVar = {"done_on": "short"}

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("assignee", people)

    def values(self) -> dict[str, Any]:
        return period(super().values(), "due")

    @staticmethod
    def initial_of(step: Step) -> dict[str, Any]:
        """The step as it is."""
        return {
            "version": step.version,
            "title": step.title,
            "due": step.due,
            "assignee": step.assignee_id,
            "done_on": step.done_on,
        }


class BudgetForm(WorkForm):
    """One line of money or people."""

    kind = forms.ChoiceField(label=_("Planned or actual"), choices=words.BudgetKind.choices)
    nature = forms.ChoiceField(
        label=_("Nature"), required=False, choices=[("", _("not said")), *words.BudgetNature.choices]
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1990, max_value=2200)
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=16, decimal_places=2, localize=True)
    unit = forms.ChoiceField(label=_("Unit"), choices=words.BudgetUnit.choices)
    approximate = forms.BooleanField(label=_("Approximate"), required=False)
    funder = OrganisationChoiceField(Organisation.objects.none(), label=_("Funder"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)
    rows: ClassVar[Rows] = (("kind", "nature", "year"), ("amount", "unit"))

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("funder", organisations)

    @staticmethod
    def initial_of(line: BudgetLine) -> dict[str, Any]:
        """The line as it is."""
        names = ("nature", "kind", "year", "amount", "unit", "approximate", "note")
        return {**{name: getattr(line, name) for name in names}, "funder": line.funder_id}


class ContactForm(WorkForm):
    """Somebody's part in an action."""

    person = PersonChoiceField(Person.objects.none(), label=_("Person"))
    role = forms.ChoiceField(label=_("As"), choices=words.ContactRole.choices)
    rows: ClassVar[Rows] = (("person", "role"),)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("person", people)


class LinkForm(WorkForm):
    """A page elsewhere."""

    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
    label = TextFormField(label=_("What it is"))


class DocumentForm(WorkForm):
    """A document to keep with the action."""

    file = forms.FileField(
        label=_("File"),
        max_length=255,
        allow_empty_file=True,
        help_text=_("PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, CSV, text, JSON or a picture, up to 25 MB."),
    )
    label = TextFormField(label=_("What it is"))
    public = forms.BooleanField(label=_("Everybody may read it on the public site"), required=False)


class DocumentDetailsForm(WorkForm):
    """What is said about a document that is kept already."""

    label = TextFormField(label=_("What it is"))
    public = forms.BooleanField(label=_("Everybody may read it on the public site"), required=False)


class CopyForm(WorkForm):
    """A copy under a code of its own."""

    code = forms.CharField(label=_("Code of the copy"), max_length=60)
    layout: ClassVar = {"code": "short"}
