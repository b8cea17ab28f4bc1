"""What may be talked about: rooms say how a kind of record is found, called and reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from senne.core import records
from senne.core.policy import Actor, Subject, can_view
from senne.core.text import Text

Record = Any
Reach = Callable[[Record], str]


@dataclass(frozen=True)
class Kind:
    """A kind of record that may be talked about.

    `name` stands in addresses; `find(ids)` loads records with what their `subject()` reads; `label` calls one in mails
    and lists ('AD-12 · Cool streets'); `path` is where it is talked about, `ways` where what is asked can be done
    ({'report': …}), all without a language. `asks` are the requests that make sense here.
    """

    model: type[models.Model]
    name: str
    find: Callable[[Iterable[int]], Mapping[int, Record]]
    label: Callable[[Record], Text]
    path: Reach
    asks: tuple[str, ...] = ("answer",)
    ways: Mapping[str, Reach] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return records.kind_of(self.model)

    def one(self, number: int) -> Record | None:
        return self.find([number]).get(number)


_by_name: dict[str, Kind] = {}
_by_kind: dict[str, Kind] = {}


def register(found: Kind) -> None:
    """Called once per kind when a room starts."""
    _by_name[found.name] = found
    _by_kind[found.kind] = found


def kinds() -> list[Kind]:
    """All that may be talked about."""
    return list(_by_kind.values())


def by_name(name: str) -> Kind | None:
    return _by_name.get(name)


def kind_of(record: models.Model | str) -> Kind:
    """How this record (or kind, 'plan.action') is talked about. Raises KeyError where it may not be."""
    return _by_kind[record if isinstance(record, str) else records.kind_of(record)]


def may_be_talked_about(record: models.Model) -> bool:
    return records.kind_of(record) in _by_kind


def load(about: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Record]:
    """The records behind (kind, number) pairs, by pair: one `find` per kind. What is gone is left out."""
    wanted: dict[str, set[int]] = {}
    for kind, number in about:
        wanted.setdefault(kind, set()).add(number)
    found: dict[tuple[str, int], Record] = {}
    for kind, numbers in wanted.items():
        if kind in _by_kind:
            found |= {(kind, pk): record for pk, record in _by_kind[kind].find(numbers).items()}
    return found


def seen(kind: Kind, number: int, actor: Actor) -> Record | None:
    """The record, or None: what does not exist and what may not be seen look the same."""
    record = kind.one(number)
    return record if record is not None and can_view(actor, subject_of(record)) else None


def subject_of(record: Record) -> Subject:
    """What the policy sees of the record."""
    subject: Subject = record.subject()
    return subject
