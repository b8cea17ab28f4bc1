"""Report on an action: prefilled from last time, one button where nothing changed, kept as a draft while it is written."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from senne.plan.api import rounds
from senne.workspace.addresses import work_address
from senne.workspace.reporting import ActionTask
from senne.workspace.views.action.common import the_action
from senne.workspace.views.answering import answer
from senne.workspace.views.common import staff_page


@staff_page
def report(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Where an open round asks for this report anyway, its page is the place; elsewhere the report stands alone."""
    action = the_action(request, plan, code, "report")
    waiting = rounds.waiting_for(action)
    if waiting is None:
        return answer(request, ActionTask(action))
    if request.method == "POST":
        return answer(request, ActionTask(action, waiting))
    back = request.GET.get("back", "")
    return redirect(work_address(waiting) + (f"?{urlencode({'back': back})}" if back else ""))
