"""A new action: the least that it needs, the rest on its pages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from senne.core.policy import Actor, Role
from senne.core.viewing import key_in, who
from senne.plan.api import Action, Objective, do, queries
from senne.workspace.forms.action import NewActionForm
from senne.workspace.reach import possible_leads
from senne.workspace.saving import attempt
from senne.workspace.views.action.common import group_address
from senne.workspace.views.common import staff_page


@staff_page
def new(request: HttpRequest) -> HttpResponse:
    """From the structure page the objective is chosen already (`?objective=`)."""
    actor = who(request)
    leads = possible_leads(actor)
    if not leads:
        raise PermissionDenied
    objectives = queries.objectives(actor).order_by("-plan__is_main", "plan__code", "axis__order", "order", "code")
    near = _asked(request, objectives)
    form = NewActionForm(request.POST or None, objectives=objectives, leads=leads, initial=_initial(near, leads, actor))
    made: list[Action] = []
    if attempt(form, lambda: made.append(do.create_action(form.values(), actor=actor))):
        messages.success(request, _("The action is added. Here you can say more about it."))
        return redirect(group_address(made[0], "what"))
    return render(request, "workspace/new_action.html", {"form": form})


def _asked(request: HttpRequest, objectives: Any) -> Objective | None:
    found: Objective | None = objectives.filter(pk=key_in(request.GET.get("objective", ""))).first()
    return found


def _initial(near: Objective | None, leads: Any, actor: Actor) -> dict[str, Any]:
    initial: dict[str, Any] = {"visibility": "internal"}
    if near is not None:
        initial |= {"objective": near.pk, "code": do.next_action_code(near)}
    offered = list(leads)
    own = [lead for lead in offered if lead.path in actor.paths(Role.HEAD, Role.BODY_MANAGER)]
    theirs = [lead for lead in offered if near and lead.pk == near.lead_id]
    return {**initial, "lead": next((lead.pk for lead in (*theirs, *own)), None)}
