"""The steps of an action: add, change, tick, put in order, take away."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from senne.core.viewing import who
from senne.plan.api import Step, do
from senne.workspace.forms.around import StepForm
from senne.workspace.reach import colleagues
from senne.workspace.saving import attempt, edit
from senne.workspace.views.action.common import frame, group_address, the_action, the_child
from senne.workspace.views.common import staff_page


@staff_page
def steps(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The list, and a form for one more at the end."""
    action, actor = the_action(request, plan, code), who(request)
    form = StepForm(request.POST or None, people=colleagues(actor, action))
    if request.method == "POST" and form.is_valid():
        values = {**form.values(), "order": len(action.steps.all())}
        if attempt(form, lambda: do.add_child(Step, action, values, actor=actor)):
            messages.success(request, _("The step is added."))
            return redirect(group_address(action, "steps") + "#steps")
    context = frame(request, action, "steps", form=form, today=timezone.localdate())
    return render(request, "workspace/action/steps.html", context)


@staff_page
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """One step: title, due date, who does it, done on."""
    record, actor = the_child(request, Step, pk), who(request)
    action = the_action(request, record.action.plan.code, record.action.code)

    def change(values: dict[str, Any], version: int) -> None:
        do.change_child(record, values, actor=actor, expected_version=version)

    editing = edit(request, partial(StepForm, people=colleagues(actor, action)), StepForm.initial_of, record, change)
    if editing.done:
        messages.success(request, _("Saved."))
        return redirect(group_address(action, "steps") + "#steps")
    return render(request, "workspace/action/step.html", frame(request, action, "steps", **editing.shown, step=record))


@staff_page
@require_POST
def act_on_step(request: HttpRequest, pk: int) -> HttpResponse:
    """What the pressed button says: tick, untick, up, down, remove."""
    ticking = "tick" in request.POST or "untick" in request.POST
    record, actor = the_child(request, Step, pk, "report" if ticking else "edit"), who(request)
    if ticking:
        do.tick_step(record, timezone.localdate() if "tick" in request.POST else None, actor=actor)
    elif "remove" in request.POST:
        do.remove_child(record, actor=actor)
        messages.success(request, _("The step is removed. The history keeps it."))
    elif "up" in request.POST or "down" in request.POST:
        do.move_step(record, "up" in request.POST, actor=actor)
    return redirect(group_address(record.action, "steps") + "#steps")
