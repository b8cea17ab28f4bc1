"""What is not translated yet: each text that exists in one language and lacks another. One query per kind of record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db.models import Q, QuerySet

from senne.core.models import Organisation, Person
from senne.core.page_cache import content_version
from senne.core.policy import Actor, can_translate
from senne.core.reach import managed
from senne.core.text import LANGUAGES, Text, TextField
from senne.indicators.api import Indicator, Measurement, TargetPoint
from senne.plan.api import (
    Action,
    ActionDocument,
    ActionLink,
    Axis,
    Characteristic,
    Objective,
    Plan,
    Step,
    Tag,
    Theme,
    do,
)

Shares = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Kind:
    """A kind of record with texts: its model, which of its records the actor may translate, how one is called."""

    model: type[Any]
    reachable: Callable[[Actor], QuerySet[Any]]
    code: Callable[[Any], str] = lambda record: str(record.code)


def _led(actor: Actor, prefix: str = "") -> Q:
    """The policy looks at the lead organisation, or at the plan's where there is none."""
    nobody = Q(**{f"{prefix}lead": None})
    return managed(actor, f"{prefix}lead__") | (nobody & managed(actor, f"{prefix}plan__organisation__"))


def _parts(model: type[Any]) -> Callable[[Actor], QuerySet[Any]]:
    return lambda actor: model._default_manager.filter(managed(actor, "plan__organisation__"))


def _children(model: type[Any]) -> Callable[[Actor], QuerySet[Any]]:
    return lambda actor: model._default_manager.filter(_led(actor, "action__")).select_related("action__plan")


def _words(model: type[Any]) -> Callable[[Actor], QuerySet[Any]]:
    """Words that all plans share are the city's to translate."""

    def reachable(actor: Actor) -> QuerySet[Any]:
        mine = can_translate(actor, do.translation_subject(model()))
        return model._default_manager.all() if mine else model._default_manager.none()

    return reachable


def _of_action(record: Any) -> str:
    return str(record.action.code)


def _measured(model: type[Any]) -> Callable[[Actor], QuerySet[Any]]:
    return lambda actor: model._default_manager.filter(managed(actor, "indicator__organisation__")).select_related(
        "indicator__organisation"
    )


def _of_indicator(record: Any) -> str:
    return f"{record.indicator.code} {record.period}"


KINDS: dict[str, Kind] = {
    "plan": Kind(Plan, lambda actor: Plan.objects.filter(managed(actor, "organisation__"))),
    "theme": Kind(Theme, _parts(Theme)),
    "axis": Kind(Axis, _parts(Axis)),
    "objective": Kind(Objective, lambda actor: Objective.objects.filter(_led(actor))),
    "action": Kind(Action, lambda actor: Action.objects.filter(_led(actor))),
    "step": Kind(Step, _children(Step), _of_action),
    "link": Kind(ActionLink, _children(ActionLink), _of_action),
    "document": Kind(ActionDocument, _children(ActionDocument), _of_action),
    "indicator": Kind(Indicator, lambda actor: Indicator.objects.filter(managed(actor, "organisation__"))),
    "figure": Kind(Measurement, _measured(Measurement), _of_indicator),
    "target": Kind(TargetPoint, _measured(TargetPoint), _of_indicator),
    "tag": Kind(Tag, _words(Tag), lambda tag: str(tag.slug)),
    "characteristic": Kind(Characteristic, _words(Characteristic)),
    "organisation": Kind(Organisation, lambda actor: Organisation.objects.filter(managed(actor))),
    "person": Kind(
        Person,
        lambda actor: Person.objects.filter(managed(actor, "organisation__"), left_on=None),
        lambda person: str(person.name),
    ),
}


@dataclass(frozen=True)
class Untranslated:
    """One text that lacks a language."""

    kind: str
    pk: int
    code: str
    field: str
    label: str
    language: str
    text: Text


def texts_of(model: type[Any]) -> list[TextField]:
    """The translated columns of a model that people write."""
    return [field for field in model._meta.concrete_fields if isinstance(field, TextField) and field.editable]


def _written(actor: Actor, kinds: list[str]) -> Iterator[tuple[str, Kind, Any, TextField, Text]]:
    for name in kinds:
        kind = KINDS[name]
        fields = texts_of(kind.model)
        for record in kind.reachable(actor):
            for field in fields:
                text: Text = getattr(record, field.name)
                if text:
                    yield name, kind, record, field, text


def lacking(actor: Actor, kind: str = "", language: str = "") -> list[Untranslated]:
    """The texts that lack a language, of one kind and one language or of all, over what the actor may translate."""
    found: list[Untranslated] = []
    for name, shape, record, field, text in _written(actor, [kind] if kind else list(KINDS)):
        for code in text.missing():
            if not language or code == language:
                label = str(field.verbose_name)
                found.append(Untranslated(name, record.pk, shape.code(record), field.name, label, code, text))
    return found


def shares_for(actor: Actor) -> Shares:
    """{language: (texts written, texts wanted)}; counted once per change of any record."""
    key = f"shares:{content_version()}:{sorted(f'{g.role}:{g.path}' for g in actor.grants)}".replace(" ", "")
    cache = caches["default"]
    kept: Shares | None = cache.get(key)
    if kept is None:
        kept = _count(actor)
        cache.set(key, kept, timeout=3600)
    return kept


def _count(actor: Actor) -> Shares:
    written, wanted = dict.fromkeys(LANGUAGES, 0), 0
    for _name, _kind, _record, _field, text in _written(actor, list(KINDS)):
        wanted += 1
        for code in LANGUAGES:
            written[code] += bool(text.get(code))
    return {code: (written[code], wanted) for code in LANGUAGES}
