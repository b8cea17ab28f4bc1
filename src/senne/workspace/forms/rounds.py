"""A reporting round: its name, period, plans, deadlines, whom it asks; and its questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from senne.core.models import Organisation
from senne.core.text import LANGUAGES, Text
from senne.plan.api import Plan, Round
from senne.workspace.fields import DayField, TextFormField
from senne.workspace.forms.base import OrganisationChoiceField, Rows, WorkForm

MORE_QUESTIONS = 3
KINDS = (("text", _("Text")), ("number", _("Number")), ("yes_no", _("Yes or no")), ("choice", _("One of several")))
ASKED_OF = (("action", _("each action")), ("objective", _("each objective")))


class RoundForm(WorkForm):
    """Once a round is open, what it asks of whom is fixed: those fields are left out then."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = TextFormField(label=_("Name"), required=True)
    organisation = OrganisationChoiceField(Organisation.objects.none(), label=_("Organisation that runs it"))
    instructions = TextFormField(label=_("What people should know"), rows=4)
    plans = forms.ModelMultipleChoiceField(
        Plan.objects.none(), label=_("Plans"), required=False, widget=forms.CheckboxSelectMultiple
    )
    units = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Only these organisations (none chosen: all)"),
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
    )
    period_start = DayField(label=_("Period from"))
    period_end = DayField(label=_("Period until"))
    report_by = DayField(label=_("Report by"))
    validate_by = DayField(label=_("Validate by"))
    rows: ClassVar[Rows] = (("period_start", "period_end"), ("report_by", "validate_by"))
    fixed: ClassVar = ("organisation", "plans", "units", "period_start", "period_end")

    def __init__(self, *args: Any, organisations: Any, plans: Any, is_open: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_open:
            for name in self.fixed:
                del self.fields[name]
            return
        self.narrow("organisation", organisations)
        self.narrow("units", organisations)
        self.narrow("plans", plans)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("period_start") and data.get("period_end") and data["period_end"] < data["period_start"]:
            self.add_error("period_end", ValidationError(_("The period ends before it begins.")))
        if data.get("report_by") and data.get("validate_by") and data["validate_by"] < data["report_by"]:
            self.add_error("validate_by", ValidationError(_("Nobody can validate before the reports are in.")))
        return data

    @staticmethod
    def initial_of(round_: Round) -> dict[str, Any]:
        """The round as it is."""
        names = ("version", "name", "instructions", "period_start", "period_end", "report_by", "validate_by")
        return {
            **{name: getattr(round_, name) for name in names},
            "organisation": round_.organisation_id,
            "plans": [plan.pk for plan in round_.plans.all()],
            "units": [unit.pk for unit in round_.units.all()],
        }


class QuestionForm(WorkForm):
    """One question; without a text it is none."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    label = TextFormField(label=_("Question"))
    of = forms.ChoiceField(label=_("Asked of"), choices=ASKED_OF)
    kind = forms.ChoiceField(label=_("Answer"), choices=KINDS)
    unit = forms.CharField(label=_("Unit or hint"), required=False, max_length=60)
    required = forms.BooleanField(label=_("An answer is required"), required=False)
    choices = TextFormField(label=_("Choices, one a line"), rows=3)
    rows: ClassVar[Rows] = (("of", "kind", "unit"),)

    def as_json(self, number: int) -> dict[str, Any]:
        """The question as a round keeps it."""
        data = self.cleaned_data
        lines = {code: [ln.strip() for ln in text.splitlines() if ln.strip()] for code, text in data["choices"].items()}
        most = max((len(found) for found in lines.values()), default=0)
        choices = [{c: lines[c][n] for c in LANGUAGES if n < len(lines.get(c, ()))} for n in range(most)]
        return {
            "key": data["key"] or f"q{number}",
            "label": dict(data["label"]),
            "kind": data["kind"],
            "choices": choices if data["kind"] == "choice" else [],
            "required": data["required"],
            "unit": data["unit"],
        }


class QuestionsFormSet(forms.BaseFormSet):
    """The questions of a round, and room for some more."""

    def asked(self) -> dict[str, list[dict[str, Any]]]:
        """{kind of record: questions}, those without a text left out."""
        found: dict[str, list[dict[str, Any]]] = {"action": [], "objective": []}
        used = {form.cleaned_data["key"] for form in self.forms if form.cleaned_data.get("key")}
        numbers = (n for n in range(1, 1000) if f"q{n}" not in used)
        for form in self.forms:
            if form.cleaned_data.get("label"):
                found[form.cleaned_data["of"]].append(form.as_json(next(numbers)))
        return {kind: questions for kind, questions in found.items() if questions}


Questions = forms.formset_factory(QuestionForm, formset=QuestionsFormSet, extra=MORE_QUESTIONS, max_num=40)


def initial_questions(questions: dict[str, Iterable[Any]]) -> list[dict[str, Any]]:
    """A round's questions as the forms' initial values."""
    found = []
    for of, asked in questions.items():
        for item in asked:
            choices = item.get("choices") or []
            lines = {code: "\n".join(choice.get(code, "") for choice in choices) for code in LANGUAGES}
            texts = {"label": Text(item["label"]), "choices": Text({c: t for c, t in lines.items() if t.strip()})}
            found.append({**item, **texts, "of": of})
    return found


class CorrectionForm(WorkForm):
    """Why what was published is published anew."""

    reason = forms.CharField(
        label=_("What was wrong, and is right now"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
