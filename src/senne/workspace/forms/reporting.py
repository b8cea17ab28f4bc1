"""Where an action stands, in two minutes; a judgement of its health."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from senne.plan.api import Action, words
from senne.workspace.fields import DayField, TextFormField
from senne.workspace.forms.base import Rows, VersionedForm


class ReportForm(VersionedForm):
    """Prefilled from last time: status, phase, steps, news."""

    status = forms.ChoiceField(label=_("Status"), choices=words.Status.choices, widget=forms.RadioSelect)
    status_reason = TextFormField(label=_("Why it is suspended or abandoned"), rows=2)
    steps = forms.TypedMultipleChoiceField(
        label=_("Steps done"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    news = TextFormField(label=_("What happened, what comes next"), rows=5)
    phase = forms.ChoiceField(label=_("Phase"), choices=words.Phase.choices)
    layout: ClassVar = {"status": "choices", "status_reason": "only-closing", "steps": "ticks", "phase": "short"}

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [(step.pk, str(step.title)) for step in action.steps.all()]
        if steps:
            self.fields["steps"].choices = steps  # type: ignore[attr-defined]
        else:
            del self.fields["steps"]

    @staticmethod
    def initial_of(action: Action) -> dict[str, Any]:
        """The last report as the beginning of this one."""
        names = ("version", "status", "status_reason", "phase", "news")
        done = [step.pk for step in action.steps.all() if step.done_on]
        return {**{name: getattr(action, name) for name in names}, "steps": done}


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
