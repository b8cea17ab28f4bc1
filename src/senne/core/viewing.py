"""What the views of every room share: who asks, the one record, a page of a list, what an address names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from senne.core.policy import Actor

M = TypeVar("M", bound=models.Model)


def who(request: HttpRequest) -> Actor:
    """The actor of the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def one(found: QuerySet[M], **lookup: Any) -> M:
    """The one record, or 404: what does not exist and what may not be seen look the same."""
    record = found.filter(**lookup).first()
    if record is None:
        raise Http404
    return record


def page_of(found: QuerySet[M] | Sequence[Any], request: HttpRequest, size: int) -> Page[Any]:
    """The page that the address asks for (the nearest one where it asks nonsense)."""
    return Paginator(found, size).get_page(request.GET.get("page"))


def key_in(text: str) -> int:
    """The key of a record that an address or a form names; 0, which no record has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


def words_in(text: str, longest: int) -> str:
    """What an address asks for in words: no longer than that, without the sign that no store can hold."""
    return text.replace("\x00", "").strip()[:longest]
