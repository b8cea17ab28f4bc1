"""The JSON Schemas of what goes out, at addresses that stay: one file per version, never changed once published."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from senne.core.page_cache import cacheable

FOLDER = Path(__file__).parent / "schemas"


@cacheable
def schema(request: HttpRequest, name: str) -> HttpResponse:
    """A schema by its name and version ('plan-1'), with its address here as its `$id`."""
    path = FOLDER / f"{name}.json"
    if not path.is_file():
        raise Http404
    document = {"$id": settings.PUBLIC_URL + request.path, **json.loads(path.read_text(encoding="utf-8"))}
    return JsonResponse(
        document, content_type="application/schema+json", json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
