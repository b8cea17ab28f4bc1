"""What is ready-made, and the plan on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from senne.core.models import Organisation
from senne.core.page_cache import cacheable
from senne.core.text import reader_language
from senne.core.viewing import who
from senne.plan.api import Plan, queries, summary
from senne.reports import jobs, making, public, weights
from senne.reports.kinds import FORMAT_NAMES, KINDS
from senne.reports.models import ReportJob
from senne.reports.orders import Order, moment_and_since, moments
from senne.reports.outline import one_page
from senne.reports.views.common import plan_of, reports_page

OFFERED = ("state", "quarter-hour", "workbook", "college")


@dataclass(frozen=True)
class Link:
    """A file to be had: where, in which format, how heavy (`about`: more or less)."""

    address: str
    format: str
    size: int
    about: bool = False
    language: str = ""


@dataclass(frozen=True)
class Offer:
    """A report with its files; `page` where it can be read without one."""

    label: Any
    about: Any
    links: list[Link]
    page: str = ""


@dataclass(frozen=True)
class Shelf:
    """What a plan has ready."""

    plan: Plan
    offers: list[Offer]
    yearly: list[tuple[Any, list[Link]]]
    organisations: list[Organisation]


@cacheable
def index(request: HttpRequest) -> HttpResponse:
    """Ready-made reports of every plan, each with format and weight; for staff, what they asked for."""
    actor = who(request)
    shelves = [_shelf(plan, request) for plan in queries.plans(actor)]
    mine = list(jobs.jobs_for(actor)[:20]) if actor.is_staff else []
    return render(request, "reports/index.html", {"shelves": shelves, "mine": mine, "staff": actor.is_staff})


def _shelf(plan: Plan, request: HttpRequest) -> Shelf:
    actor, language = who(request), reader_language()
    offers = []
    for name in OFFERED:
        kind = KINDS[name]
        if kind.public or actor.is_staff:
            links = [_link(plan, name, form, language) for form in kind.formats]
            page = reverse("reports:state", args=[plan.code]) if name == "state" else ""
            offers.append(Offer(kind.label, kind.about, links, page))
    return Shelf(plan, offers, _yearly(public.ready(plan)), _leading(plan, request))


def _link(plan: Plan, kind: str, form: str, language: str) -> Link:
    address = reverse("reports:file", args=[plan.code, kind, form])
    return Link(address, FORMAT_NAMES[form], weights.about(plan.code, kind, form, language), about=True)


def _yearly(ready: list[ReportJob]) -> list[tuple[Any, list[Link]]]:
    """(snapshot, its files), the latest snapshot first."""
    found: dict[int | None, tuple[Any, list[Link]]] = {}
    for job in ready:
        assert job.file is not None
        link = Link(reverse("reports:made", args=[job.uuid]), job.format_name, job.file.size, language=job.language)
        found.setdefault(job.snapshot_id, (job.snapshot, []))[1].append(link)
    return list(found.values())


def _leading(plan: Plan, request: HttpRequest) -> list[Organisation]:
    """Organisations that lead a visible action of the plan, and those above them."""
    return queries.leading(queries.open_actions(who(request)).filter(plan=plan))


@cacheable
@reports_page
def state(request: HttpRequest, plan: str) -> HttpResponse:
    """The one page as a page of the site; of an organisation's part where one is asked for."""
    actor, language = who(request), reader_language()
    record = plan_of(request, plan)
    organisation = request.GET.get("organisation", "")[:60]
    today = timezone.localdate()
    snapshot, since = moment_and_since(record, actor, request.GET.dict(), KINDS["state"], today)
    order = Order(record, "state", "pdf", language, snapshot, since, organisation)
    sources = making.look(order, actor, today)
    report = one_page.one_page(sources.now, sources.before, language, sources.origin, organisation)
    part = summary.of_organisation(sources.now, organisation) if organisation else sources.now
    context = {
        "plan": record,
        "report": report,
        "organisation": organisation,
        "organisations": _leading(record, request),
        "moments": moments(record, actor),
        "snapshot": snapshot,
        "since": since,
        "known": {*(a.code for a in part.actions), *(o.code for o in part.objectives)},
        "size": weights.about(record.code, "state", "pdf", language),
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/state.html", context)
