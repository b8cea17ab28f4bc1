"""An action's own fields, in groups: what, who, when and state, where, internal; and a new action."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from senne.core.models import Organisation, Person
from senne.plan.api import Characteristic, Objective, Tag, words
from senne.workspace.fields import PartialDateField, TextFormField
from senne.workspace.forms.base import (
    CodedChoiceField,
    OrganisationChoiceField,
    OrganisationsField,
    PersonChoiceField,
    Rows,
    VersionedForm,
    WorkForm,
    period,
)


class WhatForm(VersionedForm):
    """What the action is."""

    title = TextFormField(label=_("Title"), required=True)
    description = TextFormField(label=_("Description"), rows=6)
    expected_effect = TextFormField(label=_("Expected effect"), rows=3)
    characteristics = forms.ModelMultipleChoiceField(
        Characteristic.objects.none(),
        label=_("Characteristics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tags = forms.ModelMultipleChoiceField(
        Tag.objects.none(), label=_("Tags"), required=False, widget=forms.CheckboxSelectMultiple
    )
    new_tag = TextFormField(
        label=_("A new tag"), help_text=_("One tag, in the languages that you know."), max_length=60
    )

    layout: ClassVar = {"tags": "pick"}

    def __init__(self, *args: Any, characteristics: Any, tags: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("characteristics", characteristics)
        self.narrow("tags", tags)

    def values(self) -> dict[str, Any]:
        found = super().values()
        return {**found, "characteristics": list(found["characteristics"]), "tags": list(found["tags"])}


class WhoForm(VersionedForm):
    """Who leads, who takes part, who answers for it politically."""

    lead = OrganisationChoiceField(Organisation.objects.none(), label=_("Lead organisation"), required=False)
    sponsor = PersonChoiceField(Person.objects.none(), label=_("Political sponsor"), required=False)
    partners = OrganisationsField(Organisation.objects.none(), label=_("Partners"), required=False)

    layout: ClassVar = {"partners": "pick"}

    def __init__(self, *args: Any, leads: Any, organisations: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("lead", leads)
        self.narrow("partners", organisations)
        self.narrow("sponsor", people)

    def values(self) -> dict[str, Any]:
        found = super().values()
        return {**found, "partners": list(found["partners"])}


def _in_order(form: forms.Form) -> None:
    start, end = form.cleaned_data.get("start"), form.cleaned_data.get("end")
    if start and end and end.last_day < start.day:
        form.add_error("end", ValidationError(_("The end comes before the start.")))


class WhenForm(VersionedForm):
    """Where it stands and when it runs."""

    status = forms.ChoiceField(label=_("Status"), choices=words.Status.choices)
    status_reason = TextFormField(
        label=_("Why it is suspended or abandoned"), help_text=_("Needed for these two states only."), rows=2
    )
    phase = forms.ChoiceField(label=_("Phase"), choices=words.Phase.choices)
    start = PartialDateField(label=_("Start"))
    end = PartialDateField(label=_("End"))
    continuous = forms.BooleanField(label=_("Continuous action (no end)"), required=False)
    rows: ClassVar[Rows] = (("status", "phase"), ("start", "end"))

    def clean(self) -> dict[str, Any]:
        _in_order(self)
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        return period(period(super().values(), "start"), "end")


class WhereForm(VersionedForm):
    """Where it takes place."""

    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=200_000,
        strip=False,
        widget=forms.Textarea({"rows": 5, "spellcheck": "false"}),
        help_text=_(
            "One “latitude, longitude” per line, as a map gives it: one line is a point, several are a line, and an area "
            "where the last repeats the first. Or paste GeoJSON. Leave empty for no place."
        ),
    )
    columns: ClassVar = {"location": "place"}

    def values(self) -> dict[str, Any]:
        return {"location": self.cleaned_data["place"]}


class InternalForm(VersionedForm):
    """What only the staff see, and how the action counts."""

    code = forms.CharField(label=_("Code"), max_length=60)
    priority = forms.ChoiceField(label=_("Priority"), choices=words.Priority.choices)
    internal_notes = forms.CharField(label=_("Internal notes"), required=False, widget=forms.Textarea({"rows": 5}))
    weight = forms.IntegerField(
        label=_("Weight"),
        min_value=0,
        max_value=1000,
        help_text=_("How much it counts in the objective's progress; 0 leaves it out."),
    )
    order = forms.IntegerField(label=_("Place in the order"), min_value=0, max_value=100_000)
    visibility = forms.ChoiceField(label=_("Visibility"), choices=words.Visibility.choices)

    rows: ClassVar[Rows] = (("code", "priority"), ("weight", "order"))
    layout: ClassVar = {"visibility": "short"}

    def __init__(self, *args: Any, may: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "publish" not in may:
            del self.fields["visibility"]
        if "shape" not in may:
            del self.fields["code"], self.fields["order"]


class NewActionForm(WorkForm):
    """The least that a new action needs; the rest follows on its pages."""

    objective = CodedChoiceField(
        Objective.objects.none(), label=_("Objective served"), group=lambda objective: str(objective.plan)
    )
    title = TextFormField(label=_("Title"), required=True)
    description = TextFormField(label=_("Description"), rows=4)
    lead = OrganisationChoiceField(Organisation.objects.none(), label=_("Lead organisation"))
    start = PartialDateField(label=_("Start"))
    end = PartialDateField(label=_("End"))
    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        required=False,
        help_text=_("Leave empty to take the next one of the plan."),
    )
    visibility = forms.ChoiceField(label=_("Visibility"), choices=words.Visibility.choices)

    rows: ClassVar[Rows] = (("start", "end"), ("code", "visibility"))

    def __init__(self, *args: Any, objectives: Any, leads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("objective", objectives)
        self.narrow("lead", leads)

    def clean(self) -> dict[str, Any]:
        _in_order(self)
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        found = period(period(super().values(), "start"), "end")
        objective: Objective = found.pop("objective")
        return {**found, "plan": objective.plan, "objectives": [objective]}
