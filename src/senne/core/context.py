"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from senne.core.text import LANGUAGE_NAMES, LANGUAGES, reader_language


def common(request: HttpRequest) -> dict[str, Any]:
    """The actor, the language, the same page in the other languages, and the public address."""
    path = request.get_full_path()
    rest = path[3:] if len(path) > 2 and path[1:3] in LANGUAGES else path
    return {
        "actor": getattr(request, "actor", None),
        "language": reader_language(),
        "same_page": [(code, name, f"/{code}{rest}") for code, name in LANGUAGE_NAMES.items()],
        "public_url": settings.PUBLIC_URL,
        "page_path": path.split("?")[0],
    }
