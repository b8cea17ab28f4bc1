"""Files of editorial pages: drawings of pictures, which never change under their name, and documents."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from wagtail.documents.models import Document
from wagtail.documents.views import serve

from senne.site.editorial.members import may_edit
from senne.site.editorial.publishing import pages_showing

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}
FOLDER = "images/"
A_YEAR = 31_536_000


def picture(request: HttpRequest, name: str) -> FileResponse:
    """A drawing of a picture. Originals, which may hold more than they show, are never given out here."""
    kind = TYPES.get(name.rsplit(".", 1)[-1].lower())
    if kind is None or "/" in name or not default_storage.exists(FOLDER + name):
        raise Http404
    response = FileResponse(default_storage.open(FOLDER + name), content_type=kind)
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


def document(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """A document that a published page refers to; editors see the others too."""
    found = Document.objects.filter(pk=number).first()
    if found is None or not (pages_showing(found) or may_edit(request.actor)):  # type: ignore[attr-defined]
        raise Http404
    response: HttpResponse = serve.serve(request, number, name)
    return response
