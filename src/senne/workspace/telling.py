"""A record's history in words: fields, choices, dates, texts by language and records by name, as the reader sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from senne.core.models import AuditEntry, RoleAssignment
from senne.core.periods import partial
from senne.core.policy import Actor, Role
from senne.core.templatetags.senne import when
from senne.core.text import LANGUAGE_NAMES, LANGUAGES, TextField, as_text
from senne.workspace.marking import marked
from senne.workspace.names import Names
from senne.workspace.words import FIELD_LABELS, KIND_LABELS, ROLE_LABELS, VERB_LABELS

# Kinds whose stored label says nothing to a reader; their fields say it.
_SPEECHLESS = {
    "plan.actioncontact",
    "plan.actionrelation",
    "plan.objectivelink",
    "plan.budgetline",
    "core.roleassignment",
    "core.feedback",
    "plan.contribution",
    "plan.amendmentchange",
    "core.publicanswer",
    "talk.comment",
    "talk.request",
}
_DULL_WHEN_NEW = {"order", "weight", "subject_kind", "subject_id", "content_hash", "code_version"}
# What another entry of the same deed tells already.
_TOLD_ELSEWHERE = {("plan.contribution", "said")}
_PERIODS = {"start_on": "start_precision", "end_on": "end_precision", "due_on": "due_precision"}


@dataclass(frozen=True)
class Line:
    """One field of one change: what it was and what it became (HTML with the words that changed marked)."""

    field: str
    name: str
    language: str
    language_name: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One entry of the history, ready to be read."""

    at: datetime
    actor_name: str
    verb: str
    kind: str
    label: str
    reason: str
    is_new: bool
    is_folded: bool
    lines: list[Line] = field(default_factory=list)


def tell(entries: Iterable[AuditEntry], actor: Actor) -> list[Told]:
    """The entries in words, in order, in a constant number of queries."""
    found = list(entries)
    names = Names(found, actor)
    precisions = _precisions(found)
    return [_told(entry, names, precisions) for entry in found]


def _told(entry: AuditEntry, names: Names, precisions: Mapping[tuple[str, int], Any]) -> Told:
    below = (entry.root_kind, entry.root_id) != (entry.kind, entry.record_id)
    verb = "add" if below and entry.verb == "create" else entry.verb
    return Told(
        entry.at,
        entry.actor_name,
        str(VERB_LABELS.get(verb, verb)),
        str(KIND_LABELS.get(entry.kind, entry.kind)) if below else "",
        str(entry.label) if below and entry.kind not in _SPEECHLESS else "",
        entry.reason,
        entry.verb == "create",
        entry.verb == "create" and not below,
        _lines(entry, names, precisions.get((entry.kind, entry.record_id))),
    )


def _lines(entry: AuditEntry, names: Names, record: Any) -> list[Line]:
    model = _model(entry.kind)
    lines: list[Line] = []
    for name, (before, after) in entry.changes.items():
        if _goes_without_saying(entry, model, name):
            continue
        if name in _PERIODS.values() and any(entry.changes.get(day) for day, p in _PERIODS.items() if p == name):
            continue
        if isinstance(_field(model, name), TextField):
            lines += _text_lines(model, name, before, after)
            continue
        if name in _PERIODS:
            told = [_period(entry, name, side, value, record) for side, value in enumerate((before, after))]
        else:
            told = [value_in_words(model, name, value, names) for value in (before, after)]
        if told[0] != told[1]:
            lines.append(Line(name, label_of_field(model, name), "", "", *marked(*told)))
    return lines


def _goes_without_saying(entry: AuditEntry, model: type[models.Model] | None, name: str) -> bool:
    """What a new or removed record repeats of its root, or has because everything has it."""
    if (entry.kind, name) in _TOLD_ELSEWHERE:
        return True
    if entry.verb not in {"create", "delete"}:
        return False
    related = getattr(_field(model, name), "related_model", None)
    to_root = related is not None and related._meta.label_lower == entry.root_kind and entry.kind != entry.root_kind
    same = any(isinstance(value, dict) and value.get("id") == entry.root_id for value in entry.changes[name])
    return (to_root and same) or name in _DULL_WHEN_NEW or False in entry.changes[name]


def _model(kind: str) -> type[models.Model] | None:
    try:
        return apps.get_model(kind)
    except LookupError:
        return None


def _field(model: type[models.Model] | None, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model is not None else None
    except FieldDoesNotExist:
        return None


def _text_lines(model: type[models.Model] | None, name: str, before: Any, after: Any) -> list[Line]:
    was, now = as_text(before), as_text(after)
    label = label_of_field(model, name)
    return [
        Line(name, label, code, LANGUAGE_NAMES[code], *marked(was.get(code, ""), now.get(code, "")))
        for code in LANGUAGES
        if was.get(code, "") != now.get(code, "")
    ]


def _precisions(entries: list[AuditEntry]) -> dict[tuple[str, int], Any]:
    """The records whose dates have a precision, to say dates no more exactly than they are known."""
    found: dict[tuple[str, int], Any] = {}
    for kind in ("plan.action", "plan.step"):
        ids = {e.record_id for e in entries if e.kind == kind and set(e.changes) & set(_PERIODS)}
        if ids:
            records = apps.get_model(kind)._default_manager.filter(pk__in=ids)
            found |= {(kind, record.pk): record for record in records}
    return found


def _period(entry: AuditEntry, name: str, side: int, value: str | None, record: Any) -> str:
    pair = entry.changes.get(_PERIODS[name])
    precision = pair[side] if pair else getattr(record, _PERIODS[name], "day")
    return when(partial(date.fromisoformat(value), precision or "day")) if value else ""


def label_of_field(model: type[models.Model] | None, name: str) -> str:
    """The field's name in the reader's language."""
    verbose = getattr(_field(model, name), "verbose_name", None)
    label = str(verbose if isinstance(verbose, Promise) else FIELD_LABELS.get(name, name))
    return label[:1].upper() + label[1:]


def value_in_words(model: type[models.Model] | None, name: str, value: Any, names: Names | None = None) -> str:
    """A value of the audit trail as a reader says it; empty for nothing."""
    if value is None or value == "" or value == [] or value == {}:
        return ""
    found = _field(model, name)
    if isinstance(found, TextField):
        return "\n".join(f"{LANGUAGE_NAMES.get(code, code)}: {text}" for code, text in as_text(value).items())
    if isinstance(value, bool):
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    if model is RoleAssignment and name == "role":
        return str(ROLE_LABELS[Role(value)])
    if found is not None and found.choices:
        return str(dict(found.flatchoices).get(value, value))
    if isinstance(value, list):
        return "; ".join(_reference(found, item, names) for item in value)
    if isinstance(value, dict):
        return _reference(found, value, names)
    return _plain(found, value)


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
