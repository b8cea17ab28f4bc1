"""The people whom the reader looks after: search, filter, page by page; somebody new."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from senne.core import people as people_actions
from senne.core.models import Person, RoleAssignment
from senne.core.policy import Role
from senne.core.viewing import page_of, who, words_in
from senne.workspace import reach
from senne.workspace.forms.people import PersonForm
from senne.workspace.saving import attempt
from senne.workspace.views.common import must_be, staff_page
from senne.workspace.words import ROLE_EXPLANATIONS, ROLE_LABELS

STATES = ("here", "left", "no_account", "")


@staff_page
def people(request: HttpRequest) -> HttpResponse:
    """By name or address, by organisation (with all below it), those who left apart."""
    actor = who(request)
    must_be(actor)
    asked = {name: words_in(request.GET.get(name, ""), 200) for name in ("q", "organisation")}
    state = request.GET.get("state", "here")
    asked["state"] = state if state in STATES else "here"
    own = reach.organisations(actor)
    found = reach.people(actor).prefetch_related("roles__organisation").order_by("name", "pk")
    if words := asked["q"]:
        found = found.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if unit := own.filter(code=asked["organisation"]).first():
        found = found.filter(organisation__path__startswith=unit.path)
    page = page_of(found.filter(_state_q(asked["state"])), request, 25)
    context = {
        "page": page,
        "rows": [(person, held_roles(person)) for person in page],
        "asked": asked,
        "organisations": own,
        "sees_trail": bool(actor.paths(Role.COORDINATION)),
        "roles": [(ROLE_LABELS[role], ROLE_EXPLANATIONS[role]) for role in Role],
    }
    return render(request, "workspace/people/list.html", context)


def _state_q(state: str) -> Q:
    return {
        "here": Q(left_on=None),
        "left": Q(left_on__isnull=False),
        "no_account": Q(left_on=None, user=None),
        "": Q(),
    }[state]


def held_roles(person: Person) -> list[str]:
    """The roles held now, in words (reads `roles`: prefetch them in lists)."""
    return [role_text(role) for role in person.roles.all() if role.until is None]


def role_text(role: RoleAssignment) -> str:
    """'Head of department · Public buildings'."""
    label = ROLE_LABELS[Role(role.role)]
    return f"{label} · {role.organisation}" + (f" ({role.register})" if role.register else "")


@staff_page
def new(request: HttpRequest) -> HttpResponse:
    """Somebody new; roles and the invitation follow on their page."""
    actor = who(request)
    must_be(actor)
    form = PersonForm(
        request.POST or None,
        organisations=reach.organisations(actor).filter(dissolved_on=None),
        initial={"language": "fr"},
    )
    made: list[Any] = []
    if attempt(form, lambda: made.append(people_actions.add_person(form.values(), actor=actor))):
        messages.success(request, _("%(name)s is added.") % {"name": made[0].name})
        return redirect("workspace:person", made[0].pk)
    return render(request, "workspace/people/new.html", {"form": form})
