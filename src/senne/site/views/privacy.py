"""The register of personal data, for everybody to read; and one's own data, by a link sent to one's address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from senne.core.limits import too_many
from senne.core.page_cache import cacheable
from senne.core.privacy import citizens
from senne.core.privacy.exporting import file_name, packed
from senne.core.privacy.register import treatments
from senne.core.text import reader_language
from senne.site.forms import AddressForm

LINKS_AN_HOUR = 5


@cacheable
def register(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why, how long, and who sees it: drawn from what the code declares beside its models."""
    return render(request, "site/pages/privacy.html", {"treatments": treatments()})


@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the link. The answer is the same whether or not anything is kept: it betrays no address."""
    form = AddressForm(request.POST or None)
    status, sent = 200, False
    if request.method == "POST" and form.is_valid():
        if too_many("your_data", request, LINKS_AN_HOUR, 3600):
            form.add_error(None, _("Too many requests from your connection. Try again in an hour."))
            status = 429
        else:
            citizens.send_link(form.cleaned_data["email"], reader_language(), timezone.now())
            sent = True
    return render(request, "site/your_data/ask.html", {"form": form, "sent": sent}, status=status)


def _address(token: str) -> str:
    address = citizens.address_behind(token)
    if address is None:
        raise Http404
    return address


@never_cache
def yours(request: HttpRequest, token: str) -> HttpResponse:
    """What is kept under the address of the link; POST erases it."""
    address = citizens.address_behind(token)
    if address is None:
        return render(request, "site/your_data/over.html", status=404)
    if request.method == "POST":
        citizens.erase_yours(address)
        return redirect(f"{request.path}?done=1")
    context = {
        "chapters": citizens.yours(address),
        "address": address,
        "token": token,
        "done": "done" in request.GET,
    }
    return render(request, "site/your_data/yours.html", context)


@never_cache
@require_POST
def download(request: HttpRequest, token: str) -> HttpResponse:
    """The same, in one file: a page to read, and data for machines."""
    address, language = _address(token), reader_language()
    content = packed(citizens.yours(address), address, language, timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{file_name(language)}"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)
