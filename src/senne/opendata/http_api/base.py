"""What all answers of the API share: open to other sites, kept by the page cache, paged, clear about faults."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from pydantic import Field

from senne.opendata.http_api.shapes import Language

logger = logging.getLogger(__name__)
Give = Callable[[Any, str | None], dict[str, Any]]


class OpenApi(NinjaAPI):
    """Answers that any site may read, kept by the page cache until a record changes."""

    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        response = super().create_response(request, data, **kwargs)
        response.cacheable_page = True  # type: ignore[attr-defined]
        return response


class Paging(Schema):
    """Where to start and how many to give."""

    lang: Language | None = Field(None, description="texts in this language only (the source where it is missing)")
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000)


def page(
    request: HttpRequest, found: Any, ask: Paging, give: Give, gather: Callable[[Any], Iterable[Any]] = iter
) -> dict[str, Any]:
    """`found` (a query set or a list) cut to the page asked for, with the addresses of those before and after.

    `gather` reads at once, for all of the page, what goes out with each.
    """
    count = len(found) if isinstance(found, list) else found.count()
    shown = found[ask.offset : ask.offset + ask.limit]
    after, before = ask.offset + ask.limit, max(0, ask.offset - ask.limit)
    return {
        "count": count,
        "next": _address(request, after) if after < count else None,
        "previous": _address(request, before) if ask.offset else None,
        "items": [give(item, ask.lang) for item in gather(shown)],
    }


def _address(request: HttpRequest, offset: int) -> str:
    query = request.GET.copy()
    query["offset"] = str(offset)
    return f"{settings.PUBLIC_URL}{request.path}?{query.urlencode()}"


def register_faults(api: NinjaAPI) -> None:
    """Faults of the request by field; ours as one sentence, without detail."""

    @api.exception_handler(ValidationError)
    def not_understood(request: HttpRequest, problem: ValidationError) -> HttpResponse:
        faults = [
            {"field": str(error.get("loc", ("", "?"))[-1]), "message": str(error.get("msg", ""))}
            for error in problem.errors
        ]
        told = {"detail": "The request could not be understood.", "faults": faults}
        return api.create_response(request, told, status=422)

    @api.exception_handler(Exception)
    def failed(request: HttpRequest, problem: Exception) -> HttpResponse:
        logger.error("%s failed", request.path, exc_info=problem)
        return api.create_response(request, {"detail": "Something went wrong on our side."}, status=500)
