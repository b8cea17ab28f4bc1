"""Where an action or an objective stands, in two minutes; a judgement of its health."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from senne.core.numbers import decimal_of
from senne.core.templatetags.senne import when
from senne.core.text import Text, as_text, reader_language
from senne.indicators.api import Figure, figure_shown
from senne.indicators.api import do as figures_do
from senne.indicators.api import words as indicator_words
from senne.plan.api import Action, Contribution, Objective, do, measured, words
from senne.workspace.fields import DayField, TextFormField
from senne.workspace.forms.base import Rows, VersionedForm, WorkForm

FILES = 3


class Section(NamedTuple):
    """Fields under a heading; folded away unless something stands in them or is wrong with them."""

    heading: Any
    rows: list[list[forms.BoundField]]
    open: bool


class QuestionsMixin(forms.Form):
    """The questions of a round, as fields."""

    def add_questions(self, questions: Iterable[Any]) -> list[str]:
        """Returns the names of the fields."""
        names = []
        for question in questions:
            name = f"answer_{question.key}"
            self.fields[name] = _question_field(question)
            names.append(name)
        return names


def _question_field(question: Any) -> forms.Field:
    label = Text(question.label).shown()[0]
    common: dict[str, Any] = {"label": label, "required": question.required, "help_text": question.unit}
    if question.kind == "yes_no":
        choices = [("yes", pgettext("answer", "yes")), ("no", pgettext("answer", "no"))]
        return forms.ChoiceField(**common, choices=choices, widget=forms.RadioSelect)
    if question.kind == "choice":
        choices = [(str(n), as_text(choice).shown()[0]) for n, choice in enumerate(question.choices)]
        return forms.ChoiceField(**common, choices=choices, widget=forms.RadioSelect)
    if question.kind == "number":
        return forms.CharField(**common, max_length=40, widget=forms.TextInput({"inputmode": "decimal"}))
    return forms.CharField(**common, max_length=5000, widget=forms.Textarea({"rows": 3}))


class FiguresMixin(forms.Form):
    """The figures that the record's indicators wait for, as fields: a number, and a remark beside it."""

    asked_figures: tuple[measured.FigureAsked, ...] = ()

    def add_figures(self, asked: Iterable[measured.FigureAsked]) -> None:
        """A pair of fields for each; with nothing in it, the figure stays due."""
        self.asked_figures = tuple(asked)
        for figure in self.asked_figures:
            self.fields[figure.name] = _figure_field(figure)
            self.fields[f"{figure.name}_note"] = forms.CharField(
                label=_("Remark on this figure"), required=False, max_length=500
            )

    def figure_rows(self) -> list[list[forms.BoundField]]:
        """The fields, a row for each figure."""
        return [[self[figure.name], self[f"{figure.name}_note"]] for figure in self.asked_figures]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for asked in self.asked_figures:
            written = data.get(asked.name, "")
            given = _given(data, asked)
            if written and given is None:
                self.add_error(asked.name, _("Write a number, such as 12 or 3,5."))
            elif given is not None and (fault := figures_do.fault_in(given)):
                self.add_error(asked.name, fault)
        return data


def _given(values: Mapping[str, Any], asked: measured.FigureAsked) -> Figure | None:
    value = decimal_of(values.get(asked.name, "") or "")
    note = values.get(f"{asked.name}_note", "")
    if value is None:
        return None
    return Figure(asked.indicator, asked.period, value, note=Text({reader_language(): note}) if note else Text())


def figures_given(values: Mapping[str, Any], asked: Iterable[measured.FigureAsked]) -> list[Figure]:
    """The figures in the values of a form that asked for these."""
    return [figure for figure in (_given(values, one) for one in asked) if figure is not None]


def _figure_field(asked: measured.FigureAsked) -> forms.Field:
    """'Trees planted, 2025 (trees)'; below it the figure before, and by when it is due."""
    name = asked.indicator.name.shown()[0]
    label = f"{name}, {indicator_words.period_words(asked.period)} ({asked.indicator.unit})"
    told = [_("due by %(day)s") % {"day": when(asked.due)}]
    if asked.before is not None:
        shown = figure_shown(asked.before.value, asked.indicator)
        told.insert(0, f"{indicator_words.period_words(asked.before.when)}: {shown}")
    widget = forms.TextInput({"inputmode": "decimal"})
    return forms.CharField(label=label, required=False, max_length=40, help_text=" · ".join(told), widget=widget)


class SectionedForm(VersionedForm, QuestionsMixin, FiguresMixin):
    """A form in sections; all but the first are folded away."""

    parts: ClassVar[tuple[tuple[Any, Rows], ...]] = ()

    def sections(self) -> list[Section]:
        """The fields that there are, section by section."""
        found = []
        for place, (heading, rows) in enumerate(self.parts):
            shown = [[self[name] for name in row if name in self.fields] for row in rows]
            shown = [row for row in shown if row]
            if place == 0:
                shown += [[self[name]] for name in self.fields if name.startswith("answer_")]
            used = any(field.errors or field.value() for row in shown for field in row if field.name != "phase")
            found.append(Section(heading, shown, place == 0 or bool(used)))
            if place == 0:
                found.append(Section(_("Figures that are missing"), self.figure_rows(), True))
        return [section for section in found if section.rows]

    def draft_values(self, data: QueryDict) -> dict[str, Any]:
        """What a draft holds, as the form's initial values: as it was typed, right or wrong."""
        return {
            name: field.widget.value_from_datadict(data, {}, name)
            for name, field in self.fields.items()
            if not isinstance(field, forms.FileField)
        }


class ReportForm(SectionedForm):
    """Prefilled from last time: status, steps, news; figures; what comes next and blocks; phase and money; evidence."""

    status = forms.ChoiceField(label=_("Status"), choices=words.Status.choices, widget=forms.RadioSelect)
    status_reason = TextFormField(label=_("Why it is suspended or abandoned"), rows=2)
    steps = forms.TypedMultipleChoiceField(
        label=_("Steps done"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    news = TextFormField(label=_("What happened"), rows=4)
    coming = TextFormField(label=_("What comes next"), rows=2)
    blockers = TextFormField(label=_("What blocks it"), rows=2)
    unblocked_by = forms.CharField(label=_("Who could unblock it"), required=False, max_length=200)
    phase = forms.ChoiceField(label=_("Phase"), choices=words.Phase.choices, required=False)
    spent = forms.DecimalField(
        label=_("Spent this year so far (EUR)"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        localize=True,
    )
    link = forms.URLField(label=_("Address of a page"), required=False, max_length=500, assume_scheme="https")
    link_label = forms.CharField(label=_("What it is"), required=False, max_length=300)
    layout: ClassVar = {"status": "choices", "status_reason": "only-closing", "steps": "ticks", "phase": "short"}
    parts: ClassVar = (
        ("", (("status",), ("status_reason",), ("steps",), ("news",))),
        (_("What comes next, what blocks"), (("coming",), ("blockers",), ("unblocked_by",))),
        (_("Phase and money"), (("phase", "spent"),)),
        (
            _("Evidence: files, photos, a link"),
            (*((f"file_{n}", f"label_{n}") for n in range(1, FILES + 1)), ("link", "link_label")),
        ),
    )

    def __init__(
        self,
        *args: Any,
        action: Action,
        questions: Iterable[Any] = (),
        figures: Iterable[measured.FigureAsked] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        steps = [(step.pk, str(step.title)) for step in action.steps.all()]
        if steps:
            self.fields["steps"].choices = steps  # type: ignore[attr-defined]
        else:
            del self.fields["steps"]
        for n in range(1, FILES + 1):
            self.fields[f"file_{n}"] = forms.FileField(
                label=_("File or photo"), required=False, max_length=255, allow_empty_file=True
            )
            self.fields[f"label_{n}"] = forms.CharField(label=_("What it shows"), required=False, max_length=300)
        self.add_questions(questions)
        self.add_figures(figures)

    def evidence(self) -> list[tuple[str, Any, str]]:
        """(field, uploaded file, what it shows) for each file."""
        data = self.cleaned_data
        numbers = range(1, FILES + 1)
        return [(f"file_{n}", data[f"file_{n}"], data[f"label_{n}"]) for n in numbers if data.get(f"file_{n}")]

    @staticmethod
    def initial_of(action: Action, year: int) -> dict[str, Any]:
        """The last report as the beginning of this one."""
        done = [step.pk for step in action.steps.all() if step.done_on]
        line, _several = do.spent_in(action, year)
        spent: Decimal | None = line.amount if line else None
        names = ("version", *do.REPORT_FIELDS)
        return {**{name: getattr(action, name) for name in names}, "steps": done, "spent": spent}


class ObjectiveReportForm(SectionedForm):
    """What there is to say of an objective: the news, and the answers."""

    news = TextFormField(label=_("Where it stands, in words"), rows=5)
    parts: ClassVar = (("", (("news",),)),)

    def __init__(
        self,
        *args: Any,
        questions: Iterable[Any] = (),
        figures: Iterable[measured.FigureAsked] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.add_questions(questions)
        self.add_figures(figures)

    @staticmethod
    def initial_of(objective: Objective) -> dict[str, Any]:
        """The last report as the beginning of this one."""
        return {"version": objective.version, "news": objective.news}


def initial_answers(contribution: Contribution | None) -> Mapping[str, str]:
    """The answers given already, by field."""
    return {f"answer_{key}": value for key, value in (contribution.answers if contribution else {}).items()}


class SendBackForm(WorkForm):
    """What is missing."""

    because = forms.CharField(
        label=_("What is missing or wrong"), max_length=2000, widget=forms.Textarea({"rows": 3}), required=False
    )


class HealthForm(VersionedForm):
    """A judgement of health, with its reason and expiry; nothing chosen takes it back."""

    health = forms.ChoiceField(
        label=_("Health, as judged"), required=False, choices=[("", _("as computed")), *words.Health.choices]
    )
    until = DayField(label=_("Holds until"), required=False)
    reason = TextFormField(label=_("Reason"), rows=2)
    rows: ClassVar[Rows] = (("health", "until"),)
    columns: ClassVar = {
        "health_override": "health",
        "health_override_until": "until",
        "health_override_reason": "reason",
    }

    def values(self) -> dict[str, Any]:
        return {column: self.cleaned_data[name] for column, name in self.columns.items()}

    @classmethod
    def stored(cls, action: Action) -> dict[str, Any]:
        """The columns as they stand."""
        return {column: getattr(action, column) for column in cls.columns}

    @staticmethod
    def initial_of(action: Action) -> dict[str, Any]:
        """The judgement that holds now."""
        return {
            "version": action.version,
            "health": action.health_override,
            "until": action.health_override_until,
            "reason": action.health_override_reason,
        }
