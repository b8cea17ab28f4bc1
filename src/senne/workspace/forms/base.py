"""What the workspace's forms share: the version that was read, choices under a heading, organisations as a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, ClassVar

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import pgettext_lazy

from senne.core.models import Organisation
from senne.core.periods import PartialDate

_DASHES = "---------"
Rows = tuple[tuple[str, ...], ...]


class WorkForm(forms.Form):
    """A form whose faults are told by us, in the reader's language, and not by the browser in its own.

    `rows` names fields that stand side by side, `layout` gives fields a CSS class.
    """

    use_required_attribute = False
    rows: ClassVar[Rows] = ()
    layout: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _say_what_nothing_means(field)

    def values(self) -> dict[str, Any]:
        """The cleaned data as fields of a record."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def laid_out(self) -> list[list[forms.BoundField]]:
        """The visible fields, row by row."""
        first = {row[0]: row for row in self.rows}
        beside = {name for row in self.rows for name in row[1:]}
        fields = [field for field in self.visible_fields() if field.name not in beside]
        return [[self[n] for n in first.get(f.name, (f.name,)) if n in self.fields] for f in fields]

    def narrow(self, name: str, queryset: Any) -> None:
        """The records among which a field chooses."""
        self.fields[name].queryset = queryset  # type: ignore[attr-defined]


def _say_what_nothing_means(field: forms.Field) -> None:
    """Words for the empty choice among records, where the form has none of its own."""
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == _DASHES:
        nobody = pgettext_lazy("person", "nobody")
        nothing = nobody if isinstance(field, PersonChoiceField) else pgettext_lazy("choice", "not set")
        field.empty_label = pgettext_lazy("choice", "choose…") if field.required else nothing


class VersionedForm(WorkForm):
    """Edits a record that others may be editing too."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(WorkForm):
    """Why something is done that cannot be undone at a click."""

    reason = forms.CharField(max_length=500)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


def period(values: dict[str, Any], name: str) -> dict[str, Any]:
    """The values with the partial date `name` as the two columns that hold it."""
    kept = dict(values)
    found: PartialDate | None = kept.pop(name)
    kept[f"{name}_on"] = found.day if found else None
    kept[f"{name}_precision"] = found.precision.value if found else "day"
    return kept


def initial_from(record: Any, form: type[WorkForm]) -> dict[str, Any]:
    """The record's values for the form's fields: references and lists of records by key."""
    initial: dict[str, Any] = {}
    for name in form.base_fields:
        value: Any = getattr(record, name, None)
        if hasattr(value, "all"):
            initial[name] = [item.pk for item in value.all()]
        else:
            initial[name] = getattr(value, "pk", value)
    return initial


class _GroupedIterator(ModelChoiceIterator):
    field: GroupedChoiceField

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for heading, records in groupby(self.queryset, self.field.group):
            yield heading, [self.choice(record) for record in records]


class GroupedChoiceField(forms.ModelChoiceField):
    """One record, offered under headings; the queryset must be in the order of the headings."""

    iterator = _GroupedIterator

    def __init__(self, *args: Any, group: Callable[[Any], str], **kwargs: Any) -> None:
        self.group = group
        super().__init__(*args, **kwargs)


def coded(record: Any) -> str:
    """'AD2.1 · Give water room', at most 100 characters: long statements make lists unreadable."""
    text = f"{record.code} · {record}"
    return text if len(text) <= 100 else f"{text[:99]}…"


class CodedChoiceField(GroupedChoiceField):
    """One plan part under the heading of its plan (or of what is above it)."""

    def label_from_instance(self, obj: Any) -> str:
        return coded(obj)


class PersonChoiceField(GroupedChoiceField):
    """One person, under the organisation; give the queryset in the order of the organisations."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, group=lambda person: str(person.organisation), **kwargs)


class OrganisationChoiceField(forms.ModelChoiceField):
    """One organisation of the tree; what is deeper is set in."""

    def label_from_instance(self, obj: Organisation) -> str:
        return "\u2003" * max(0, obj.depth - 1) + str(obj)


class OrganisationsField(forms.ModelMultipleChoiceField):
    """Several organisations of the tree."""

    widget = forms.CheckboxSelectMultiple
