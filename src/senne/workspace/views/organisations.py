"""Organisations that the reader looks after: the tree, one of them, a new one, and the end of one."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from senne.core import organisations as org_actions
from senne.core.models import Organisation
from senne.core.policy import Actor
from senne.core.viewing import one, who
from senne.plan.api import do
from senne.workspace import reach
from senne.workspace.addresses import history_address
from senne.workspace.forms.base import initial_from
from senne.workspace.forms.people import DissolveForm, NewOrganisationForm, OrganisationForm
from senne.workspace.naming import carried_by
from senne.workspace.saving import attempt, edit
from senne.workspace.views.common import must_be, staff_page


@staff_page
def organisations(request: HttpRequest) -> HttpResponse:
    """The tree, with the people and the actions of each."""
    actor = who(request)
    must_be(actor)
    found = reach.organisations(actor).annotate(
        person_count=Count("people", filter=Q(people__left_on=None), distinct=True),
        action_count=Count("led_actions", distinct=True),
    )
    return render(request, "workspace/organisations/list.html", {"organisations": found})


def _the_organisation(request: HttpRequest, pk: int) -> Organisation:
    must_be(who(request))
    return one(reach.organisations(who(request)), pk=pk)


@staff_page
def new(request: HttpRequest) -> HttpResponse:
    """One more in the tree."""
    actor = who(request)
    must_be(actor)
    own = reach.organisations(actor).filter(dissolved_on=None)
    form = NewOrganisationForm(request.POST or None, organisations=own, initial={"kind": "service", "order": 0})
    if attempt(form, lambda: org_actions.add_organisation(form.values(), actor=actor)):
        messages.success(request, _("The organisation is added."))
        return redirect("workspace:organisations")
    return render(request, "workspace/organisations/new.html", {"form": form})


@staff_page
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename it, move it; what it leads and who works there."""
    record, actor = _the_organisation(request, pk), who(request)

    def change(values: dict[str, Any], version: int) -> None:
        org_actions.change_organisation(record, values, actor=actor, expected_version=version)

    parents = Organisation.objects.filter(
        Q(pk__in=reach.organisations(actor).filter(dissolved_on=None).values("pk")) | Q(pk=record.parent_id or 0)
    ).order_by("path")
    make = partial(OrganisationForm, organisations=parents.exclude(path__startswith=record.path))
    editing = edit(request, make, lambda current: initial_from(current, OrganisationForm), record, change)
    if editing.done:
        messages.success(request, _("Saved."))
        return redirect("workspace:organisation", pk)
    context = {
        "organisation": record,
        **editing.shown,
        "carried": carried_by(record, actor),
        "history": history_address(record),
        "today": timezone.localdate(),
    }
    return render(request, "workspace/organisations/organisation.html", context)


@staff_page
def dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    """The day it ends; what it leads goes to the successor in the same go."""
    record, actor = _the_organisation(request, pk), who(request)
    others = reach.organisations(actor).filter(dissolved_on=None).exclude(pk=pk)
    form = DissolveForm(request.POST or None, organisations=others, initial={"on": timezone.localdate()})
    if attempt(form, lambda: _dissolve(record, form.cleaned_data, actor)):
        messages.success(request, _("%(name)s is dissolved. Its history stays.") % {"name": record})
        return redirect("workspace:organisation", pk)
    context = {"organisation": record, "form": form, "carried": carried_by(record, actor)}
    return render(request, "workspace/organisations/dissolve.html", context)


@transaction.atomic
def _dissolve(record: Organisation, data: dict[str, Any], actor: Actor) -> None:
    """Pass on, then dissolve: both or neither."""
    if data["successor"]:
        do.succeed(record, data["successor"], actor=actor, reason=data["reason"])
    org_actions.dissolve(record, data["on"], actor=actor, reason=data["reason"])
