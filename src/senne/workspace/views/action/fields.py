"""An action's own fields, a group a page: what, who, state and dates, internal. Nobody overwrites anybody."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from senne.core import policy
from senne.core.records import as_json
from senne.core.viewing import who
from senne.plan.api import Action, do, queries
from senne.workspace.forms.action import InternalForm, WhatForm, WhenForm, WhoForm
from senne.workspace.forms.around import ContactForm
from senne.workspace.forms.base import WorkForm, initial_from
from senne.workspace.forms.reporting import HealthForm
from senne.workspace.reach import colleagues, possible_leads, standing
from senne.workspace.saving import Editing, edit
from senne.workspace.views.action.common import frame, group_address, the_action
from senne.workspace.views.common import staff_page


def _edit(request: HttpRequest, action: Action, form: type[WorkForm], **choices: Any) -> Editing:
    def change(values: dict[str, Any], version: int) -> None:
        changed = only_changed(values, action)
        do.change_action(action, changed, actor=who(request), expected_version=version, today=timezone.localdate())

    return edit(request, partial(form, **choices), lambda record: initial_from(record, form), action, change)


def only_changed(values: Mapping[str, Any], action: Action) -> dict[str, Any]:
    """The fields that differ from what is stored, so that an unchanged field asks no right."""
    many = {field.name for field in Action._meta.many_to_many}
    changed = {}
    for name, value in values.items():
        if name in many:
            if {item.pk for item in value} != {item.pk for item in getattr(action, name).all()}:
                changed[name] = value
        elif as_json(value) != as_json(getattr(action, name)):
            changed[name] = value
    return changed


def _show(
    request: HttpRequest, action: Action, group: str, editing: Editing, template: str = "group", **more: Any
) -> HttpResponse:
    if editing.done:
        messages.success(request, _("Saved."))
        fresh = Action.objects.select_related("plan").get(pk=action.pk)
        return redirect(group_address(fresh, group))
    return render(request, f"workspace/action/{template}.html", frame(request, action, group, **editing.shown, **more))


@staff_page
def what(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Title, description, effect, characteristics, tags; a new tag is made on the way."""
    action, actor = the_action(request, plan, code), who(request)

    def change(values: dict[str, Any], version: int) -> None:
        new = values.pop("new_tag", None)
        if new:
            chosen = values.get("tags", action.tags.all())
            values["tags"] = [*chosen, do.new_tag(action, new, actor=actor)]
        changed = only_changed(values, action)
        do.change_action(action, changed, actor=actor, expected_version=version, today=timezone.localdate())

    make = partial(WhatForm, characteristics=queries.characteristics(actor), tags=queries.tags(actor))
    editing = edit(request, make, lambda record: initial_from(record, WhatForm), action, change)
    return _show(request, action, "what", editing)


@staff_page
def who_takes_part(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Lead, partners, sponsor; and the people of the action."""
    action, actor = the_action(request, plan, code), who(request)
    people = colleagues(actor, action)
    editing = _edit(
        request,
        action,
        WhoForm,
        leads=possible_leads(actor, action.lead_id),
        organisations=standing().exclude(pk=action.lead_id or 0),
        people=people,
    )
    contact_form = ContactForm(people=people, prefix="contact")
    return _show(request, action, "who", editing, "who", contact_form=contact_form)


@staff_page
def when(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Status with its reason, phase, dates; and the health as judged."""
    action = the_action(request, plan, code)
    editing = _edit(request, action, WhenForm)
    health_form = HealthForm(initial=HealthForm.initial_of(action), prefix="health")
    return _show(request, action, "when", editing, "when", health_form=health_form, **_today(action))


def _today(action: Action) -> dict[str, Any]:
    today = timezone.localdate()
    return {"today": today, "computed": action.computed_health(today)}


@staff_page
def internal(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Priority, notes, weight; code, order and visibility for those who shape the plan."""
    action, actor = the_action(request, plan, code), who(request)
    may = policy.allowed(actor, action.subject())
    return _show(request, action, "internal", _edit(request, action, InternalForm, may=may), "internal")


@staff_page
def judge(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Put a judgement in the place of the computed health, or take it back."""
    action, actor = the_action(request, plan, code, "override_health"), who(request)

    def change(values: dict[str, Any], version: int) -> None:
        wanted = {**HealthForm.stored(action), **values}
        do.override_health(
            action,
            wanted["health_override"],
            wanted["health_override_until"],
            wanted["health_override_reason"],
            actor=actor,
            expected_version=version,
            today=timezone.localdate(),
        )

    editing = edit(request, partial(HealthForm, prefix="health"), HealthForm.initial_of, action, change)
    if editing.done:
        messages.success(request, _("Saved."))
        return redirect("site:action", action.plan.code, action.code)
    more = {"health_form": editing.form, "health_conflict": editing.conflict, "colleague": editing.colleague}
    context = frame(request, action, "when", form=None, **_today(action), **more)
    return render(request, "workspace/action/when.html", context)
