"""The register of personal data: what is kept of people, why, how long, who sees it, and what becomes of it at erasure.

Each app says so in its `personal.py`, beside its models. The public page, a person's download and the erasure are all
drawn from it; tests/core/privacy/test_register.py fails for a column that looks personal and is not declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from senne.core.models import Person, User
from senne.core.privacy.rules import Column, looks_personal

Words = Any


class Basis(StrEnum):
    """The legal basis (Article 6(1) of the General Data Protection Regulation)."""

    CONSENT = "a"
    OBLIGATION = "c"
    PUBLIC_TASK = "e"


BASES = {
    Basis.CONSENT: _("consent (GDPR, art. 6.1.a)"),
    Basis.OBLIGATION: _("legal obligation (GDPR, art. 6.1.c)"),
    Basis.PUBLIC_TASK: _("task in the public interest (GDPR, art. 6.1.e)"),
}


class Fate(StrEnum):
    """What erasure does with the rows of a person."""

    KEPT = "kept"
    CLEARED = "cleared"
    DELETED = "deleted"
    REWRITTEN = "rewritten"
    FROZEN = "frozen"


FATES = {
    Fate.KEPT: _("stays, under a number instead of the name"),
    Fate.CLEARED: _("emptied"),
    Fate.DELETED: _("removed"),
    Fate.REWRITTEN: _("stays, every name and address in it replaced"),
    Fate.FROZEN: _("stays: a frozen version never changes"),
}


@dataclass(frozen=True)
class Holding:
    """What one table keeps of people.

    `fields` says in words what each column told to the person holds; `secret` columns are personal and told to nobody.
    `of(person)` finds a person's rows; `address` is the column by which a citizen's rows are found. At erasure the rows
    meet their `fate`: for CLEARED, `cleared(number)` gives the values.
    """

    model: str
    fields: Mapping[str, Words]
    of: Callable[[Person], Q] | None = None
    address: str = ""
    fate: Fate = Fate.KEPT
    cleared: Callable[[int], Mapping[str, Any]] | None = None
    secret: tuple[str, ...] = ()
    erase_citizen: Callable[[str], int] | None = None

    @property
    def is_installed(self) -> bool:
        return self.model.split(".")[0] in {config.label for config in apps.get_app_configs()}

    def model_class(self) -> type[models.Model]:
        return apps.get_model(self.model)

    def rows_of(self, person: Person) -> QuerySet[Any]:
        """The person's rows, the oldest first."""
        found = self._rows()
        return found.filter(self.of(person)).order_by("pk").distinct() if self.of else found.none()

    def rows_at(self, address: str) -> QuerySet[Any]:
        """The rows with that address, the oldest first."""
        found = self._rows()
        return found.filter(**{f"{self.address}__iexact": address}).order_by("pk") if self.address else found.none()

    def _rows(self) -> QuerySet[Any]:
        model = self.model_class()
        told = [f.name for f in model._meta.concrete_fields if f.is_relation and f.name in self.fields]
        return model._base_manager.select_related(*told)


def people_in(*lookups: str) -> Callable[[Person], Q]:
    """Rows that lead to the person by one of these lookups."""

    def found(person: Person) -> Q:
        reach = Q(pk__in=[])
        for lookup in lookups:
            reach |= Q(**{lookup: person.pk})
        return reach

    return found


@dataclass(frozen=True)
class Treatment:
    """A line of the register: for what, whose, on what basis, who sees it, how long; and the tables behind it."""

    key: str
    title: Words
    whose: Words
    purpose: Words
    basis: Basis
    seen_by: Words
    kept: Words
    what: Words = ""
    holdings: list[Holding] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        """What is kept, in words, each once."""
        words = [str(self.what)] if self.what else []
        words += [str(told) for holding in self.holdings for told in holding.fields.values()]
        return list(dict.fromkeys(words))

    @property
    def basis_told(self) -> str:
        return str(BASES[self.basis])


_treatments: dict[str, Treatment] = {}
_innocent: dict[str, str] = {}


def treat(treatment: Treatment) -> None:
    """A line of the register."""
    _treatments[treatment.key] = treatment


def hold(key: str, *holdings: Holding) -> None:
    """More tables behind a line of the register."""
    _treatments[key].holdings.extend(holdings)


def innocent(columns: Mapping[str, str]) -> None:
    """Columns ('app.model.column') that look personal and are not, each with the reason."""
    _innocent.update(columns)


@cache
def _all() -> dict[str, Treatment]:
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.personal"):
            import_module(f"{config.name}.personal")
    return _treatments


def treatments() -> list[Treatment]:
    """The whole register, in the order in which the apps stand in the settings."""
    return list(_all().values())


def holdings() -> list[Holding]:
    """Every table of the register that is installed here."""
    return [held for treatment in treatments() for held in treatment.holdings if held.is_installed]


def undeclared() -> Iterator[str]:
    """Columns that look personal and of which the register says nothing ('app.model.column')."""
    declared: set[str] = set()
    for held in holdings():
        declared |= {f"{held.model}.{name}" for name in (*held.fields, *held.secret)}
    declared |= set(_innocent)
    for model in apps.get_models(include_auto_created=True):
        for column in _columns(model):
            name = f"{model._meta.label_lower}.{column.name}"
            if looks_personal(column) and name not in declared and not _ties_two(model, column.name):
                yield name


def _columns(model: type[models.Model]) -> Iterator[Column]:
    # What a table inherits from another table is declared there.
    for found in [*model._meta.local_concrete_fields, *model._meta.local_many_to_many]:
        is_text = isinstance(found, models.CharField | models.TextField) and not found.choices
        yield Column(
            found.name,
            is_text,
            isinstance(found, models.EmailField | models.GenericIPAddressField),
            found.related_model in {Person, User},
        )


def _ties_two(model: type[models.Model], column: str) -> bool:
    """The table behind a many-to-many column, which is declared where the column is."""
    return bool(model._meta.auto_created)
