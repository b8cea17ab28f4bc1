"""Records on other people's pages: a frame without script, a picture for shared links, and the page that gives the code."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from senne.core.page_cache import cacheable
from senne.core.text import reader_language
from senne.site import subjects
from senne.site.sharing import pictures
from senne.site.sharing.cards import EMBEDDED, card_of
from senne.site.views.common import today

# Any page may frame it: it holds nothing but what is public, no form and no script.
FRAMED = "default-src 'none'; style-src 'self'; frame-ancestors *; base-uri 'none'; form-action 'none'"
HEIGHTS = {"action": 260, "objective": 260, "theme": 330, "plan": 330, "indicator": 330}


def _record(kind: str, code: str, plan: str) -> Any:
    if kind not in EMBEDDED:
        raise Http404
    return subjects.find(kind, code, plan)


@cacheable
@xframe_options_exempt
def embed(request: HttpRequest, kind: str, code: str, plan: str = "") -> HttpResponse:
    """A record as it stands today, in a frame on any page."""
    record = _record(kind, code, plan)
    context = {"record": record, "card": card_of(record, today()), "today": today()}
    response = render(request, "site/sharing/embed.html", context)
    response["Content-Security-Policy"] = FRAMED
    return response


@cacheable
def share(request: HttpRequest, kind: str, code: str, plan: str = "") -> HttpResponse:
    """How to show the record on one's own site."""
    record = _record(kind, code, plan)
    named = subjects.words_of(record)
    context = {
        "record": record,
        "record_title": subjects.title_of(record),
        "frame": settings.PUBLIC_URL + reverse("site:embed", args=named),
        "page": settings.PUBLIC_URL + reverse(f"site:{kind}", args=named[1:]),
        "height": HEIGHTS[kind],
        "today": today(),
    }
    return render(request, "site/sharing/share.html", context)


def picture(request: HttpRequest, kind: str, code: str, plan: str = "") -> HttpResponse:
    """What a social network shows beside a link to the record: drawn when first asked for, then kept."""
    card = card_of(_record(kind, code, plan), today())
    response = HttpResponse(pictures.picture_of(card, reader_language()), content_type="image/png")
    response["Cache-Control"] = "public, max-age=3600"
    return response
