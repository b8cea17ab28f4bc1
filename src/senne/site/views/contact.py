"""Write to the city: about the site, or about one action."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from senne.core.feedback import receive_feedback
from senne.core.limits import too_many
from senne.core.records import kind_of
from senne.core.text import reader_language
from senne.core.viewing import who
from senne.plan.api import Action, Objective, queries
from senne.site.forms import ContactForm, time_stamp
from senne.site.links import address_of

MESSAGES_AN_HOUR = 5


def _about(request: HttpRequest) -> Action | Objective | None:
    """The record that the address names ('PLAN/CODE', and kind=objective for an objective), if the reader may see it."""
    plan, _sep, code = request.GET.get("about", "").replace("\x00", "").partition("/")
    if not code:
        return None
    if request.GET.get("kind") == "objective":
        return queries.objectives(who(request)).filter(plan__code=plan, code=code).first()
    return queries.actions(who(request)).filter(plan__code=plan, code=code).first()


@never_cache
def contact(request: HttpRequest) -> HttpResponse:
    """The form; a refused message stays in its fields, so that nothing written is lost."""
    about = _about(request)
    form = ContactForm(request.POST or None, initial={"shown_at": time_stamp()})
    status = 200
    if request.method == "POST" and form.is_valid():
        if too_many("contact", request, MESSAGES_AN_HOUR, 3600):
            form.add_error(None, _("Too many messages from your connection. Try again in an hour."))
            status = 429
        else:
            _keep(form.cleaned_data, about, request)
            return redirect("site:thanks")
    if request.method == "POST":
        data = request.POST.copy()
        data["shown_at"] = time_stamp()
        form.data = data
    return render(request, "site/contact.html", {"form": form, "about": about}, status=status)


def _keep(data: dict[str, Any], about: Action | Objective | None, request: HttpRequest) -> None:
    values: dict[str, Any] = {
        "language": reader_language(),
        "name": data["name"],
        "email": data["email"],
        "message": data["message"],
        "may_publish": data["may_publish"],
    }
    if about is not None:
        values |= {
            "kind": kind_of(about),
            "record_id": about.pk,
            "record_label": about.title if isinstance(about, Action) else about.statement,
            "record_path": address_of(about),
            "organisation": about.lead or about.plan.organisation,
        }
    receive_feedback(values, actor=who(request))


def thanks(request: HttpRequest) -> HttpResponse:
    """The message arrived."""
    return render(request, "site/thanks.html")
