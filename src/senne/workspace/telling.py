"""A record's history in words, entry by entry, as the reader sees it (values and fields: in_words.py)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models

from senne.core.models import AuditEntry
from senne.core.periods import partial
from senne.core.policy import Actor
from senne.core.records import kind_of
from senne.core.templatetags.senne import when
from senne.core.text import LANGUAGE_NAMES, LANGUAGES, TextField, as_text
from senne.workspace.answered import Questions, answers_that_changed, questions_behind
from senne.workspace.in_words import field_of, label_of_field, value_in_words
from senne.workspace.marking import marked
from senne.workspace.names import Names
from senne.workspace.words import KIND_LABELS, VERB_LABELS

# Kinds whose stored label says nothing to a reader; their fields say it.
_SPEECHLESS = {
    "plan.actioncontact",
    "plan.actionrelation",
    "plan.objectivelink",
    "plan.indicatorlink",
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
# What another entry of the same deed tells already, and answers, which are told question by question.
_TOLD_ELSEWHERE = {("plan.contribution", "said"), ("plan.contribution", "answers")}
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


def tell(entries: Iterable[AuditEntry], actor: Actor, of: Any = None) -> list[Told]:
    """The entries in words, in order, in a constant number of queries; told as the history of the record `of`, if any."""
    found = list(entries)
    names = Names(found, actor)
    precisions, questions = _precisions(found), questions_behind(found)
    own = (kind_of(of), of.pk) if of is not None else None
    told = []
    for entry in found:
        lines = _lines(entry, names, precisions.get((entry.kind, entry.record_id)))
        if entry.record_id in questions and entry.kind == "plan.contribution":
            lines += _answer_lines(entry, questions[entry.record_id])
        told.append(_told(entry, lines, own))
    return told


def _told(entry: AuditEntry, lines: list[Line], own: tuple[str, int] | None) -> Told:
    itself = (entry.kind, entry.record_id)
    below = itself not in ((entry.root_kind, entry.root_id), own)
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
        lines,
    )


def _answer_lines(entry: AuditEntry, questions: Questions) -> list[Line]:
    changed = answers_that_changed(questions, *entry.changes.get("answers", (None, None)))
    return [Line("answers", asked, "", "", *marked(was, now)) for asked, was, now in changed]


def _lines(entry: AuditEntry, names: Names, record: Any) -> list[Line]:
    model = _model(entry.kind)
    lines: list[Line] = []
    for name, (before, after) in entry.changes.items():
        if _goes_without_saying(entry, model, name):
            continue
        if name in _PERIODS.values() and any(entry.changes.get(day) for day, p in _PERIODS.items() if p == name):
            continue
        if isinstance(field_of(model, name), TextField):
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
    related = getattr(field_of(model, name), "related_model", None)
    to_root = related is not None and related._meta.label_lower == entry.root_kind and entry.kind != entry.root_kind
    same = any(isinstance(value, dict) and value.get("id") == entry.root_id for value in entry.changes[name])
    return (to_root and same) or name in _DULL_WHEN_NEW or False in entry.changes[name]


def _model(kind: str) -> type[models.Model] | None:
    try:
        return apps.get_model(kind)
    except LookupError:
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
