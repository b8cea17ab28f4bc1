"""Public pages from memory: one short query tells whether what we hold is still true.

A page is kept for visitors without a session, under its address, the encoding they accept, the day (health depends on
it), the build, and the content version that every change of a record bumps. So the change that matters empties the
cache on the very next request, in every process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.metadata import version

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone

from senne.core.models import ContentVersion

Handler = Callable[[HttpRequest], HttpResponse]
_KEPT_HEADERS_DROPPED = {"Set-Cookie", "Date"}


@cache
def build() -> str:
    """What the code and static files are: changes with each deployment."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    content = manifest.read_bytes() if manifest.exists() else b""
    return hashlib.sha256(version("senne").encode() + content).hexdigest()[:12]


def content_version() -> int:
    """The number that grows with each change of a record (0 before the first)."""
    return ContentVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def _encoding(request: HttpRequest) -> str:
    accepted = request.headers.get("Accept-Encoding", "")
    return next((name for name in ("br", "gzip") if name in accepted), "")


class PageCacheMiddleware:
    """Answers visitors' GET requests from memory, or with 304 where they hold the page already."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.pages = caches["pages"]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._may_answer(request):
            return self.get_response(request)
        tag = self._tag(request)
        if request.headers.get("If-None-Match") == tag:
            return HttpResponseNotModified(headers={"ETag": tag, "Cache-Control": "public, no-cache"})
        key = hashlib.sha256(f"{tag}{_encoding(request)}".encode()).hexdigest()
        kept = self.pages.get(key)
        if kept is not None:
            status, headers, body = kept
            return HttpResponse(b"" if request.method == "HEAD" else body, status=status, headers=headers)
        response = self.get_response(request)
        if self._may_keep(response):
            response["ETag"] = tag
            response["Cache-Control"] = "public, no-cache"
            headers = {k: v for k, v in response.items() if k not in _KEPT_HEADERS_DROPPED}
            if request.method == "GET":
                self.pages.set(key, (response.status_code, headers, response.content), timeout=3600)
        return response

    def _may_answer(self, request: HttpRequest) -> bool:
        if request.method not in {"GET", "HEAD"} or "Authorization" in request.headers:
            return False
        return not ({settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys())

    def _may_keep(self, response: HttpResponse) -> bool:
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and getattr(response, "cacheable_page", False)
        )

    def _tag(self, request: HttpRequest) -> str:
        parts = (
            request.get_full_path(),
            request.headers.get("Accept", "") if request.path.startswith("/api/") else "",
            str(content_version()),
            timezone.localdate().isoformat(),
            build(),
        )
        return f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]}"'


def cacheable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a public view's answers as fit to be kept: the same for every visitor, drawn from records alone."""

    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.cacheable_page = True  # type: ignore[attr-defined]
        return response

    wrapped.__name__ = getattr(view, "__name__", "view")
    wrapped.__doc__ = view.__doc__
    return wrapped
