"""The log of mails with their fate, for the coordination; where no mail server is set, also those about accounts."""

from __future__ import annotations

import email
from email import policy as mail_policy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from senne.core.mailing import post
from senne.core.mailing.models import Mail
from senne.core.mailing.transport import KEY_HEADER
from senne.core.models import Organisation, Person
from senne.core.policy import Actor, Role
from senne.core.reach import managed
from senne.core.viewing import one, page_of, who
from senne.workspace.views.common import must_be, staff_page

AGAIN = (Mail.State.REFUSED, Mail.State.FAILED, Mail.State.UNCLEAR)


def _mails(request: HttpRequest) -> QuerySet[Mail]:
    """Mails to people whom the reader manages; letters to citizens are nobody's to read."""
    must_be(who(request), (Role.COORDINATION,))
    return Mail.objects.filter(managed(who(request), "person__organisation__")).select_related("person__organisation")


@staff_page
def outbox(request: HttpRequest) -> HttpResponse:
    """The latest first, by state."""
    found = _mails(request)
    counted = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
    state = request.GET.get("state", "")
    shown = found.filter(state=state) if state in Mail.State.values else found
    context = {
        "page": page_of(shown.defer("text"), request, 40),
        "counts": [(choice, choice.label, counted[choice]) for choice in Mail.State if counted.get(choice)],
        "state": state,
        "letters": _letters(_addresses(who(request))) if settings.LOCAL and not state else [],
        "in_folder": settings.EMAIL_BACKEND.endswith("FolderBackend"),
    }
    return render(request, "workspace/outbox.html", context)


def _addresses(actor: Actor) -> set[str]:
    """The addresses of the people whom the reader manages, of their accounts, and of those organisations."""
    people = Person.objects.filter(managed(actor, "organisation__"))
    found = {*people.values_list("email", flat=True), *people.values_list("user__email", flat=True)}
    found |= set(Organisation.objects.filter(managed(actor)).values_list("email", flat=True))
    return {address.lower() for address in found if address}


def _letters(addresses: set[str]) -> list[dict[str, Any]]:
    """Mails about accounts (invitations, passwords) to these addresses, from the folder of a machine without a server."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", ""))
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True) if folder.is_dir() else []
    found = []
    for file in files[:200]:
        mail = email.message_from_bytes(file.read_bytes(), policy=mail_policy.default)
        if not mail[KEY_HEADER] and str(mail["To"]).lower() in addresses:
            found.append(
                {"to": mail["To"], "subject": mail["Subject"], "date": mail["Date"], "body": mail.get_content()}
            )
    return found[:20]


@staff_page
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as plain text, its fate, and another try where it did not arrive."""
    found = one(_mails(request), pk=pk)
    if request.method == "POST":
        post.send_again(found, timezone.now(), actor=who(request))
        messages.success(request, _("It will be tried again within a minute."))
        return redirect("workspace:mail", pk)
    return render(request, "workspace/mail.html", {"mail": found, "may_retry": found.state in AGAIN})
