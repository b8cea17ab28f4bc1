"""What hangs on an action and is changed or taken away on its own: a link, a document, a line of the budget."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from senne.core.viewing import who
from senne.plan.api import do
from senne.workspace.forms.base import WorkForm
from senne.workspace.saving import attempt
from senne.workspace.views.action.common import frame, group_address, the_action


def change_child(request: HttpRequest, record: Any, form: WorkForm, group: str, title: str) -> HttpResponse:
    """Its form, or back to the page of the group once it is saved."""
    action, actor = the_action(request, record.action.plan.code, record.action.code), who(request)
    if attempt(form, lambda: do.change_child(record, form.values(), actor=actor)):
        messages.success(request, _("Saved."))
        return redirect(group_address(action, group))
    return render(request, "workspace/action/child.html", frame(request, action, group, form=form, title=title))


def remove_child(request: HttpRequest, record: Any, group: str, said: str) -> HttpResponse:
    """Take it away; the history keeps it."""
    do.remove_child(record, actor=who(request))
    messages.success(request, said)
    return redirect(group_address(record.action, group))
