"""Writing one text of one record in one language."""

from __future__ import annotations

from typing import Any

from django.db import models

from senne.core import organisations, records
from senne.core.policy import Actor, Subject, require
from senne.core.text import Text


def translation_subject(record: models.Model) -> Subject:
    """Who may translate it follows from the action that it hangs on; common words are the city's."""
    own: Any = getattr(record, "subject", None)
    if own is not None:
        return own()
    action: Any = getattr(record, "action", None)
    if action is not None:
        return action.subject()
    city = organisations.root()
    return Subject("word", city.path, city.house) if city else Subject("word")


def translate(record: models.Model, field: str, language: str, written: str, *, actor: Actor) -> None:
    """Write one text of one record in one language; an empty text takes that language away."""
    require("translate", actor, translation_subject(record))
    text = {**getattr(record, field), language: written.strip()}
    kept = Text({code: words for code, words in text.items() if words})
    root = getattr(record, "action", None) or getattr(record, "indicator", None)
    records.update(record, {field: kept}, actor=actor, verb="translate", root=root)
