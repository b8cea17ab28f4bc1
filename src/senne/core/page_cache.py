"""Public pages from memory: one short query tells whether what we hold is still true.

A page is kept for visitors without a session, under its address, the encoding they accept, the day (health depends on
it), the build, and the content version that every change of a record bumps. So the change that matters empties the
cache on the very next request, in every process. Memory is bounded in bytes, and pages with a query string have a shelf
of their own: whoever invents query strings pushes out no other page. When a page is out of date and many ask for it at
once, one of them draws it and the others wait for that one.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version

import brotli
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from senne.core.models import ContentVersion
from senne.core.page_store import Page

Handler = Callable[[HttpRequest], HttpResponse]

_KEPT_HEADERS_DROPPED = {"Set-Cookie", "Date", "Content-Length", "Content-Encoding"}
_REFUSED_CODING = re.compile(r"q\s*=\s*0(\.0*)?\s*$")
_TEXT = re.compile(r"^text/|json|xml(;|$)")
LONGEST_QUERY = 1000
SMALLEST_COMPRESSED = 200
LONGEST_WAIT = 10.0


@cache
def build() -> str:
    """What the code and static files are: changes with each deployment."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    content = manifest.read_bytes() if manifest.exists() else b""
    return hashlib.sha256(version("senne").encode() + content).hexdigest()[:12]


def content_version() -> int:
    """The number that grows with each change of a record (0 before the first)."""
    return ContentVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def encoding_for(accepted: str) -> str:
    """'br', 'gzip' or '' for an Accept-Encoding header; what it refuses with q=0 is not used."""
    taken = {
        part.split(";")[0].strip().lower() for part in accepted.split(",") if not _REFUSED_CODING.search(part.strip())
    }
    return next((name for name in ("br", "gzip") if name in taken), "")


def compressed(body: bytes, encoding: str) -> bytes:
    """The body in that encoding. A page is compressed once and sent often; the qualities are those that cost ≤ 5 ms."""
    if encoding == "br":
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=6))
    return gzip.compress(body, compresslevel=6, mtime=0) if encoding == "gzip" else body


def same_tag(held: str, tag: str) -> bool:
    """Whether an If-None-Match header names the tag (weak comparison: both stores give weak tags)."""
    return any(part.strip().removeprefix("W/") == tag.removeprefix("W/") for part in held.split(","))


class Drawers:
    """At most one thread per key draws a page; the others wait for it, no longer than LONGEST_WAIT seconds."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._busy: dict[str, tuple[threading.Lock, int]] = {}

    @contextmanager
    def one_at_a_time(self, key: str) -> Iterator[None]:
        with self._guard:
            lock, waiting = self._busy.get(key, (threading.Lock(), 0))
            self._busy[key] = (lock, waiting + 1)
        got = lock.acquire(timeout=LONGEST_WAIT)
        try:
            yield
        finally:
            if got:
                lock.release()
            with self._guard:
                lock, waiting = self._busy[key]
                if waiting == 1:
                    del self._busy[key]
                else:
                    self._busy[key] = (lock, waiting - 1)


class PageCacheMiddleware:
    """Answers visitors' GET requests from memory, or with 304 where they hold the page already."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.drawers = Drawers()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._may_answer(request):
            return self._private(self.get_response(request))
        tag = self._tag(request)
        if same_tag(request.headers.get("If-None-Match", ""), tag):
            headers = {"ETag": tag, "Cache-Control": "public, no-cache", "Vary": "Cookie, Accept-Encoding"}
            return HttpResponseNotModified(headers=headers)
        encoding = encoding_for(request.headers.get("Accept-Encoding", ""))
        key = f"{tag}{encoding}"
        shelf = caches["queries" if request.META.get("QUERY_STRING") else "pages"]
        kept: Page | None = shelf.get(key)
        if kept is None:
            with self.drawers.one_at_a_time(key):
                kept = shelf.get(key)
                if kept is None:
                    response = self.get_response(request)
                    if not self._may_keep(request, response):
                        return self._private(response)
                    kept = self._packed(response, tag, encoding)
                    if len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY:
                        shelf.set(key, kept, timeout=3600)
        status, headers, body = kept
        return HttpResponse(b"" if request.method == "HEAD" else body, status=status, headers=headers)

    def _may_answer(self, request: HttpRequest) -> bool:
        if request.method not in {"GET", "HEAD"} or "Authorization" in request.headers:
            return False
        return not ({settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys())

    def _may_keep(self, request: HttpRequest, response: HttpResponse) -> bool:
        """Pages that their view calls the same for everybody; never one that was drawn for somebody, or holds a token."""
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and getattr(response, "cacheable_page", False)
            and not request.user.is_authenticated
            and b"csrfmiddlewaretoken" not in response.content
        )

    def _packed(self, response: HttpResponse, tag: str, encoding: str) -> Page:
        response["ETag"] = tag
        response["Cache-Control"] = "public, no-cache"
        patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
        headers = {k: v for k, v in response.items() if k not in _KEPT_HEADERS_DROPPED}
        body = response.content
        if encoding and len(body) >= SMALLEST_COMPRESSED and _TEXT.search(headers.get("Content-Type", "")):
            body, headers["Content-Encoding"] = compressed(body, encoding), encoding
        return response.status_code, {**headers, "Content-Length": str(len(body))}, body

    def _private(self, response: HttpResponse) -> HttpResponse:
        """Pages that were drawn for somebody stay out of every cache on the way."""
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"
            patch_vary_headers(response, ("Cookie",))
        return response

    def _tag(self, request: HttpRequest) -> str:
        parts = (
            request.scheme or "",
            request.get_host(),
            request.get_full_path(),
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
