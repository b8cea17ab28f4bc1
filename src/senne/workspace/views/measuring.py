"""What measures an action or an objective: its indicators, found by code or words, tied and untied."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from senne.core.policy import Actor
from senne.core.viewing import one, who
from senne.plan.api import Action, IndicatorLink, Objective, do, measured, queries
from senne.workspace.finding import find_indicators
from senne.workspace.forms.ties import MeasureForm
from senne.workspace.reach import possible_leads
from senne.workspace.saving import attempt
from senne.workspace.views.action.common import frame, the_action
from senne.workspace.views.common import staff_page
from senne.workspace.views.parts import about, the_part


@staff_page
def of_action(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The indicators of an action."""
    action = the_action(request, plan, code)
    found = _answered(request, action)
    if isinstance(found, HttpResponse):
        return found
    return render(request, "workspace/action/indicators.html", frame(request, action, "indicators", **found))


@staff_page
def of_objective(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The indicators of an objective."""
    record = the_part(request, "objective", plan, code, "edit")
    found = _answered(request, record)
    if isinstance(found, HttpResponse):
        return found
    context = {**found, **about(record, "objective", who(request))}
    return render(request, "workspace/structure/indicators.html", context)


def _answered(request: HttpRequest, record: Action | Objective) -> HttpResponse | dict[str, Any]:
    """Tie what was chosen, or show what there is and what was found."""
    actor = who(request)
    asked = (request.POST.get("indicator") or request.GET.get("indicator", ""))[:200]
    links = measured.links_of(record, actor)
    found = find_indicators(actor, asked, but={link.indicator_id for link in links})
    form = MeasureForm(request.POST or None, found=found)
    if attempt(form, lambda: do.tie_indicator(record, form.chosen(), actor=actor)):
        messages.success(request, _("The indicator measures this now."))
        return redirect(request.path)
    return {
        "asked": asked,
        "found": found,
        "form": form,
        "measuring": measuring(record, actor),
        "may_add": possible_leads(actor).exists(),
    }


def measuring(record: Action | Objective, actor: Actor) -> list[tuple[IndicatorLink, Any]]:
    """[(tie, where its indicator stands)] of a record."""
    standings = {s.indicator.pk: s for s in measured.standings_of(record, actor, timezone.localdate())}
    return [(link, standings[link.indicator_id]) for link in measured.links_of(record, actor)]


@staff_page
@require_POST
def untie(request: HttpRequest, pk: int) -> HttpResponse:
    """It measures this no longer."""
    actor = who(request)
    goals, deeds = queries.objectives(actor).values("pk"), queries.actions(actor).values("pk")
    seen = IndicatorLink.objects.filter(objective__in=goals) | IndicatorLink.objects.filter(action__in=deeds)
    visible = measured.visible_links(seen, actor).select_related("indicator", "objective__plan", "action__plan")
    link = one(visible, pk=pk)
    do.untie_indicator(link, actor=actor)
    messages.success(request, _("The indicator measures this no longer."))
    place = "workspace:action_indicators" if link.action_id else "workspace:objective_indicators"
    return redirect(place, link.record.plan.code, link.record.code)
