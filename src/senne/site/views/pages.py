"""Pages of fixed text: accessibility, legal, method, components."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from senne.core.page_cache import cacheable
from senne.indicators.api import words as indicator_words
from senne.plan.api import words
from senne.site.views.common import today

PAGES = ("accessibility", "legal", "method", "components")


@cacheable
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One of the fixed pages."""
    if name not in PAGES:
        raise Http404
    context = {
        "today": today(),
        "statuses": words.Status.values,
        "healths": words.Health.values,
        "freshnesses": words.Freshness.values,
        "phases": words.Phase.values,
        "states": indicator_words.State.values,
    }
    return render(request, f"site/pages/{name}.html", context)
