"""What is not translated yet: each text that exists in one language and lacks another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from senne.core.models import Organisation
from senne.core.policy import Actor, Role
from senne.core.text import LANGUAGES, Text, TextField
from senne.plan.api import Action, Axis, Objective, Plan, Theme, queries

KINDS: dict[str, type[Any]] = {
    "plan": Plan,
    "theme": Theme,
    "axis": Axis,
    "objective": Objective,
    "action": Action,
    "organisation": Organisation,
}


@dataclass(frozen=True)
class Untranslated:
    """One text that lacks a language."""

    kind: str
    record: Any
    field: str
    label: str
    language: str
    text: Text


def _reachable(kind: str, actor: Actor) -> Any:
    by_kind = {
        "plan": queries.plans,
        "theme": queries.themes,
        "axis": queries.axes,
        "objective": queries.objectives,
        "action": queries.actions,
    }
    if kind == "organisation":
        return Organisation.objects.all()
    return by_kind[kind](actor)


def texts_of(model: type[Any]) -> list[TextField]:
    """The translated columns of a model that people write."""
    return [field for field in model._meta.concrete_fields if isinstance(field, TextField) and field.editable]


def survey(actor: Actor) -> tuple[list[Untranslated], dict[str, tuple[int, int]]]:
    """(what lacks a language, {language: (written, wanted)}) over the records that the actor may translate."""
    lacking: list[Untranslated] = []
    written = dict.fromkeys(LANGUAGES, 0)
    wanted = 0
    paths = actor.paths(Role.COORDINATION, Role.BODY_MANAGER)
    for kind, model in KINDS.items():
        fields = texts_of(model)
        records = _reachable(kind, actor)
        if kind == "action":
            records = records.prefetch_related("partners", "contacts")
        for record in records:
            if not any(record.subject().path.startswith(path) for path in paths):
                continue
            for field in fields:
                text: Text = getattr(record, field.name)
                if not text:
                    continue
                wanted += 1
                for code in LANGUAGES:
                    if text.get(code):
                        written[code] += 1
                    else:
                        lacking.append(Untranslated(kind, record, field.name, str(field.verbose_name), code, text))
    return lacking, {code: (written[code], wanted) for code in LANGUAGES}
