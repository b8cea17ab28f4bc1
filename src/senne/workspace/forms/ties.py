"""What an action or objective is tied to; every choice is among what a search found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from senne.plan.api import words
from senne.workspace.forms.base import WorkForm, coded


def _choices(records: Iterable[Any]) -> list[tuple[int, str]]:
    return [(record.pk, _called(record)) for record in records]


def _called(record: Any) -> str:
    plan = getattr(record, "plan", None)
    return f"{plan.code} · {coded(record)}" if plan else coded(record)


class _Choose(WorkForm):
    """One of the records found."""

    other = forms.TypedChoiceField(
        label=_("Which one"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of those found."), "invalid_choice": _("Choose one of those found.")},
    )

    def __init__(self, *args: Any, found: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {record.pk: record for record in found}
        self.fields["other"].choices = _choices(self.found.values())  # type: ignore[attr-defined]
        if len(self.found) == 1:
            self.fields["other"].initial = next(iter(self.found))

    def chosen(self) -> Any:
        """The record that was chosen."""
        return self.found[self.cleaned_data["other"]]


class RelateForm(_Choose):
    """How this action stands to another."""

    kind = forms.ChoiceField(label=_("This action…"), choices=words.RelationKind.choices)
    field_order = ("kind", "other")


class ServeForm(_Choose):
    """One more objective that the action serves."""


class MeasureForm(_Choose):
    """One more indicator that measures an action or objective."""


class TieForm(_Choose):
    """How this objective stands to another."""

    kind = forms.ChoiceField(label=_("This objective…"), choices=words.ObjectiveLinkKind.choices)
    field_order = ("kind", "other")


FATES = [
    ("merge", _("is merged into the other: the other goes on for both")),
    ("supersede", _("is replaced by the other")),
]


class FateForm(_Choose):
    """What becomes of this action, and why."""

    fate = forms.ChoiceField(label=_("This action…"), choices=FATES, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why"), max_length=500)
    field_order = ("other", "fate", "reason")
