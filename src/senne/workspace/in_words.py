"""A field and its value in words: choices, dates, numbers, texts by language and records by name, as the reader says them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from senne.core.models import RoleAssignment, User
from senne.core.policy import Role
from senne.core.text import LANGUAGE_NAMES, LANGUAGES, TextField, as_text
from senne.plan.api import Action, AmendmentChange, Axis, ImportRun, Objective, Round, Theme, import_words
from senne.workspace.names import Names
from senne.workspace.words import AMENDED_LABELS, FIELD_LABELS, KIND_LABELS, METHOD_LABELS, ROLE_LABELS

_AMENDED = (Action, Objective, Axis, Theme)


def field_of(model: type[models.Model] | None, name: str) -> Any:
    """The model's field, or None."""
    try:
        return model._meta.get_field(name) if model is not None else None
    except FieldDoesNotExist:
        return None


def label_of_field(model: type[models.Model] | None, name: str) -> str:
    """The field's name in the reader's language."""
    verbose = getattr(field_of(model, name), "verbose_name", None)
    label = str(verbose if isinstance(verbose, Promise) else FIELD_LABELS.get(name, name))
    return label[:1].upper() + label[1:]


def value_in_words(model: type[models.Model] | None, name: str, value: Any, names: Names | None = None) -> str:
    """A value of the audit trail as a reader says it; empty for nothing."""
    if value is None or value == "" or value == [] or value == {}:
        return ""
    found = field_of(model, name)
    if isinstance(found, TextField):
        return "\n".join(f"{LANGUAGE_NAMES.get(code, code)}: {text}" for code, text in as_text(value).items())
    if isinstance(value, bool):
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    if model is RoleAssignment and name == "role":
        return str(ROLE_LABELS[Role(value)])
    if model is User and name in {"method", "type"}:
        return ", ".join(str(METHOD_LABELS.get(word, word)) for word in str(value).split(", "))
    if found is not None and found.choices:
        return str(dict(found.flatchoices).get(value, value))
    if isinstance(value, list):
        return "; ".join(_reference(found, item, names) for item in value)
    if model is ImportRun and name == "report":
        return _imported(value)
    if model is Round and name == "questions":
        return _asked(value)
    if model is AmendmentChange and name == "record_kind":
        return str(KIND_LABELS.get(f"plan.{value}", value))
    if model is AmendmentChange and name == "values":
        return _amended(value)
    if isinstance(value, dict):
        return _reference(found, value, names)
    return _plain(found, value)


def _amended(changed: Mapping[str, Any]) -> str:
    """What an amendment makes of a record, field by field, whichever kind of record has them."""
    lines = []
    for name, item in changed.items():
        model = next((m for m in _AMENDED if field_of(m, name) is not None), None)
        label = str(AMENDED_LABELS[name]).capitalize() if name in AMENDED_LABELS else label_of_field(model, name)
        is_text = isinstance(item, dict) and set(item) <= {*LANGUAGES}
        related = getattr(field_of(model, name), "related_model", None)
        plain = str(item) if related or model is None else value_in_words(model, name, item)
        lines.append(f"{label}: {as_text(item).shown()[0] if is_text else plain}")
    return "\n".join(lines)


def _asked(questions: Mapping[str, Any]) -> str:
    """The questions of a round, a line each, under what they are asked of."""
    lines = []
    for kind, asked in questions.items():
        label = str(KIND_LABELS.get(f"plan.{kind}", kind))
        lines += [f"{label}: {as_text(question['label']).shown()[0]}" for question in asked]
    return "\n".join(lines)


def _imported(report: Mapping[str, Any]) -> str:
    """What an import wrote, or why it could not be read."""
    if "code" in report:
        return import_words.failure_text(ImportRun(report=report))
    rows = import_words.written_rows(report)
    line = _("%(kind)s: %(new)s new, %(changed)s changed, %(moved)s moved")
    return "\n".join(
        line % {"kind": kind, "new": new, "changed": changed, "moved": moved} for kind, new, changed, moved in rows
    )


def _reference(found: Any, value: Any, names: Names | None) -> str:
    if isinstance(value, dict) and set(value) == {"id", "label"}:
        related = getattr(found, "related_model", None)
        return names.of(related, value) if names and related else str(as_text(value["label"]))
    if isinstance(value, dict) and "coordinates" in value:
        return _place(value)
    if isinstance(value, dict):
        return "\n".join(_pair(key, item) for key, item in value.items())
    return str(value)


def _pair(key: str, item: Any) -> str:
    """One thing of what is kept as JSON: under the name of a field where it has one; a text in the reader's language."""
    if isinstance(item, dict) and set(item) <= {*LANGUAGES}:
        item = as_text(item)
    return f"{FIELD_LABELS.get(key, key)}: {item}"


def _place(geometry: Mapping[str, Any]) -> str:
    kinds = {"Point": _("point"), "LineString": _("line"), "Polygon": _("area")}
    first: Any = geometry["coordinates"]
    while isinstance(first, list) and first and isinstance(first[0], list):
        first = first[0]
    return f"{kinds.get(geometry.get('type', ''), _('shape'))} {first[1]}, {first[0]}"


def _plain(found: Any, value: Any) -> str:
    if isinstance(found, models.DateTimeField):
        moment = datetime.fromisoformat(value)
        return date_format(timezone.localtime(moment) if timezone.is_aware(moment) else moment, "DATETIME_FORMAT")
    if isinstance(found, models.DateField):
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    if isinstance(found, models.DecimalField):
        return number_format(value, use_l10n=True, force_grouping=True)
    return str(value)
