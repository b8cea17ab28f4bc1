"""When a record is taken away, what was said about it goes as well."""

from __future__ import annotations

from senne.core import records
from senne.core.policy import Actor
from senne.core.talk import subjects
from senne.core.talk.models import Comment, Request


def forget_what_is_about_nothing(*, actor: Actor) -> int:
    """Remove comments and requests about records that are no longer there. Returns how many."""
    removed = 0
    for model in (Comment, Request):
        for kind in subjects.kinds():
            there = kind.model._default_manager.values("pk")
            for orphan in model._default_manager.filter(subject_kind=kind.kind).exclude(subject_id__in=there):
                records.delete(orphan, actor=actor)
                removed += 1
    return removed
