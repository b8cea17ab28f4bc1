"""An amendment, and each kind of change to each kind of record: a form made of the fields that this change may touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from senne.core.models import Organisation
from senne.core.periods import PartialDate
from senne.core.text import Text
from senne.plan.api import Action, Plan, words
from senne.workspace.fields import DayField, PartialDateField, TextFormField, figure_field, year_field
from senne.workspace.forms.base import Rows, WorkForm, coded

Kind = words.ChangeKind
RECORDS = (("action", _("Action")), ("objective", _("Objective")), ("axis", _("Axis")), ("theme", _("Theme")))
TEXTS = ("name", "description")
# Which fields a kind of change asks for, by kind of record.
ASKED: dict[tuple[str, str], tuple[str, ...]] = {
    ("new", "theme"): TEXTS,
    ("new", "axis"): ("theme", *TEXTS),
    ("new", "objective"): ("axis", "statement", "description", "lead", "horizon"),
    ("new", "action"): ("objectives", "title", "description", "expected_effect", "lead", "start", "end"),
    ("reword", "theme"): TEXTS,
    ("reword", "axis"): TEXTS,
    ("reword", "objective"): ("statement", "description"),
    ("reword", "action"): ("title", "description", "expected_effect"),
    ("change", "objective"): ("lead", "horizon", "weight", "visibility"),
    ("change", "action"): ("lead", "start", "end", "continuous", "visibility"),
    ("retarget", "objective"): (
        "target_quantity",
        "target_value",
        "target_unit",
        "target_year",
        "baseline_value",
        "baseline_year",
        "horizon",
    ),
    ("move", "axis"): ("theme",),
    ("move", "objective"): ("axis",),
    ("move", "action"): ("objectives",),
    ("merge", "action"): ("into",),
    ("replace", "action"): ("by",),
    ("abandon", "action"): ("reason",),
}


class AmendmentForm(WorkForm):
    """Why the plan changes, and by which decision."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    plan = forms.ModelChoiceField(Plan.objects.none(), label=_("Plan"), empty_label=None)
    name = TextFormField(label=_("Name"), required=True)
    reason = TextFormField(label=_("Reason"), rows=3, required=True)
    decision = forms.CharField(
        label=_("Reference of the decision"),
        required=False,
        max_length=200,
        help_text=_("Needed before it is adopted, such as “Council, 15 March 2027, item 12”."),
    )
    decided_on = DayField(label=_("Decided on"), required=False)
    rows: ClassVar[Rows] = (("decision", "decided_on"),)

    def __init__(self, *args: Any, plans: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if plans is None:
            del self.fields["plan"]
        else:
            self.narrow("plan", plans)


class ReviewForm(WorkForm):
    """What the second person says."""

    note = forms.CharField(label=_("Your note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))


class WhatForm(WorkForm):
    """What is to change: the kind of change, then the record."""

    kind = forms.ChoiceField(label=_("What happens"), choices=Kind.choices)
    record = forms.ChoiceField(label=_("To which record"))
    rows: ClassVar[Rows] = (("kind", "record"),)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: list[Any] = [(_("New"), [(f"{kind}:", _new_label(kind)) for kind, _label in RECORDS])]
        groups += [
            (label, [(f"{kind}:{record.code}", coded(record)) for record in records_of(plan, kind)])
            for kind, label in RECORDS
        ]
        self.fields["record"].choices = groups  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        kind, _colon, code = data.get("record", "").partition(":")
        change = data.get("kind")
        if change and kind and (change == Kind.NEW) != (not code):
            self.add_error("record", _("For something new choose one of the first group, else a record of the plan."))
        elif change and kind and (change, kind) not in ASKED:
            self.add_error("kind", _("This cannot happen to such a record."))
        return data


def _new_label(kind: str) -> Any:
    return {
        "action": _("a new action"),
        "objective": _("a new objective"),
        "axis": _("a new axis"),
        "theme": _("a new theme"),
    }[kind]


def records_of(plan: Plan, kind: str) -> QuerySet[Any]:
    """The plan's records of a kind, those that go on."""
    managers: dict[str, Any] = {
        "action": plan.actions,
        "objective": plan.objectives,
        "axis": plan.axes,
        "theme": plan.themes,
    }
    found = managers[kind].all()
    return found.filter(merged_into=None, superseded_by=None) if kind == "action" else found


class ChangeForm(WorkForm):
    """The fields of one change, as the record stands now; only what differs becomes part of the amendment."""

    def __init__(self, *args: Any, plan: Plan, kind: str, record_kind: str, record: Any, **kwargs: Any) -> None:
        self.asked = ASKED[kind, record_kind]
        self.record, self.kind = record, kind
        initial = {**self._stored(record), **(kwargs.pop("initial", None) or {})} if record is not None else {}
        super().__init__(*args, initial=initial, **kwargs)
        if kind == Kind.NEW:
            self.fields["code"] = forms.CharField(label=_("Code"), max_length=60)
        for name in self.asked:
            self.fields[name] = _field(name, plan, record)
        self.fields["note"] = forms.CharField(
            label=_("Note for the reviewer"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
        )

    def _stored(self, record: Any) -> dict[str, Any]:
        return {name: _as_stored(record, name) for name in self.asked}

    def change(self) -> dict[str, Any]:
        """The fields that differ from the record, as JSON values."""
        found = {name: _as_json(self.cleaned_data[name]) for name in self.asked}
        if self.record is None:
            return {name: value for name, value in found.items() if value not in (None, "", {}, [])}
        before = self._stored(self.record)
        return {name: value for name, value in found.items() if value != _as_json(before[name])}


def _as_stored(record: Any, name: str) -> Any:
    if name in {"into", "by", "reason"}:
        return None
    value = getattr(record, name)
    if name == "objectives":
        return [objective.code for objective in value.all()]
    return getattr(value, "code", value)


def _as_json(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.isoformat()
    if isinstance(value, Text):
        return dict(value)
    if isinstance(value, bool | int | list) or value is None:
        return value
    return str(value) if value != "" else None


def _coded_choices(records: Iterable[Any], empty: bool) -> list[tuple[str, str]]:
    found = [(record.code, coded(record)) for record in records]
    return [("", "–"), *found] if empty else found


def _field(name: str, plan: Plan, record: Any) -> forms.Field:
    makers: dict[str, Callable[[], forms.Field]] = {
        "name": lambda: TextFormField(label=_("Name"), required=True),
        "statement": lambda: TextFormField(label=_("Statement"), rows=2, required=True),
        "title": lambda: TextFormField(label=_("Title"), required=True),
        "description": lambda: TextFormField(label=_("Description"), rows=5),
        "expected_effect": lambda: TextFormField(label=_("Expected effect"), rows=3),
        "reason": lambda: TextFormField(label=_("Why it is abandoned"), rows=3, required=True),
        "start": lambda: PartialDateField(label=_("Start")),
        "end": lambda: PartialDateField(label=_("End")),
        "continuous": lambda: forms.BooleanField(label=_("Continuous action"), required=False),
        "visibility": lambda: forms.ChoiceField(label=_("Visibility"), choices=words.Visibility.choices),
        "horizon": lambda: year_field(_("Horizon (year)")),
        "weight": lambda: forms.IntegerField(label=_("Weight"), min_value=0, max_value=1000),
        "target_quantity": lambda: TextFormField(label=_("What the target measures")),
        "target_unit": lambda: forms.CharField(label=_("Unit"), required=False, max_length=40),
        "target_value": lambda: figure_field(_("Target")),
        "target_year": lambda: year_field(_("Target year")),
        "baseline_value": lambda: figure_field(_("Baseline")),
        "baseline_year": lambda: year_field(_("Baseline year")),
        "lead": lambda: _choice(_("Lead"), Organisation.objects.filter(dissolved_on=None).order_by("path"), empty=True),
        "theme": lambda: _choice(_("Theme"), plan.themes.all()),
        "axis": lambda: _choice(_("Axis"), plan.axes.all()),
        "objectives": lambda: forms.MultipleChoiceField(
            label=_("Objectives served"),
            choices=_coded_choices(plan.objectives.all(), empty=False),
            widget=forms.SelectMultiple({"size": 8}),
        ),
        "into": lambda: _choice(_("Into which action"), _others(plan, record)),
        "by": lambda: _choice(_("By which action"), _others(plan, record)),
    }
    return makers[name]()


def _others(plan: Plan, record: Any) -> Iterable[Action]:
    return [action for action in records_of(plan, "action") if action.pk != record.pk]


def _choice(label: Any, records: Iterable[Any], empty: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=_coded_choices(records, empty), required=not empty)
