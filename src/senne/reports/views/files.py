"""Files: made at once where they are light, handed out where they were made before."""

from __future__ import annotations

from io import BytesIO
from typing import TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from senne.core import files
from senne.core.limits import too_many
from senne.core.page_cache import cacheable
from senne.core.text import reader_language
from senne.core.viewing import who
from senne.reports import jobs, making, weights
from senne.reports.kinds import KINDS
from senne.reports.models import ReportJob
from senne.reports.orders import Order, moment_and_since
from senne.reports.views.common import plan_of, reports_page

R = TypeVar("R", bound=HttpResponseBase)
FILES_AN_HOUR = 120


@cacheable
@reports_page
def light(request: HttpRequest, plan: str, kind: str, form: str) -> HttpResponse:
    """A report about a plan that is made at once."""
    return _made(request, plan, kind, form)


@reports_page
def sheet(request: HttpRequest, plan: str, kind: str, code: str) -> HttpResponse:
    """The sheet of an action or objective. Not kept in memory: there are hundreds of them."""
    return _made(request, plan, kind, "pdf", code)


def _made(request: HttpRequest, plan: str, kind: str, form: str, code: str = "") -> HttpResponse:
    actor = who(request)
    known = KINDS.get(kind)
    if (
        known is None
        or known.heavy
        or form not in known.formats
        or bool(code) != (known.per in {"action", "objective"})
    ):
        raise Http404
    if not known.public and not actor.is_staff:
        return redirect_to_login(request.get_full_path())
    if not actor.is_staff and too_many("report", request, FILES_AN_HOUR, 3600):
        return render(request, "reports/too_many.html", status=429)
    record = plan_of(request, plan)
    today = timezone.localdate()
    snapshot, since = moment_and_since(record, actor, request.GET.dict(), known, today)
    organisation = request.GET.get("organisation", "")[:60] if known.per == "organisation" else ""
    order = Order(record, kind, form, reader_language(), snapshot, since, organisation, code)
    content = making.make(order, actor, today)
    weights.remember(order, len(content))
    return _as_download(HttpResponse(content, making.TYPES[form]), making.file_name(order, today))


@reports_page
def made(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """The file of a report that was made in the background, for whoever may have it."""
    job = jobs.job_for(who(request), uuid)
    if job.state != ReportJob.State.READY or job.file is None:
        raise Http404
    response = FileResponse(BytesIO(files.read_file(job.file)), content_type=making.TYPES[job.format])
    if job.public:
        response["Cache-Control"] = "public, max-age=3600"
    return _as_download(response, job.file.name)


def _as_download(response: R, name: str) -> R:
    """To be saved under that name, and kept out of search engines."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
