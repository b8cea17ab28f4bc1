"""Out of a kind of mail with one click, without a login (RFC 8058)."""

from __future__ import annotations

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from senne.core.mailing import notices
from senne.core.models import Person


@never_cache
@csrf_exempt
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks (mail scanners open links), POST does: from the page's button or straight from the mail program."""
    if request.method == "POST":
        found = notices.unsubscribe(token)
        if found is None:
            raise Http404
        return _page(request, found[0], found[1], done=True)
    try:
        person_id, kind = signing.loads(token, salt=notices.SALT)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Http404
    return _page(request, person, kind, done=False)


def _page(request: HttpRequest, person: Person, kind: str, done: bool) -> HttpResponse:
    with override(person.language):
        heading = "" if kind == "all" else notices.heading(kind)
        return render(request, "mailing/unsubscribe.html", {"kind": heading, "done": done, "language": person.language})
