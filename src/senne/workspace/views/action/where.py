"""Where an action takes place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from senne.core.viewing import who
from senne.plan.api import Action, do, queries
from senne.workspace.forms.action import WhereForm
from senne.workspace.saving import edit
from senne.workspace.views.action.common import frame, group_address, the_action
from senne.workspace.views.common import staff_page


@staff_page
def where(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """A text field for a point, a line or an area; drawn once it is saved."""
    action, actor = the_action(request, plan, code), who(request)

    def change(values: dict[str, Any], version: int) -> None:
        place = values["location"]
        text = place if isinstance(place, str) else do.place_text(place)
        do.place_action(action, text, actor=actor, expected_version=version)

    editing = edit(request, WhereForm, _initial, action, change)
    if editing.done:
        messages.success(request, _("Saved."))
        return redirect(group_address(action, "where"))
    others = queries.actions(actor).filter(plan=action.plan, location__isnull=False).exclude(pk=action.pk)
    places = [place for place in others.values_list("location", flat=True)[:50] if place]
    return render(
        request, "workspace/action/where.html", frame(request, action, "where", **editing.shown, others=places)
    )


def _initial(action: Action) -> dict[str, Any]:
    return {"version": action.version, "place": do.place_text(action.location)}
