"""Report on an action in two minutes: prefilled from last time, one button where nothing changed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from senne.core import policy
from senne.plan.api import Action, do
from senne.workspace.forms.reporting import ReportForm
from senne.workspace.saving import edit
from senne.workspace.views.action.common import the_action
from senne.workspace.views.common import back_or, staff_page, who


@staff_page
def report(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Status, steps, news; a colleague's report of this very moment is shown beside mine."""
    action, actor = the_action(request, plan, code, "report"), who(request)
    today = timezone.localdate()
    if request.method == "POST" and "unchanged" in request.POST:
        do.report(action, {}, actor=actor, today=today)
        return _thanks(request, action, _("Noted: nothing changed. Thank you."))

    def save(values: dict[str, Any], version: int) -> None:
        steps = values.pop("steps", None)
        do.report(action, values, actor=actor, today=today, steps_done=steps, expected_version=version)

    editing = edit(request, partial(ReportForm, action=action), ReportForm.initial_of, action, save)
    if editing.done:
        return _thanks(request, action, _("Your report is saved. Thank you."))
    context = {
        "action": action,
        "form": editing.form,
        "conflict": editing.conflict,
        "colleague": editing.colleague,
        "back": request.POST.get("back") or request.GET.get("back", ""),
        "may": policy.allowed(actor, action.subject()),
        "today": today,
    }
    return render(request, "workspace/report.html", context)


def _thanks(request: HttpRequest, action: Action, said: str) -> HttpResponse:
    """Back to where the person came from, with a link to what they reported on."""
    address = reverse("site:action", args=[action.plan.code, action.code])
    messages.success(request, format_html('{} <a href="{}">{} · {}</a>', said, address, action.code, action))
    return back_or(request, address)
