"""What happened to accounts and roles, for the coordination: logins, failures, passwords, second factors, roles, closings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from senne.core.history import security_trail
from senne.core.policy import Role
from senne.core.viewing import page_of, who
from senne.workspace.telling import tell
from senne.workspace.views.common import must_be, staff_page


@staff_page
def trail(request: HttpRequest) -> HttpResponse:
    """Newest first, of the people below the reader."""
    actor = who(request)
    must_be(actor, (Role.COORDINATION,))
    page = page_of(security_trail(actor), request, 30)
    context = {
        "record": _("Accounts and roles"),
        "code": _("People"),
        "address": reverse("workspace:people"),
        "page": page,
        "entries": tell(page, actor),
    }
    return render(request, "workspace/history.html", context)
