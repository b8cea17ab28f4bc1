"""Downloads: a plan in each format, cut to what the reader may see."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from senne.core.page_cache import cacheable
from senne.core.policy import Actor
from senne.opendata.writers import FORMATS
from senne.plan.api import exporting, queries


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@cacheable
def downloads(request: HttpRequest) -> HttpResponse:
    """Which files there are, what is in them, and the API."""
    return render(request, "opendata/downloads.html", {"plans": queries.plans(_actor(request)), "formats": FORMATS})


@cacheable
def download(request: HttpRequest, plan: str, kind: str) -> HttpResponse:
    """One plan as one file: the public part for visitors, what they may see for staff."""
    actor = _actor(request)
    record = queries.plans(actor).filter(code=plan).first()
    if record is None or kind not in {*FORMATS, "json"}:
        raise Http404
    if kind == "json":
        response: HttpResponse = JsonResponse(
            exporting.plan_json(record, actor), json_dumps_params={"ensure_ascii": False, "indent": 1}
        )
    else:
        content_type, write = FORMATS[kind]
        response = HttpResponse(write(exporting.plan_rows(record, actor)), content_type)
    response["Content-Disposition"] = f'attachment; filename="{record.code}.{kind}"'
    return response
