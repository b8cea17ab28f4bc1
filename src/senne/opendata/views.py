"""Downloads: a plan in each format, cut to what the reader may see."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from senne.core.page_cache import cacheable
from senne.core.policy import Actor
from senne.core.text import reader_language
from senne.core.viewing import who
from senne.opendata.writers import FORMATS, write_csv, write_ods, write_xlsx
from senne.plan.api import Plan, exporting, queries


@cacheable
def downloads(request: HttpRequest) -> HttpResponse:
    """Which files there are, what is in them, and the API."""
    return render(request, "opendata/downloads.html", {"plans": queries.plans(who(request)), "formats": FORMATS})


@cacheable
def download(request: HttpRequest, plan: str, kind: str) -> HttpResponse:
    """One plan as one file: the public part for visitors, what they may see for staff."""
    actor = who(request)
    record = queries.plans(actor).filter(code=plan).first()
    if record is None or kind not in {*FORMATS, "json"}:
        raise Http404
    response = _file(record, actor, kind)
    response["Content-Disposition"] = f'attachment; filename="{record.code}.{kind}"'
    return response


def _file(record: Plan, actor: Actor, kind: str) -> HttpResponse:
    """The plan in one format, as of today."""
    today = timezone.localdate()
    if kind == "json":
        document = exporting.plan_document(record, actor, today)
        return JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})
    if kind == "csv":
        return HttpResponse(write_csv(exporting.plan_table(record, actor, today)), FORMATS[kind])
    write = {"xlsx": write_xlsx, "ods": write_ods}[kind]
    return HttpResponse(write(exporting.plan_workbook(record, actor, today, reader_language())), FORMATS[kind])
