"""What becomes of an action: merged, replaced, opened again, copied, taken away. Each asks why, and leaves its trace."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from senne.core.viewing import who
from senne.plan.api import Action, do
from senne.workspace.finding import find_actions
from senne.workspace.forms.around import CopyForm
from senne.workspace.forms.base import ReasonForm
from senne.workspace.forms.ties import FateForm
from senne.workspace.saving import attempt
from senne.workspace.views.action.common import frame, group_address, the_action
from senne.workspace.views.common import staff_page


@staff_page
def close(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Merge it into another, or say that another takes its place: find the other, then say which and why."""
    action, actor = the_action(request, plan, code, "shape"), who(request)
    asked = (request.POST.get("action") or request.GET.get("action", ""))[:200]
    found = find_actions(actor, asked, but=action, today=timezone.localdate())
    form = FateForm(request.POST or None, found=found)
    if attempt(form, lambda: _close(request, action, form)):
        messages.success(request, _("Saved: the other action goes on."))
        return redirect("site:action", action.plan.code, action.code)
    context = frame(request, action, "ties", form=form, asked={"action": asked}, found_actions=found)
    return render(request, "workspace/action/close.html", context)


def _close(request: HttpRequest, action: Action, form: FateForm) -> None:
    act = do.merge_action if form.cleaned_data["fate"] == "merge" else do.supersede_action
    act(action, form.chosen(), actor=who(request), reason=form.cleaned_data["reason"])


@staff_page
def reopen(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """A merged or replaced action goes on under its own name again."""
    action, actor = the_action(request, plan, code, "shape"), who(request)
    form = ReasonForm(request.POST or None, label=_("Why"))
    if attempt(form, lambda: do.reopen_action(action, actor=actor, reason=form.cleaned_data["reason"])):
        messages.success(request, _("The action goes on under its own name."))
        return redirect(group_address(action, "ties"))
    words = {"title": _("Open this action again"), "button": _("Open again"), "danger": False}
    return render(request, "workspace/action/reason.html", frame(request, action, "ties", form=form, **words))


@staff_page
def copy(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """A copy to start anew, with its steps undone, under a code of its own."""
    action, actor = the_action(request, plan, code, "create"), who(request)
    near = action.objectives.first()
    form = CopyForm(request.POST or None, initial={"code": do.next_action_code(near) if near else ""})
    made: list[Action] = []
    if attempt(form, lambda: made.append(do.copy_action(action, form.cleaned_data["code"], actor=actor))):
        messages.success(request, _("The copy is made. Change what is different."))
        return redirect(group_address(made[0], "what"))
    return render(request, "workspace/action/copy.html", frame(request, action, "ties", form=form))


@staff_page
def delete(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Take an action away for good; its last state stays in the history of the city."""
    action, actor = the_action(request, plan, code, "delete"), who(request)
    form = ReasonForm(request.POST or None, label=_("Why"))
    if attempt(form, lambda: do.delete_action(action, actor=actor, reason=form.cleaned_data["reason"])):
        messages.success(request, _("The action %(code)s is taken away.") % {"code": action.code})
        return redirect("workspace:home")
    words = {"title": _("Take this action away"), "button": _("Take away"), "danger": True}
    return render(request, "workspace/action/reason.html", frame(request, action, "internal", form=form, **words))
