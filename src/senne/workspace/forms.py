"""Forms of the workspace. They read and check input; rights and rules live in the rooms' actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from senne.core.models import Feedback, Organisation, Person
from senne.core.policy import Role
from senne.plan.api import Action, Characteristic, Objective, Plan, Tag, words
from senne.workspace.fields import PartialDateField, TextFormField
from senne.workspace.words import ROLE_LABELS


class ReportForm(forms.Form):
    """Where an action stands, in two minutes."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    status = forms.ChoiceField(label=_("Status"), choices=words.Status.choices)
    status_reason = TextFormField(label=_("Reason (when suspended or abandoned)"))
    phase = forms.ChoiceField(label=_("Phase"), choices=words.Phase.choices)
    steps = forms.TypedMultipleChoiceField(
        label=_("Steps done"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    news = TextFormField(label=_("What happened, what comes next"), rows=4)

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [(step.pk, str(step.title)) for step in action.steps.all()]
        if steps:
            self.fields["steps"].choices = steps  # type: ignore[attr-defined]
        else:
            del self.fields["steps"]


class ActionForm(forms.Form):
    """Every field of an action."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = TextFormField(label=_("Title"), required=True)
    description = TextFormField(label=_("Description"), rows=5)
    expected_effect = TextFormField(label=_("Expected effect"), rows=2)
    objectives = forms.ModelMultipleChoiceField(Objective.objects.none(), label=_("Objectives served"))
    lead = forms.ModelChoiceField(Organisation.objects.none(), label=_("Lead organisation"), required=False)
    partners = forms.ModelMultipleChoiceField(Organisation.objects.none(), label=_("Partners"), required=False)
    sponsor = forms.ModelChoiceField(Person.objects.none(), label=_("Political sponsor"), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=words.Status.choices)
    status_reason = TextFormField(label=_("Reason (when suspended or abandoned)"))
    phase = forms.ChoiceField(label=_("Phase"), choices=words.Phase.choices)
    priority = forms.ChoiceField(label=_("Priority"), choices=words.Priority.choices)
    start = PartialDateField(label=_("Start"))
    end = PartialDateField(label=_("End"))
    continuous = forms.BooleanField(label=_("Continuous action (no end)"), required=False)
    characteristics = forms.ModelMultipleChoiceField(
        Characteristic.objects.all(),
        label=_("Characteristics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tags = forms.ModelMultipleChoiceField(Tag.objects.all(), label=_("Tags"), required=False)
    visibility = forms.ChoiceField(label=_("Visibility"), choices=words.Visibility.choices)
    internal_notes = forms.CharField(label=_("Internal notes"), required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, objectives: Any, organisations: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objectives"].queryset = objectives  # type: ignore[attr-defined]
        self.fields["lead"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["partners"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["sponsor"].queryset = people  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """The cleaned data as fields of an Action."""
        data = {k: v for k, v in self.cleaned_data.items() if k not in {"version", "start", "end", "code", "plan"}}
        for name in ("start", "end"):
            partial = self.cleaned_data[name]
            data[f"{name}_on"] = partial.day if partial else None
            data[f"{name}_precision"] = partial.precision.value if partial else words.Precision.DAY.value
        for name in ("objectives", "partners", "characteristics", "tags"):
            data[name] = list(data[name])
        return data


class NewActionForm(ActionForm):
    """A new action also has a plan and a code."""

    plan = forms.ModelChoiceField(Plan.objects.none(), label=_("Plan"))
    code = forms.CharField(label=_("Code"), max_length=60)
    field_order = ("plan", "code", "title")

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]


class HealthForm(forms.Form):
    """A judgement of health, with its reason and expiry; nothing chosen takes it back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    health = forms.ChoiceField(
        label=_("Health, as judged"), required=False, choices=[("", _("as computed")), *words.Health.choices]
    )
    until = forms.DateField(label=_("Holds until"), required=False, widget=forms.DateInput({"type": "date"}))
    reason = TextFormField(label=_("Reason"))


class StepForm(forms.Form):
    """A step of an action."""

    title = TextFormField(label=_("Title"), required=True)
    due = PartialDateField(label=_("Due"))


class ObjectiveForm(forms.Form):
    """What the coordination changes of an objective."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    statement = TextFormField(label=_("Statement"), required=True, rows=2)
    description = TextFormField(label=_("Description"), rows=3)
    horizon = forms.IntegerField(label=_("Horizon (year)"), required=False, min_value=1990, max_value=2200)
    lead = forms.ModelChoiceField(
        Organisation.objects.filter(dissolved_on=None), label=_("Lead organisation"), required=False
    )
    owner = forms.ModelChoiceField(Person.objects.filter(left_on=None), label=_("Owner"), required=False)
    weight = forms.IntegerField(label=_("Weight"), min_value=0, max_value=1000)
    visibility = forms.ChoiceField(label=_("Visibility"), choices=words.Visibility.choices)


class FeedbackForm(forms.Form):
    """What becomes of a message."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("State"), choices=Feedback.State.choices)
    answer = forms.CharField(label=_("Answer"), required=False, widget=forms.Textarea({"rows": 6}))


class PersonForm(forms.Form):
    """A person, with or without an account."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), required=False)
    title = TextFormField(label=_("Job title"))
    organisation = forms.ModelChoiceField(Organisation.objects.filter(dissolved_on=None), label=_("Organisation"))
    language = forms.ChoiceField(
        label=_("Language"), choices=[("fr", "Français"), ("nl", "Nederlands"), ("en", "English")]
    )


class RoleForm(forms.Form):
    """A role to give."""

    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, ROLE_LABELS[role]) for role in Role])
    organisation = forms.ModelChoiceField(Organisation.objects.filter(dissolved_on=None), label=_("In"))
    register = forms.SlugField(label=_("Register (specialists)"), required=False)


class OrganisationForm(forms.Form):
    """An organisation in the tree."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = TextFormField(label=_("Name"), required=True)
    kind = forms.ChoiceField(label=_("Kind"), choices=Organisation.Kind.choices)
    parent = forms.ModelChoiceField(Organisation.objects.filter(dissolved_on=None), label=_("Part of"), required=False)
    email = forms.EmailField(label=_("Contact address"), required=False)
    dissolved_on = forms.DateField(label=_("Dissolved on"), required=False, widget=forms.DateInput({"type": "date"}))


class NewOrganisationForm(OrganisationForm):
    """A new organisation also has a code."""

    code = forms.SlugField(label=_("Code"), max_length=60)
    field_order = ("code", "name")


class UploadForm(forms.Form):
    """A plan document to read."""

    file = forms.FileField(label=_("Document (XLSX, ODS, CSV, text, DOCX, PDF or HTML, up to 25 MB)"))
    plan = forms.ModelChoiceField(
        Plan.objects.none(), label=_("Into the plan"), required=False, empty_label=_("a new plan")
    )

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]


def initial_of(action: Action) -> dict[str, Any]:
    """An action as initial values of its form."""
    plain = (
        "title",
        "description",
        "expected_effect",
        "status",
        "status_reason",
        "phase",
        "priority",
        "visibility",
    )
    initial: dict[str, Any] = {
        name: getattr(action, name) for name in (*plain, "continuous", "internal_notes", "version")
    }
    initial |= {
        "lead": action.lead_id,
        "sponsor": action.sponsor_id,
        "start": action.start,
        "end": action.end,
    }
    for name in ("objectives", "partners", "characteristics", "tags"):
        initial[name] = [record.pk for record in getattr(action, name).all()]
    return initial
