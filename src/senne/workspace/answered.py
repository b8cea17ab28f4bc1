"""The answers to a round's questions in words: under the question as it was asked, a choice by its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import pgettext

from senne.core.models import AuditEntry
from senne.core.text import as_text
from senne.plan.api import Contribution, do

Questions = Mapping[str, Any]


def answer_in_words(question: Any, value: str) -> str:
    """What was answered, as the reader says it; empty for nothing."""
    if question.kind == "yes_no" and value:
        return pgettext("answer", "yes") if value == "yes" else pgettext("answer", "no")
    if question.kind == "choice" and value.isdecimal() and int(value) < len(question.choices):
        return str(as_text(question.choices[int(value)]))
    return f"{value} {question.unit}".strip() if value else ""


def questions_behind(entries: Iterable[AuditEntry]) -> dict[int, Questions]:
    """{contribution: {key: question}} for the entries that changed answers; one query, none where nothing was answered."""
    keys = {e.record_id for e in entries if e.kind == "plan.contribution" and "answers" in e.changes}
    if not keys:
        return {}
    found = Contribution.objects.filter(pk__in=keys).select_related("round")
    return {one.pk: {question.key: question for question in do.questions_of(one)} for one in found}


def answers_that_changed(questions: Questions, before: Any, after: Any) -> list[tuple[str, str, str]]:
    """(question, answer before, answer after) for each answer that differs; those of questions that are gone by key."""
    was, now = before or {}, after or {}
    return [
        (_asked(questions, key), _answered(questions, key, was), _answered(questions, key, now))
        for key in dict.fromkeys((*was, *now))
        if was.get(key, "") != now.get(key, "")
    ]


def _asked(questions: Questions, key: str) -> str:
    return str(as_text(questions[key].label)) if key in questions else key


def _answered(questions: Questions, key: str, given: Mapping[str, str]) -> str:
    value = str(given.get(key, ""))
    return answer_in_words(questions[key], value) if key in questions else value
