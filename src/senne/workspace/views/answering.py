"""A report being written: shown with its draft, kept while it is written, saved, or sent with one click as unchanged."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from senne.core import drafts, policy
from senne.core.viewing import who
from senne.plan.api import Action, do, measured
from senne.workspace.reporting import Task
from senne.workspace.saving import Editing, edit
from senne.workspace.views.common import back_or


def answer(request: HttpRequest, task: Task, **more: Any) -> HttpResponse:
    """The page of a report; `more` goes to the template."""
    task.figures = measured.figures_asked(task.record, who(request), timezone.localdate())
    if request.method == "POST":
        for button, deed in (("keep", _keep), ("discard", _discard), ("unchanged", _unchanged)):
            if button in request.POST:
                return deed(request, task)
    editing = _edit(request, task)
    if editing.done:
        return _saved(request, task, editing.form)
    draft = drafts.kept(who(request).user_id, task.place) if request.method == "GET" else None
    if draft:
        data = drafts.as_data(draft)
        values = editing.form.draft_values(data)
        version = data.get("version") or task.record.version
        editing.form = task.form(None)(initial={**task.initial_of(task.record, _year()), **values, "version": version})
    context = {
        "record": task.record,
        "is_action": isinstance(task.record, Action),
        "contribution": task.contribution,
        **editing.shown,
        "draft": draft,
        "back": request.POST.get("back") or request.GET.get("back", ""),
        "may": policy.allowed(who(request), task.record.subject()),
        "today": timezone.localdate(),
        **more,
    }
    return render(request, "workspace/report.html", context)


def _year() -> int:
    return timezone.localdate().year


def _edit(request: HttpRequest, task: Task) -> Editing:
    actor, today = who(request), timezone.localdate()
    return edit(
        request,
        task.form(request.FILES if request.method == "POST" else None),
        lambda record: task.initial_of(record, today.year),
        task.record,
        lambda values, version: task.save(values, version, actor, today),
    )


def _keep(request: HttpRequest, task: Task) -> HttpResponse:
    """Keep what is written so far: by itself while it is written, or by the button."""
    actor = who(request)
    kept = drafts.keep(actor.user_id or 0, task.place, request.POST, timezone.now())
    if kept and task.contribution is not None:
        do.begin(task.contribution, actor=actor)
    if request.headers.get("HX-Request"):
        return render(request, "workspace/parts/draft_kept.html", {"kept": kept, "now": timezone.localtime()})
    if kept:
        messages.success(request, _("Your draft is kept. Nobody else sees it; save the report when it is ready."))
    else:
        messages.error(request, _("This is too long to be kept as a draft. Shorten it, or save the report."))
    return redirect(request.get_full_path())


def _discard(request: HttpRequest, task: Task) -> HttpResponse:
    drafts.forget(who(request).user_id, task.place)
    messages.success(request, _("The draft is gone. The form shows the last report again."))
    return redirect(request.path)


def _unchanged(request: HttpRequest, task: Task) -> HttpResponse:
    try:
        task.save({}, None, who(request), timezone.localdate())
    except ValidationError as fault:
        messages.error(request, _("One click is not enough here: %(why)s") % {"why": " ".join(fault.messages)})
        return _go_to(request, _own_address(task))
    drafts.forget(who(request).user_id, task.place)
    if request.headers.get("HX-Request"):
        return render(request, "workspace/parts/noted.html", {"record": task.record})
    return _thanks(request, task, _("Noted: nothing changed. Thank you."))


def _go_to(request: HttpRequest, address: str) -> HttpResponse:
    """A redirection of the whole page, also where only a part of it was asked for."""
    if not request.headers.get("HX-Request"):
        return redirect(address)
    return HttpResponse(headers={"HX-Redirect": address})


def _saved(request: HttpRequest, task: Task, form: Any) -> HttpResponse:
    actor = who(request)
    refused = task.save_around(form, actor, timezone.localdate())
    drafts.forget(actor.user_id, task.place)
    for value in _figures_too_late(request, form):
        text = _("You wrote the figure %(value)s, which a colleague has given meanwhile: see the indicator's page.")
        messages.warning(request, text % {"value": value})
    for fault in refused:
        messages.error(request, fault)
    if refused:
        messages.info(request, _("The rest of your report is saved. Choose here again what was refused."))
        return redirect(f"{_own_address(task)}#evidence")
    return _thanks(request, task, _("Your report is saved. Thank you."))


def _figures_too_late(request: HttpRequest, form: Any) -> list[str]:
    """Figures that were sent, and that the form asks for no longer."""
    names = (name for name in request.POST if name.startswith("figure_") and not name.endswith("_note"))
    return [request.POST[name] for name in names if name not in form.fields and request.POST[name].strip()]


def _own_address(task: Task) -> str:
    record = task.record
    if task.contribution is not None:
        return reverse("workspace:contribution", args=[task.contribution.round_id, task.contribution.pk]) + "?edit=1"
    return reverse("workspace:report", args=[record.plan.code, record.code])


def _thanks(request: HttpRequest, task: Task, said: str) -> HttpResponse:
    """Back to where the person came from, with a link to what they reported on."""
    record = task.record
    kind = "action" if isinstance(record, Action) else "objective"
    address = reverse(f"site:{kind}", args=[record.plan.code, record.code])
    messages.success(request, format_html('{} <a href="{}">{} · {}</a>', said, address, record.code, record))
    return back_or(request, address)
