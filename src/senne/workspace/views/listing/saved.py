"""Saved views: keep the one on the screen, rename, share, delete."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from senne.core.models import Organisation, Person
from senne.core.policy import can_keep_view
from senne.core.records import Conflict
from senne.core.viewing import key_in, one, who
from senne.workspace import saved
from senne.workspace.models import SavedView
from senne.workspace.views.common import staff_page


@staff_page
def saved_views(request: HttpRequest) -> HttpResponse:
    """All views that the reader may choose from; a form for each that is theirs to change."""
    if request.method == "POST":
        return _act(request)
    return _page(request)


def _page(request: HttpRequest, fault: str = "", at: int = 0, typed: str = "") -> HttpResponse:
    """`fault` is shown at the view `at`, whose name stays as it was `typed`."""
    actor = who(request)
    person = Person.objects.select_related("organisation").filter(pk=actor.person_id or 0).first()
    views = list(saved.views_for(actor))
    own = [view for view in views if view.person_id == actor.person_id]
    context = {
        "own": own,
        "others": [(view, can_keep_view(actor, view.subject())) for view in views if view not in own],
        "sharing": saved.sharing_choices(person) if person else [],
        "fault": fault,
        "at": at,
        "typed": typed,
    }
    return render(request, "workspace/listing/saved.html", context)


def _act(request: HttpRequest) -> HttpResponse:
    key = request.POST.get("view", "")
    if not key:
        return _keep(request)
    view = one(saved.views_for(who(request)), pk=key_in(key))
    return _drop(request, view) if "drop" in request.POST else _change(request, view)


def _keep(request: HttpRequest) -> HttpResponse:
    """A new one, and back to what it shows."""
    try:
        view = saved.keep_view(
            request.POST.get("name", "")[:80], request.POST.get("query", ""), _unit(request), actor=who(request)
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(f"{reverse('workspace:actions')}?{saved.canonical(request.POST.get('query', ''))}")
    messages.success(request, _("Kept as “%(name)s”.") % {"name": view.name})
    return redirect(f"{reverse('workspace:actions')}?{view.query}")


def _change(request: HttpRequest, view: SavedView) -> HttpResponse:
    name, version = request.POST.get("name", "")[:80], key_in(request.POST.get("version", ""))
    try:
        saved.change_view(view, name, _unit(request), actor=who(request), expected_version=version or None)
    except ValidationError as error:
        return _page(request, " ".join(error.messages), view.pk, name)
    except Conflict:
        return _page(
            request, _("This view was changed meanwhile. Save once more to put yours in its place."), view.pk, name
        )
    messages.success(request, _("Saved."))
    return redirect("workspace:saved_views")


def _drop(request: HttpRequest, view: SavedView) -> HttpResponse:
    name = view.name
    saved.drop_view(view, actor=who(request))
    messages.success(request, _("“%(name)s” is deleted.") % {"name": name})
    return redirect("workspace:saved_views")


def _unit(request: HttpRequest) -> Organisation | None:
    """The organisation that the form names, if there is one."""
    return Organisation.objects.filter(pk=key_in(request.POST.get("shared_with", ""))).first()
