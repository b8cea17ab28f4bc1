"""What the room's views share: who asks, which plan, which moment; what is not to be seen is not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from senne.core.viewing import who
from senne.plan.api import Plan, queries
from senne.reports.orders import NotThere
from senne.reports.writers import pdf

View = Callable[..., HttpResponse]
R = TypeVar("R", bound=HttpResponseBase)


def plan_of(request: HttpRequest, code: str) -> Plan:
    """The plan, or 404 where it is not there for this reader."""
    plan = queries.plans(who(request)).filter(code=code).first()
    if plan is None:
        raise Http404
    return plan


def reports_page(view: Callable[..., R]) -> Callable[..., R | HttpResponse]:
    """What is not there is a 404; a machine that draws no PDF says so, and how to mend it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> R | HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotThere as missing:
            raise Http404(str(missing)) from missing
        except pdf.PdfUnavailable:
            return render(request, "reports/no_pdf.html", {"packages": pdf.PACKAGES}, status=503)

    return wrapped


def for_staff(view: View) -> View:
    """A page for people who hold a role."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not who(request).is_staff:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(login_required(reports_page(wrapped)))
