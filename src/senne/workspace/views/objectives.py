"""An objective: its fields, whether it is monitored and how to mend that, its actions, its ties to other plans."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from senne.core import policy
from senne.core.policy import Actor
from senne.core.viewing import one, who
from senne.plan.api import Objective, ObjectiveLink, do, measured, overview, queries, words
from senne.workspace.addresses import work_address
from senne.workspace.finding import find_objectives
from senne.workspace.forms.base import WorkForm, initial_from
from senne.workspace.forms.structure import ObjectiveForm, ObjectiveWorkForm
from senne.workspace.forms.ties import TieForm
from senne.workspace.reach import colleagues
from senne.workspace.saving import attempt, edit
from senne.workspace.views.common import staff_page
from senne.workspace.views.parts import about, choices_for, the_part


@staff_page
def objective(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The coordination edits all of it; the lead's people name its owner and describe it."""
    record, actor = the_part(request, "objective", plan, code, "edit"), who(request)
    shaping = policy.can_shape(actor, record.subject())
    form: type[WorkForm] = ObjectiveForm if shaping else ObjectiveWorkForm
    choices = choices_for("objective", record.plan, actor, record) if shaping else {"people": colleagues(actor)}

    def change(values: dict[str, Any], version: int) -> None:
        do.change_part(record, values, actor=actor, expected_version=version)

    make = partial(form, **choices)
    editing = edit(request, make, lambda current: initial_from(current, form), record, change)
    if editing.done:
        messages.success(request, _("Saved."))
        return redirect(work_address(Objective.objects.select_related("plan").get(pk=record.pk)))
    context = {
        **editing.shown,
        "state": overview.state_now(record, actor, timezone.localdate()),
        "links": queries.ties_of(record, actor),
        "standings": measured.standings_of(record, actor, timezone.localdate()),
        "today": timezone.localdate(),
        **about(record, "objective", actor),
    }
    return render(request, "workspace/structure/objective.html", context)


@staff_page
def ties(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Say that this objective answers another one, or is the same: found by code or words."""
    record, actor = the_part(request, "objective", plan, code), who(request)
    asked = (request.POST.get("objective") or request.GET.get("objective", ""))[:200]
    links = queries.ties_of(record, actor)
    tied = {link.other_id for link in links if link.objective_id == record.pk}
    found = find_objectives(actor, asked, but={*tied, record.pk})
    form = TieForm(request.POST or None, found=found)
    if attempt(form, lambda: _tie(record, form, actor)):
        messages.success(request, _("The objectives are tied."))
        return redirect("workspace:objective_ties", record.plan.code, record.code)
    context = {"record": record, "asked": asked, "found": found, "form": form, "links": links}
    return render(request, "workspace/structure/ties.html", context)


def _tie(record: Objective, form: TieForm, actor: Actor) -> None:
    kind = words.ObjectiveLinkKind(form.cleaned_data["kind"])
    do.tie_objectives(record, form.chosen(), actor=actor, kind=kind)


@staff_page
@require_POST
def untie(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a tie away."""
    visible = queries.objectives(who(request)).values("pk")
    link = one(ObjectiveLink.objects.filter(objective__in=visible).select_related("objective__plan"), pk=pk)
    do.untie_objectives(link, actor=who(request))
    messages.success(request, _("The objectives are tied no longer."))
    return redirect("workspace:objective_ties", link.objective.plan.code, link.objective.code)
