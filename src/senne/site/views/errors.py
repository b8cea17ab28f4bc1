"""Pages that say what went wrong and what to do, in the reader's language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the right is missing, or the form is too old."""
    return render(request, "site/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing there, or nothing that this reader may see: the same page for both."""
    return render(request, "site/errors/404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return render(request, "site/errors/500.html", status=500)
