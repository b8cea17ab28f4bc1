"""Where a record is worked on, and where its history is."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from senne.core import policy
from senne.core.models import Feedback, Organisation, Person
from senne.core.policy import Actor
from senne.indicators.api import Indicator
from senne.plan.api import Action, Amendment, Axis, Contribution, ImportRun, Objective, Plan, Round, Theme

_BY_CODE = {Theme: "theme", Axis: "axis", Objective: "objective", Action: "action"}
_BY_KEY = {
    Organisation: "organisation",
    Person: "person",
    Feedback: "feedback_one",
    ImportRun: "import",
    Round: "round",
    Amendment: "amendment",
}
HISTORY_KINDS: dict[type[Any], str] = {
    Plan: "plan",
    Theme: "theme",
    Axis: "axis",
    Objective: "objective",
    Action: "action",
    Organisation: "organisation",
    Person: "person",
    Feedback: "feedback",
    ImportRun: "import",
    Round: "round",
    Contribution: "contribution",
    Amendment: "amendment",
    Indicator: "indicator",
}

# Who works on what has a public page too: the others read it there.
_WORKED_ON_BY: dict[type[Any], str] = {
    Plan: "shape",
    Theme: "shape",
    Axis: "shape",
    Objective: "edit",
    Action: "edit",
    Organisation: "manage_organisations",
    Indicator: "report",
}


def own_work_address(record: Any, actor: Actor) -> str:
    """The path of the record's page in the workspace; '' where the reader only reads it on its public page."""
    verb = _WORKED_ON_BY.get(type(record))
    return work_address(record) if verb is None or policy.allowed(actor, record.subject(), (verb,)) else ""


def work_address(record: Any) -> str:
    """The path of the record's page in the workspace."""
    kind = type(record)
    if kind is Plan:
        return reverse("workspace:plan", args=[record.code])
    if kind is Indicator:
        return reverse("workspace:indicator", args=[record.code])
    if isinstance(record, Contribution):
        return reverse("workspace:contribution", args=[record.round_id, record.pk])
    if kind in _BY_KEY:
        return reverse(f"workspace:{_BY_KEY[kind]}", args=[record.pk])
    return reverse(f"workspace:{_BY_CODE[kind]}", args=[record.plan.code, record.code])


def history_address(record: Any) -> str:
    """The path of the record's history."""
    return reverse("workspace:record_history", args=[HISTORY_KINDS[type(record)], record.pk])
