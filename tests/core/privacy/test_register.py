"""The register says everything that is kept of people, and nothing that is not there."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import override

from senne.core import retention
from senne.core.privacy import register
from senne.core.privacy.register import Fate, Holding


def test_every_column_that_looks_personal_is_declared() -> None:
    """Say in the `personal.py` of its app what a new column keeps of people, why and how long."""
    assert list(register.undeclared()) == []


def test_a_column_that_nobody_declared_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [held for held in register.holdings() if held.model != "core.feedback"]
    monkeypatch.setattr(register, "holdings", lambda: kept)
    assert {"core.feedback.email", "core.feedback.name", "core.feedback.handled_by"} == set(register.undeclared())


def test_every_declared_column_exists() -> None:
    wrong = []
    for held in register.holdings():
        for name in (*held.fields, *held.secret):
            try:
                held.model_class()._meta.get_field(name)
            except FieldDoesNotExist:
                wrong.append(f"{held.model}.{name}")
    assert wrong == []


def test_what_is_called_innocent_exists() -> None:
    gone = []
    for column in register._innocent:
        label, _dot, name = column.rpartition(".")
        if not any(f.name == name for f in apps.get_model(label)._meta.get_fields()):
            gone.append(column)
    assert gone == []


def test_every_table_of_the_register_says_how_long_it_is_kept() -> None:
    ours = {held.model for held in register.holdings() if apps.get_model(held.model).__module__.startswith("senne.")}
    assert ours - set(retention.RULES) == set()


def test_rows_of_a_person_that_are_emptied_say_with_what() -> None:
    for held in register.holdings():
        assert (held.cleared is not None) == (held.fate is Fate.CLEARED), held.model
        assert held.of or held.address or held.fate is Fate.FROZEN, held.model


def looks_secret(column: models.Field[Any, Any]) -> bool:
    return any(word in column.name for word in ("password", "secret", "token", "session_data"))


def test_secrets_are_told_to_nobody() -> None:
    told = [
        f"{held.model}.{name}"
        for held in register.holdings()
        for name in held.fields
        if looks_secret(held.model_class()._meta.get_field(name))  # type: ignore[arg-type]
    ]
    assert told == []


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_register_is_written_in_every_language(language: str) -> None:
    def all_words() -> list[str]:
        found = []
        for line in register.treatments():
            found += [str(part) for part in (line.title, line.whose, line.purpose, line.seen_by, line.kept)]
        return found

    with override("en"):
        english = all_words()
    with override(language):
        same = [word for word, other in zip(english, all_words(), strict=True) if word == other]
    assert [words for words in same if " " in words] == []


def test_tables_of_rooms_that_are_not_installed_are_left_out() -> None:
    assert not Holding("nowhere.thing", {}).is_installed
