"""Where a request comes from, and whether too many came from there lately."""

from __future__ import annotations

import hashlib
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The reader's address: what our own proxies (SENNE_PROXIES of them) say, and nothing that a reader may write."""
    hops = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if settings.PROXIES and len(hops) >= settings.PROXIES:
        return hops[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def too_many(what: str, request: HttpRequest, most: int, seconds: int, now: float | None = None) -> bool:
    """Whether `most` of them came from this address within the last `seconds`; if not, this one counts.

    The address is kept hashed, and no longer than that.
    """
    now = time.time() if now is None else now
    key = f"{what}:" + hashlib.sha256(client_address(request).encode()).hexdigest()[:32]
    lately = [at for at in cache.get(key, []) if at > now - seconds]
    if len(lately) >= most:
        return True
    cache.set(key, [*lately, now], timeout=seconds)
    return False
