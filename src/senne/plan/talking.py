"""Which records of the plan room people talk about, and where what they ask of each other is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from senne.core.paths import path_without_language
from senne.core.talk import asking, subjects
from senne.core.text import Text
from senne.plan.models import Action, Amendment, Contribution, Objective


def _coded(code: str, text: Text) -> Text:
    return Text({language: f"{code} · {written}" for language, written in text.items()})


def _actions(ids: Iterable[int]) -> Mapping[int, Action]:
    found = Action.objects.filter(pk__in=ids).select_related("plan__organisation", "lead")
    return {action.pk: action for action in found.prefetch_related("partners", "contacts")}


def _objectives(ids: Iterable[int]) -> Mapping[int, Objective]:
    found = Objective.objects.filter(pk__in=ids).select_related("plan__organisation", "lead")
    return {objective.pk: objective for objective in found}


def _contributions(ids: Iterable[int]) -> Mapping[int, Contribution]:
    found = Contribution.objects.filter(pk__in=ids).select_related(
        "round", "action__plan__organisation", "action__lead", "objective__plan__organisation", "objective__lead"
    )
    return {c.pk: c for c in found.prefetch_related("action__partners", "action__contacts")}


def _amendments(ids: Iterable[int]) -> Mapping[int, Amendment]:
    return {a.pk: a for a in Amendment.objects.filter(pk__in=ids).select_related("plan__organisation")}


def _of_contribution(contribution: Contribution) -> Text:
    record = contribution.record
    text = _coded(record.code, record.title if isinstance(record, Action) else record.statement)
    return Text({code: f"{contribution.round.name.shown(code)[0]}: {written}" for code, written in text.items()})


def _action_page(page: str) -> subjects.Reach:
    return lambda action: path_without_language(f"workspace:{page}", action.plan.code, action.code)


def _own_page(name: str) -> subjects.Reach:
    return lambda record: path_without_language("workspace:talk", name, record.pk)


def _contribution_page(contribution: Any) -> str:
    return path_without_language("workspace:contribution", contribution.round_id, contribution.pk)


def register() -> None:
    """Called once when the room starts."""
    found = (
        subjects.Kind(
            Action, "action", _actions, lambda a: _coded(a.code, a.title), _action_page("action_talk"),
            ("report", "answer"), {"report": _action_page("report")},
        ),
        subjects.Kind(
            Objective, "objective", _objectives, lambda o: _coded(o.code, o.statement), _own_page("objective"),
            ("report", "answer"),
        ),
        subjects.Kind(
            Contribution, "contribution", _contributions, _of_contribution, _own_page("contribution"),
            ("report", "validate", "answer"), {"report": _contribution_page, "validate": _contribution_page},
        ),
        subjects.Kind(
            Amendment, "amendment", _amendments, lambda a: _coded(a.plan.code, a.name), _own_page("amendment"),
        ),
    )  # fmt: skip
    for kind in found:
        subjects.register(kind)
        asking.watch(kind.kind)
