"""What public views share: who asks (with rights where logged in), which day it is, what is not to be seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from senne.core.policy import Actor

M = TypeVar("M", bound=models.Model)
PAGE_SIZE = 12


def who(request: HttpRequest) -> Actor:
    """The actor of the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def today() -> date:
    """The day in the city."""
    return timezone.localdate()


def one(found: QuerySet[M], **lookup: Any) -> M:
    """The one record, or 404: what does not exist and what may not be seen look the same."""
    record = found.filter(**lookup).first()
    if record is None:
        raise Http404
    return record


def page_of(found: QuerySet[M] | Sequence[Any], request: HttpRequest, size: int = PAGE_SIZE) -> Page[Any]:
    """The page that the address asks for (the nearest one where it asks nonsense)."""
    return Paginator(found, size).get_page(request.GET.get("page"))
