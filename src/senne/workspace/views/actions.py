"""Report on an action, edit it, judge its health, see its history. Two people at once: the second sees both versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from senne.core import policy
from senne.core.history import history_of
from senne.core.models import Organisation, Person
from senne.core.records import Conflict, as_json
from senne.plan.api import Action, Step, do, queries
from senne.workspace.forms import ActionForm, HealthForm, NewActionForm, ReportForm, StepForm, initial_of
from senne.workspace.versions import both_versions, renew_version
from senne.workspace.views.common import put_errors, staff_page, who

from django.contrib import messages  # isort: skip


def _action(request: HttpRequest, plan: str, code: str) -> Action:
    found = queries.with_page_parts(queries.actions(who(request)), who(request))
    record = found.filter(plan__code=plan, code=code).first()
    if record is None:
        raise Http404
    return record


def _page(action: Action) -> str:
    return reverse("site:action", args=[action.plan.code, action.code])


@staff_page
def report(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Prefilled from last time; one button says that nothing changed."""
    action = _action(request, plan, code)
    policy.require("report", who(request), action.subject())
    initial = {
        "version": action.version,
        "status": action.status,
        "status_reason": action.status_reason,
        "phase": action.phase,
        "news": action.news,
        "steps": [step.pk for step in action.steps.all() if step.done_on],
    }
    if request.method == "POST" and "unchanged" in request.POST:
        do.report(action, {}, actor=who(request), today=timezone.localdate())
        messages.success(request, _("Noted: nothing changed. Thank you."))
        return redirect(_page(action))
    form = ReportForm(request.POST or None, initial=initial, action=action)
    conflict = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            do.report(
                action,
                {k: data[k] for k in ("status", "status_reason", "phase", "news")},
                actor=who(request),
                today=timezone.localdate(),
                steps_done=data.get("steps"),
                expected_version=data["version"],
            )
            messages.success(request, _("Your report is saved. Thank you."))
            return redirect(_page(action))
        except Conflict as clash:
            conflict = _explain(form, clash)
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "workspace/report.html", {"form": form, "action": action, "conflict": conflict})


def _explain(form: Any, clash: Conflict) -> list[dict[str, Any]]:
    """Both versions of what differs; the form keeps mine and now saves over theirs, knowingly."""
    renew_version(form, clash)
    return both_versions(clash)


@staff_page
def edit(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Every field; the way in to steps, health and history."""
    action, actor = _action(request, plan, code), who(request)
    policy.require("edit", actor, action.subject())
    form = ActionForm(request.POST or None, initial=initial_of(action), **_choices(request, action))
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            do.change_action(
                action,
                _only_changed(form.values(), action),
                actor=actor,
                expected_version=form.cleaned_data["version"],
                today=timezone.localdate(),
            )
            messages.success(request, _("Saved."))
            return redirect(_page(action))
        except Conflict as clash:
            conflict = _explain(form, clash)
        except ValidationError as error:
            put_errors(form, error)
    context = {
        "form": form,
        "action": action,
        "conflict": conflict,
        "step_form": StepForm(),
        "health_form": HealthForm(initial=_judgement(action)),
        "may": policy.allowed(actor, action.subject()),
    }
    return render(request, "workspace/action.html", context)


def _only_changed(values: Mapping[str, Any], action: Action) -> dict[str, Any]:
    """The fields that differ from what is stored, so that an unchanged visibility asks no right."""
    many = {field.name for field in Action._meta.many_to_many}
    changed = {}
    for name, value in values.items():
        if name in many:
            if {item.pk for item in value} != {item.pk for item in getattr(action, name).all()}:
                changed[name] = value
        elif as_json(value) != as_json(getattr(action, name)):
            changed[name] = value
    return changed


def _judgement(action: Action) -> dict[str, Any]:
    return {
        "version": action.version,
        "health": action.health_override,
        "until": action.health_override_until,
        "reason": action.health_override_reason,
    }


def _choices(request: HttpRequest, action: Action | None = None) -> dict[str, Any]:
    open_ones = Organisation.objects.filter(dissolved_on=None).order_by("path")
    return {
        "objectives": queries.objectives(who(request)).order_by("-plan__is_main", "plan__code", "order", "code"),
        "organisations": open_ones,
        "people": Person.objects.filter(left_on=None),
    }


@staff_page
def new(request: HttpRequest) -> HttpResponse:
    """A new action."""
    actor = who(request)
    form = NewActionForm(
        request.POST or None,
        plans=queries.plans(actor),
        initial={"visibility": "internal"},
        **_choices(request),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        values = {**form.values(), "plan": data["plan"], "code": data["code"]}
        try:
            action = do.create_action(values, actor=actor)
            messages.success(request, _("The action is added."))
            return redirect(_page(action))
        except ValidationError as error:
            put_errors(form, error)
    return render(request, "workspace/new_action.html", {"form": form})


@staff_page
@require_POST
def judge(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Override the computed health, or take the judgement back."""
    action = _action(request, plan, code)
    form = HealthForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            do.override_health(
                action,
                data["health"],
                data["until"],
                data["reason"],
                actor=who(request),
                expected_version=data["version"],
            )
            messages.success(request, _("Saved."))
        except Conflict:
            messages.error(request, _("Somebody changed this action meanwhile. Look again, then judge."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    else:
        messages.error(request, _("The judgement was not saved: check its date."))
    return redirect(_page(action))


@staff_page
@require_POST
def add_step(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """One more step at the end."""
    action = _action(request, plan, code)
    form = StepForm(request.POST)
    if form.is_valid():
        due = form.cleaned_data["due"]
        values = {
            "title": form.cleaned_data["title"],
            "due_on": due.day if due else None,
            "due_precision": due.precision.value if due else "day",
            "order": action.steps.count(),
        }
        do.add_child(Step, action, values, actor=who(request))
        messages.success(request, _("The step is added."))
    else:
        messages.error(request, _("The step was not added: it needs a title, and a date such as 2026-09."))
    return redirect("workspace:action", plan, code)


@staff_page
@require_POST
def remove_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step away; the history keeps it."""
    step = Step.objects.filter(pk=pk, action__in=queries.actions(who(request)).values("pk")).first()
    if step is None:
        raise Http404
    do.remove_child(step, actor=who(request))
    return redirect("workspace:action", step.action.plan.code, step.action.code)


@staff_page
def history(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Who changed what, when, and why."""
    action = _action(request, plan, code)
    entries = history_of(action, action.subject(), actor=who(request))[:200]
    return render(request, "workspace/history.html", {"action": action, "entries": entries})
