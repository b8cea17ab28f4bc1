"""Asking for a report, following it, stopping it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_POST

from senne.core.viewing import who
from senne.plan.api import queries
from senne.reports import brand, jobs, making
from senne.reports.forms import OrderForm
from senne.reports.orders import Order
from senne.reports.rights import can_cancel
from senne.reports.views.common import for_staff, plan_of
from senne.reports.writers import pdf


@for_staff
def new(request: HttpRequest) -> HttpResponse:
    """Choose report, moment, language and department; light ones are made at once, the others in the background."""
    actor = who(request)
    plans = list(queries.plans(actor))
    code = request.GET.get("plan", "")[:60] or (plans[0].code if plans else "")
    plan = plan_of(request, code)
    asked = request.GET.dict()
    form = OrderForm(request.POST or None, plan=plan, actor=actor, today=timezone.localdate(), initial=asked)
    if request.method == "POST" and form.is_valid():
        order = form.order()
        if order.what.heavy:
            return redirect("reports:job", jobs.ask(order, actor, timezone.now()).uuid)
        return redirect(_address(order))
    faults = making.problems(brand.load_brand())
    return render(request, "reports/new.html", {"form": form, "plan": plan, "plans": plans, "faults": faults})


def _address(order: Order) -> str:
    """Where the light report is made, in its language."""
    asked = {
        "organisation": order.organisation,
        "snapshot": order.snapshot.number if order.snapshot else "",
        "since": (order.since.number if order.since else "none") if order.what.compares else "",
    }
    with override(order.language):
        path = reverse("reports:file", args=[order.plan.code, order.kind, order.format])
    return f"{path}?{urlencode({key: value for key, value in asked.items() if value})}"


@for_staff
def job(request: HttpRequest, uuid: str) -> HttpResponse:
    """Where a report is: waiting, how far, ready, or what went wrong."""
    actor = who(request)
    found = jobs.job_for(actor, uuid)
    if found.is_open:
        jobs.take_up_again(timezone.now(), uuid=found.uuid)
    context = {
        "job": found,
        "may_cancel": found.is_open and can_cancel(actor, found.made()),
        "until": (found.finished_at or timezone.now()) + jobs.KEPT,
        "packages": pdf.PACKAGES,
    }
    return render(request, "reports/job.html", context)


@require_POST
@for_staff
def cancel(request: HttpRequest, uuid: str) -> HttpResponse:
    """Stop it."""
    actor = who(request)
    jobs.cancel(jobs.job_for(actor, uuid), actor, timezone.now())
    return redirect("reports:job", uuid)
