"""Editorial pages to visitors: one address, one page, kept in the page cache like all others."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page

from senne.core.page_cache import cacheable
from senne.core.text import reader_language


@cacheable
def page(request: HttpRequest, path: str) -> HttpResponse:
    """The published page at that place of the language's tree."""
    found = Page.objects.live().filter(url_path=f"/{reader_language()}/{path}").first()
    if found is None:
        raise Http404
    specific: Any = found.specific
    response: HttpResponse = specific.serve(request)
    return response
