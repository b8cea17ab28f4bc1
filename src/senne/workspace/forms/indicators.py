"""What an indicator says of itself, its figures and its targets."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from senne.core.models import Organisation, Person
from senne.core.numbers import decimal_of
from senne.core.periods import Period, parse_period
from senne.core.words import Visibility
from senne.indicators.api import Indicator, Measurement, words
from senne.workspace.fields import TextFormField
from senne.workspace.forms.base import OrganisationChoiceField, PersonChoiceField, Rows, WorkForm

NOT_A_NUMBER = _("Write a number, such as 12 or 3,5.")


class NumberField(forms.CharField):
    """A number as people type it, with either mark; nothing where it is not required."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(max_length=40, widget=forms.TextInput({"inputmode": "decimal"}), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = decimal_of(text)
        if found is None:
            raise ValidationError(NOT_A_NUMBER)
        return found

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if hasattr(value, "normalize") else value


class PeriodFormField(forms.CharField):
    """A year, a quarter or a month."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("A year (2026), a quarter (2026-Q3) or a month (2026-09)."))
        super().__init__(max_length=7, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return str(parse_period(text))
        except ValueError:
            raise ValidationError(_("Write a year (2026), a quarter (2026-Q3) or a month (2026-09).")) from None


class IndicatorForm(WorkForm):
    """All that an indicator says of itself."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = TextFormField(label=_("Name"), required=True)
    unit = TextFormField(label=_("Unit"), required=True, max_length=60, help_text=_("trees, t CO₂e, % of trips…"))
    definition = TextFormField(label=_("What it measures"), rows=3)
    organisation = OrganisationChoiceField(Organisation.objects.none(), label=_("Organisation that measures"))
    keeper = PersonChoiceField(Person.objects.none(), label=_("Who gives the figures"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=words.Kind.choices)
    wanted = forms.ChoiceField(
        label=_("Wanted direction"), required=False, choices=[("", _("not said")), *words.Wanted.choices]
    )
    frequency = forms.ChoiceField(label=_("Frequency"), choices=words.Frequency.choices)
    first_period = PeriodFormField(label=_("First period measured"))
    last_period = PeriodFormField(label=_("Last period measured"), required=False, help_text=_("Empty: it goes on."))
    due_after = forms.IntegerField(label=_("Figures are due after (days)"), min_value=0, max_value=800)
    source = TextFormField(label=_("Where the figures come from"), rows=2)
    method = TextFormField(label=_("How it is measured"), rows=4)
    baseline_period = PeriodFormField(label=_("Period of the baseline"), required=False)
    baseline_value = NumberField(label=_("Baseline"))
    lowest = NumberField(label=_("Lowest plausible figure"))
    highest = NumberField(label=_("Highest plausible figure"))
    decimals = forms.IntegerField(label=_("Decimals shown"), min_value=0, max_value=6)
    visibility = forms.ChoiceField(label=_("Visibility"), choices=Visibility.choices)
    rows: ClassVar[Rows] = (
        ("organisation", "keeper"),
        ("kind", "wanted"),
        ("frequency", "due_after"),
        ("first_period", "last_period"),
        ("baseline_period", "baseline_value"),
        ("lowest", "highest"),
        ("decimals", "visibility"),
    )

    def __init__(self, *args: Any, organisations: Any, people: Any, publishes: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("organisation", organisations)
        self.narrow("keeper", people)
        if not publishes:
            del self.fields["visibility"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if bool(data.get("baseline_period")) != (data.get("baseline_value") is not None):
            missing = "baseline_value" if data.get("baseline_period") else "baseline_period"
            if missing not in self.errors:
                self.add_error(missing, _("A baseline has a period and a value."))
        return data


class ChangeIndicatorForm(IndicatorForm):
    """An indicator that is there: a new method is marked, so that nobody compares what does not compare."""

    new_method = forms.BooleanField(
        label=_("The method is new: figures before and after do not compare"), required=False
    )
    reason = forms.CharField(label=_("Reason (for the history)"), required=False, max_length=500)


class NewIndicatorForm(IndicatorForm):
    """A new one also has a code."""

    code = forms.SlugField(
        label=_("Code"), max_length=60, help_text=_("Lower-case letters, digits and dashes; it stands in addresses.")
    )
    field_order = ("code", "name")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Indicator.objects.filter(code__iexact=code).exists():
            raise ValidationError(_("Another indicator has this code already."))
        return code


class FigureForm(WorkForm):
    """The figure of a period."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    period = PeriodFormField(label=_("Period"))
    value = NumberField(label=_("Figure"), required=True)
    uncertainty = NumberField(label=_("Uncertainty (±)"), help_text=_("In the same unit, where it is known."))
    provisional = forms.BooleanField(label=_("Provisional: still to be confirmed"), required=False)
    note = TextFormField(label=_("Remark"), rows=2, help_text=_("Visible to those who see the figure."))
    reason = forms.CharField(
        label=_("Why it changes"),
        required=False,
        max_length=500,
        help_text=_("Where another figure stood: visitors read it as the reason of the correction."),
    )
    rows: ClassVar[Rows] = (("period", "value", "uncertainty"),)

    def __init__(self, *args: Any, indicator: Indicator, there: Measurement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.fields["value"].label = f"{self.fields['value'].label} ({indicator.unit})"
        if there is None and not self.is_bound:
            del self.fields["reason"]

    def clean_uncertainty(self) -> Any:
        found = self.cleaned_data["uncertainty"]
        if found is not None and found < 0:
            raise ValidationError(_("An uncertainty is not negative."))
        return found

    def clean_period(self) -> Period:
        return parse_period(self.cleaned_data["period"])

    @staticmethod
    def initial_of(found: Measurement) -> dict[str, Any]:
        """The figure as it stands."""
        names = ("version", "period", "value", "uncertainty", "provisional", "note")
        return {name: getattr(found, name) for name in names}


class TargetForm(WorkForm):
    """What is to be reached by when."""

    period = PeriodFormField(label=_("By the end of"))
    value = NumberField(label=_("Target"), required=True)
    note = TextFormField(label=_("Where the target comes from"), help_text=_("A decision, another plan, a directive…"))
    reason = forms.CharField(
        label=_("Why it changes"),
        required=False,
        max_length=500,
        help_text=_("Where this period has a target already."),
    )
    rows: ClassVar[Rows] = (("period", "value"),)

    def clean_period(self) -> Period:
        return parse_period(self.cleaned_data["period"])
