"""Uploads that are too large are refused before anything of them is kept, with a page that says what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Handler = Callable[[HttpRequest], HttpResponse]
FORM_AROUND = 1024 * 1024
MOST_READ_AWAY = 300 * 1024 * 1024


class UploadLimitMiddleware:
    """413 for a body larger than UPLOAD_LIMIT and a form's fields around it.

    For people with an account the body is read away first (up to 300 MB, keeping nothing): a browser that is still
    sending shows no answer. Nobody else sends files here: their connection is simply closed.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) <= settings.UPLOAD_LIMIT + FORM_AROUND:
            return self.get_response(request)
        if request.user.is_authenticated and int(length) <= MOST_READ_AWAY:
            while request.read(256 * 1024):
                pass
        context = {"limit_mb": settings.UPLOAD_LIMIT // (1024 * 1024), "sent_mb": round(int(length) / 1024 / 1024)}
        return render(request, "413.html", context, status=413)
