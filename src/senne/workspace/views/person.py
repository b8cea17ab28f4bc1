"""One person: details, roles, account, what they are named on, and their leaving with a handover."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from senne.core import people as people_actions
from senne.core.models import Person
from senne.core.policy import Actor, Role, can_erase_people
from senne.core.privacy.erasing import may_be_erased
from senne.core.viewing import key_in, one, who
from senne.plan.api import do
from senne.workspace import reach
from senne.workspace.addresses import history_address
from senne.workspace.forms.base import initial_from
from senne.workspace.forms.people import LeaveForm, LinkAccountForm, PersonForm, RoleForm
from senne.workspace.naming import named_on
from senne.workspace.saving import attempt, edit
from senne.workspace.views.common import must_be, staff_page
from senne.workspace.views.people import role_text


def _the_person(request: HttpRequest, pk: int) -> Person:
    must_be(who(request))
    return one(reach.people(who(request)), pk=pk)


def _role_form(actor: Actor, data: Any = None) -> RoleForm:
    """Only the coordination gives the coordination role; a body's manager gives those of a body."""
    roles = set(Role) if actor.paths(Role.COORDINATION) else set(Role) - {Role.COORDINATION}
    own = reach.organisations(actor).filter(dissolved_on=None)
    return RoleForm(data, organisations=own, roles=roles, prefix="role")


@staff_page
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the details; below them everything else, each with its own button."""
    record, actor = _the_person(request, pk), who(request)

    def change(values: dict[str, Any], version: int) -> None:
        people_actions.change_person(record, values, actor=actor, expected_version=version)

    own = reach.organisations(actor).filter(dissolved_on=None)
    make = partial(PersonForm, organisations=own, person=record)
    editing = edit(request, make, lambda current: initial_from(current, PersonForm), record, change)
    if editing.done:
        messages.success(request, _("Saved."))
        return redirect("workspace:person", pk)
    return _page(request, record, **editing.shown)


def _page(request: HttpRequest, record: Person, **more: Any) -> HttpResponse:
    actor, today = who(request), timezone.localdate()
    roles = [(role, role_text(role)) for role in record.roles.select_related("organisation")]
    context = {
        "person": record,
        "named": named_on(record, actor, today),
        "roles_now": [(role, text) for role, text in roles if role.until is None or role.until > today],
        "roles_before": [(role, text) for role, text in roles if role.until is not None and role.until <= today],
        "role_form": _role_form(actor),
        "link_form": LinkAccountForm(prefix="link"),
        "history": history_address(record),
        "may_erase": can_erase_people(actor, record.subject()) and not may_be_erased(record, today),
        "today": today,
        **more,
    }
    return render(request, "workspace/people/person.html", context)


@staff_page
@require_POST
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    """A role from today on."""
    record, actor = _the_person(request, pk), who(request)
    form = _role_form(actor, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        give = partial(people_actions.give_role, record, Role(data["role"]), data["organisation"], actor=actor)
        if attempt(form, lambda: give(since=timezone.localdate(), register=data["register"])):
            messages.success(request, _("The role is given."))
            return redirect("workspace:person", pk)
    return _page(request, record, role_form=form)


@staff_page
@require_POST
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """A role ends today."""
    record = _the_person(request, pk)
    role = one(record.roles.filter(until=None), pk=key_in(request.POST.get("role", "")))
    people_actions.end_role(role, timezone.localdate(), actor=who(request))
    messages.success(request, _("The role has ended."))
    return redirect("workspace:person", pk)


@staff_page
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the mail with which the person opens an account."""
    record = _the_person(request, pk)
    done = _("The invitation is on its way to %(email)s.") % {"email": record.email}
    return _try(request, record, lambda: people_actions.invite(record, actor=who(request)), done)


@staff_page
@require_POST
def link_account(request: HttpRequest, pk: int) -> HttpResponse:
    """The person has an account already: tie them."""
    record, actor = _the_person(request, pk), who(request)
    form = LinkAccountForm(request.POST, prefix="link")
    if form.is_valid():
        address = form.cleaned_data["account"]
        if attempt(form, lambda: people_actions.link_account(record, address, actor=actor)):
            messages.success(request, _("The account is linked."))
            return redirect("workspace:person", pk)
    return _page(request, record, link_form=form)


def _try(request: HttpRequest, record: Person, act: Callable[[], Any], done: str) -> HttpResponse:
    try:
        act()
        messages.success(request, done)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("workspace:person", record.pk)


@staff_page
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """What becomes ownerless is shown first; it goes to somebody else in the same go, or waits on the lists."""
    record, actor, today = _the_person(request, pk), who(request), timezone.localdate()
    others = reach.colleagues(actor).exclude(pk=record.pk)
    form = LeaveForm(request.POST or None, people=others, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        passed: list[int] = []
        if attempt(form, lambda: passed.append(_leave(record, form.cleaned_data, actor))):
            messages.success(request, _left_text(record, form.cleaned_data["to"], passed[0]))
            return redirect("workspace:person", pk)
    context = {"person": record, "form": form, "named": named_on(record, actor, today), "today": today}
    return render(request, "workspace/people/leave.html", context)


@transaction.atomic
def _leave(record: Person, data: dict[str, Any], actor: Actor) -> int:
    """Hand over, then leave: both or neither."""
    passed = do.hand_over(record, data["to"], actor=actor, reason=data["reason"]) if data["to"] else 0
    people_actions.leave(record, data["on"], actor=actor, reason=data["reason"])
    return passed


def _left_text(record: Person, to: Person | None, passed: int) -> str:
    if to is None:
        return _("%(name)s leaves. What they carried waits for an owner on your lists.") % {"name": record.name}
    text = ngettext(
        "%(name)s leaves. %(n)d record went to %(to)s.", "%(name)s leaves. %(n)d records went to %(to)s.", passed
    )
    return text % {"name": record.name, "n": passed, "to": to.name}


@staff_page
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The same handover later, or without leaving."""
    record, actor = _the_person(request, pk), who(request)
    others = reach.colleagues(actor).exclude(pk=record.pk)
    form = LeaveForm(request.POST or None, people=others)
    del form.fields["on"]
    to: Any = form.fields["to"]
    to.required, to.empty_label = True, pgettext("choice", "choose…")
    if request.method == "POST" and form.is_valid():
        data, passed = form.cleaned_data, []
        if attempt(form, lambda: passed.append(do.hand_over(record, data["to"], actor=actor, reason=data["reason"]))):
            text = ngettext("%(n)d record went to %(to)s.", "%(n)d records went to %(to)s.", passed[0])
            messages.success(request, text % {"n": passed[0], "to": data["to"].name})
            return redirect("workspace:person", pk)
    named = named_on(record, actor, timezone.localdate())
    context = {"person": record, "form": form, "named": named, "only_hand_over": True}
    return render(request, "workspace/people/leave.html", context)
