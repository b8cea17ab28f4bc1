"""People, roles, invitations; organisations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from senne.core import organisations as org_actions
from senne.core import people as people_actions
from senne.core.models import Organisation, Person, RoleAssignment
from senne.core.policy import Actor, Role
from senne.core.records import Conflict
from senne.workspace.forms import NewOrganisationForm, OrganisationForm, PersonForm, RoleForm
from senne.workspace.views.common import put_errors, staff_page, who
from senne.workspace.words import ROLE_LABELS


def _reach(actor: Actor, prefix: str) -> Q:
    reach = Q(pk__in=[])
    for grant in actor.grants:
        if grant.role in {Role.COORDINATION, Role.BODY_MANAGER}:
            reach |= Q(**{f"{prefix}path__startswith": grant.path})
    return reach


def _people(actor: Actor) -> QuerySet[Person]:
    if not actor.paths(Role.COORDINATION, Role.BODY_MANAGER):
        raise PermissionDenied
    return Person.objects.filter(_reach(actor, "organisation__")).select_related("organisation", "user")


def _organisations(actor: Actor) -> QuerySet[Organisation]:
    if not actor.paths(Role.COORDINATION, Role.BODY_MANAGER):
        raise PermissionDenied
    return Organisation.objects.filter(_reach(actor, "")).select_related("parent")


@staff_page
def people(request: HttpRequest) -> HttpResponse:
    """The people whom the reader looks after."""
    found = _people(who(request)).prefetch_related("roles__organisation")
    if words := request.GET.get("q", "").strip():
        found = found.filter(Q(name__icontains=words) | Q(email__icontains=words))
    rows = [(person, [_role_text(role) for role in person.roles.all() if role.until is None]) for person in found]
    return render(request, "workspace/people.html", {"rows": rows, "words": words})


def _role_text(role: RoleAssignment) -> str:
    label = ROLE_LABELS[Role(role.role)]
    return f"{label} · {role.organisation}" + (f" ({role.register})" if role.register else "")


@staff_page
def new(request: HttpRequest) -> HttpResponse:
    """Somebody new."""
    form = PersonForm(request.POST or None, initial={"language": "fr"})
    if request.method == "POST" and form.is_valid():
        try:
            person = people_actions.add_person(_plain(form.cleaned_data), actor=who(request))
            messages.success(request, _("%(name)s is added.") % {"name": person.name})
            return redirect("workspace:person", person.pk)
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "workspace/form.html", {"form": form, "title": _("New person")})


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "version"}


@staff_page
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Details, roles, invitation, leaving."""
    record = _people(who(request)).filter(pk=pk).first()
    if record is None:
        raise Http404
    names = ("name", "email", "title", "organisation", "language", "version")
    form = PersonForm(request.POST if "save" in request.POST else None, initial={n: getattr(record, n) for n in names})
    role_form = RoleForm(request.POST if "give" in request.POST else None)
    if request.method == "POST":
        try:
            if _handle(request, record, form, role_form):
                return redirect("workspace:person", pk)
        except Conflict:
            form.add_error(None, _("A colleague changed this person meanwhile. Reload the page to see it."))
        except ValidationError as error:
            put_errors(role_form if "give" in request.POST else form, error)
            if not form.is_bound and not role_form.is_bound:
                messages.error(request, " ".join(error.messages))
    roles = [(role, _role_text(role)) for role in record.roles.select_related("organisation")]
    context = {"person": record, "form": form, "role_form": role_form, "roles": roles}
    return render(request, "workspace/person.html", context)


def _handle(request: HttpRequest, record: Person, form: PersonForm, role_form: RoleForm) -> bool:
    """Do what the pressed button says; False where a form has faults."""
    actor, today = who(request), timezone.localdate()
    if "save" in request.POST:
        if not form.is_valid():
            return False
        version = form.cleaned_data["version"]
        people_actions.change_person(record, _plain(form.cleaned_data), actor=actor, expected_version=version)
    elif "give" in request.POST:
        if not role_form.is_valid():
            return False
        data = role_form.cleaned_data
        people_actions.give_role(
            record,
            Role(data["role"]),
            data["organisation"],
            actor=actor,
            since=today,
            register=data["register"],
        )
    elif "end" in request.POST:
        role = record.roles.filter(pk=request.POST["end"], until=None).first()
        if role is not None:
            people_actions.end_role(role, today, actor=actor)
    elif "invite" in request.POST:
        people_actions.invite(record, actor=actor)
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": record.email})
        return True
    elif "leave" in request.POST:
        people_actions.leave(record, today, actor=actor)
    messages.success(request, _("Saved."))
    return True


@staff_page
def organisations(request: HttpRequest) -> HttpResponse:
    """The tree that the reader looks after."""
    found = _organisations(who(request)).order_by("path")
    return render(request, "workspace/organisations.html", {"organisations": found})


@staff_page
def new_organisation(request: HttpRequest) -> HttpResponse:
    """One more in the tree."""
    _organisations(who(request))
    form = NewOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            org_actions.add_organisation(_plain(form.cleaned_data), actor=who(request))
            return redirect("workspace:organisations")
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "workspace/form.html", {"form": form, "title": _("New organisation")})


@staff_page
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, move, dissolve."""
    record = _organisations(who(request)).filter(pk=pk).first()
    if record is None:
        raise Http404
    names = ("name", "kind", "parent", "email", "dissolved_on", "version")
    form = OrganisationForm(request.POST or None, initial={n: getattr(record, n) for n in names})
    if request.method == "POST" and form.is_valid():
        try:
            org_actions.change_organisation(
                record,
                _plain(form.cleaned_data),
                actor=who(request),
                expected_version=form.cleaned_data["version"],
            )
            messages.success(request, _("Saved."))
            return redirect("workspace:organisations")
        except Conflict:
            form.add_error(None, _("A colleague changed this organisation meanwhile. Reload the page to see it."))
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "workspace/form.html", {"form": form, "title": str(record)})
