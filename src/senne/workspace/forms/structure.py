"""Plans, themes, axes and objectives: every field of theirs."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from senne.core.models import Organisation, Person
from senne.plan.api import Axis, Theme, words
from senne.workspace.fields import DayField, TextFormField, figure_field, year_field
from senne.workspace.forms.base import CodedChoiceField, OrganisationChoiceField, PersonChoiceField, Rows, WorkForm


def _weight() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Weight"), min_value=0, max_value=1000, help_text=_("How much it counts above it; 0 leaves it out.")
    )


def _order() -> forms.IntegerField:
    return forms.IntegerField(label=_("Place in the order"), min_value=0, max_value=100_000)


class PartForm(WorkForm):
    """What every part of a plan has."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("Letters, digits, dots and dashes; it stands in addresses.")
    )
    layout: ClassVar = {"code": "short"}
    rows: ClassVar[Rows] = (("weight", "order"),)


class PlanForm(PartForm):
    """A plan."""

    name = TextFormField(label=_("Name"), required=True)
    description = TextFormField(label=_("Description"), rows=5)
    kind = forms.ChoiceField(label=_("Kind"), choices=words.PlanKind.choices)
    organisation = OrganisationChoiceField(Organisation.objects.none(), label=_("Organisation"))
    visibility = forms.ChoiceField(label=_("Visibility"), choices=words.Visibility.choices)
    is_main = forms.BooleanField(
        label=_("The plan of the home page"),
        required=False,
        help_text=_("There is one: it takes the place of the plan that is there now."),
    )
    adopted_on = DayField(label=_("Adopted on"), required=False)
    start_year = year_field(_("First year"))
    end_year = year_field(_("Last year"))
    ageing_after = forms.IntegerField(label=_("Reports age after (days)"), min_value=1, max_value=3650)
    stale_after = forms.IntegerField(label=_("Reports are stale after (days)"), min_value=1, max_value=3650)
    rows: ClassVar[Rows] = (
        ("kind", "visibility"),
        ("adopted_on", "start_year", "end_year"),
        ("ageing_after", "stale_after"),
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("organisation", organisations)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("start_year") and data.get("end_year") and data["end_year"] < data["start_year"]:
            self.add_error("end_year", ValidationError(_("The last year comes before the first.")))
        if data.get("ageing_after") and data.get("stale_after") and data["stale_after"] < data["ageing_after"]:
            self.add_error("stale_after", ValidationError(_("A report is stale after it has aged, not before.")))
        return data


class ThemeForm(PartForm):
    """A chapter of the plan."""

    name = TextFormField(label=_("Name"), required=True)
    description = TextFormField(label=_("Vision"), rows=6)
    weight = _weight()
    order = _order()


class AxisForm(PartForm):
    """A line of work within a theme."""

    theme = CodedChoiceField(
        Theme.objects.none(), label=_("Theme"), group=lambda theme: str(theme.plan), empty_label=None
    )
    name = TextFormField(label=_("Name"), required=True)
    description = TextFormField(label=_("Description"), rows=4)
    weight = _weight()
    order = _order()
    field_order = ("version", "theme", "code", "name")

    def __init__(self, *args: Any, parents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("theme", parents)


class ObjectiveForm(PartForm):
    """What the plan wants to have reached."""

    axis = CodedChoiceField(Axis.objects.none(), label=_("Axis"), group=lambda axis: str(axis.theme), empty_label=None)
    statement = TextFormField(label=_("Statement"), required=True, rows=3)
    description = TextFormField(label=_("Description"), rows=5)
    lead = OrganisationChoiceField(Organisation.objects.none(), label=_("Lead organisation"), required=False)
    owner = PersonChoiceField(Person.objects.none(), label=_("Owner"), required=False)
    target_quantity = TextFormField(label=_("What the target measures"))
    target_value = figure_field(_("Target"))
    target_unit = forms.CharField(label=_("Unit of the target"), max_length=40, required=False)
    target_year = year_field(_("Year of the target"))
    baseline_value = figure_field(_("Baseline"))
    baseline_year = year_field(_("Year of the baseline"))
    horizon = year_field(_("Horizon (year)"))
    visibility = forms.ChoiceField(label=_("Visibility"), choices=words.Visibility.choices)
    weight = _weight()
    order = _order()
    field_order = ("version", "axis", "code", "statement")
    rows: ClassVar[Rows] = (
        ("lead", "owner"),
        ("target_value", "target_unit", "target_year"),
        ("baseline_value", "baseline_year"),
        ("weight", "order"),
        ("horizon", "visibility"),
    )

    def __init__(
        self, *args: Any, parents: Any, organisations: Any, people: Any, fixed: bool = False, **kwargs: Any
    ) -> None:
        """`fixed`: the plan is somebody else's, so that the objective keeps its place in it."""
        super().__init__(*args, **kwargs)
        self.narrow("axis", parents)
        self.narrow("lead", organisations)
        self.narrow("owner", people)
        if fixed:
            del self.fields["axis"], self.fields["code"], self.fields["order"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("target_value") is not None and not data.get("target_year"):
            self.add_error("target_year", ValidationError(_("By which year? A target has a year.")))
        if data.get("baseline_value") is not None and not data.get("baseline_year"):
            self.add_error("baseline_year", ValidationError(_("Of which year? A baseline has a year.")))
        return data


class ObjectiveWorkForm(WorkForm):
    """What the people of the lead organisation change of an objective; its text is the plan's."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    owner = PersonChoiceField(Person.objects.none(), label=_("Owner"), required=False)
    description = TextFormField(label=_("Description"), rows=5)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("owner", people)
