"""The questions of a reporting round, and answers checked against them. Pure.

A question is {"key", "label": {language: text}, "kind": 'text' | 'number' | 'yes_no' | 'choice', "choices": [{language:
text}…], "required": bool, "unit": str}. Answers are {key: value}: a text, a decimal string, 'yes' / 'no', or the number of
a choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from senne.core.numbers import decimal_of, plain

KINDS = ("text", "number", "yes_no", "choice")
LONGEST = 5000
_KEY = re.compile(r"^[a-z][a-z0-9_]{0,39}$")


class WrongQuestion(ValueError):
    """A question that cannot be asked; `place` is its number from 1, `what` says what is wrong ('key', 'label', …)."""

    def __init__(self, place: int, what: str) -> None:
        super().__init__(f"question {place}: {what}")
        self.place = place
        self.what = what


@dataclass(frozen=True)
class Question:
    """One question."""

    key: str
    label: dict[str, str]
    kind: str = "text"
    choices: tuple[dict[str, str], ...] = ()
    required: bool = False
    unit: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "label": self.label,
            "kind": self.kind,
            "choices": list(self.choices),
            "required": self.required,
            "unit": self.unit,
        }


def read_questions(given: Iterable[Mapping[str, Any]]) -> list[Question]:
    """Questions from JSON. Raises WrongQuestion."""
    found: list[Question] = []
    for place, item in enumerate(given, 1):
        question = Question(
            str(item.get("key", "")),
            dict(item.get("label") or {}),
            str(item.get("kind", "text")),
            tuple(dict(choice) for choice in item.get("choices") or ()),
            bool(item.get("required")),
            str(item.get("unit", "")),
        )
        if not _KEY.match(question.key) or any(other.key == question.key for other in found):
            raise WrongQuestion(place, "key")
        if not question.label:
            raise WrongQuestion(place, "label")
        if question.kind not in KINDS:
            raise WrongQuestion(place, "kind")
        if question.kind == "choice" and len(question.choices) < 2:
            raise WrongQuestion(place, "choices")
        found.append(question)
    return found


@dataclass(frozen=True)
class Answers:
    """Answers that fit, and for each that does not: its key and why ('missing', 'number', 'choice', 'long')."""

    kept: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def check(questions: Iterable[Question], given: Mapping[str, str], complete: bool = True) -> Answers:
    """The answers checked one by one; a wrong one never takes good ones with it. Without `complete`, gaps are fine."""
    answers = Answers()
    for question in questions:
        value = (given.get(question.key) or "").strip()
        if not value:
            if question.required and complete:
                answers.faults[question.key] = "missing"
            continue
        fault = _fault(question, value)
        if fault:
            answers.faults[question.key] = fault
        else:
            answers.kept[question.key] = _normal(question, value)
    return answers


def _fault(question: Question, value: str) -> str:
    if len(value) > LONGEST:
        return "long"
    if question.kind == "number":
        return "" if decimal_of(value) is not None else "number"
    if question.kind == "yes_no":
        return "" if value in {"yes", "no"} else "choice"
    if question.kind == "choice":
        fits = value.isascii() and value.isdigit() and int(value) < len(question.choices)
        return "" if fits else "choice"
    return ""


def _normal(question: Question, value: str) -> str:
    number = decimal_of(value) if question.kind == "number" else None
    return plain(number) if number is not None else value
