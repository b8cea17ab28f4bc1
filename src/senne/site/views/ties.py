"""How a plan meets the others: objectives that answer each other, actions that serve several plans."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from senne.core.page_cache import cacheable
from senne.core.policy import Actor
from senne.core.viewing import one, who
from senne.plan.api import Action, Objective, ObjectiveLink, Plan, queries
from senne.site.views.common import today


@dataclass
class Meeting:
    """What a plan has in common with one other plan."""

    plan: Plan
    links: list[ObjectiveLink] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)


@cacheable
def ties(request: HttpRequest, plan: str) -> HttpResponse:
    """One section per other plan: a constant number of queries."""
    actor = who(request)
    record = one(queries.plans(actor), code=plan)
    meetings = {other.pk: Meeting(other) for other in queries.plans(actor)}
    for link in _links(record, actor):
        other = link.other.plan if link.objective.plan_id == record.pk else link.objective.plan
        if other.pk in meetings and other.pk != record.pk:
            meetings[other.pk].links.append(link)
    for action in _shared(record, actor):
        for pk in {o.plan_id for o in action.objectives.all()} | {action.plan_id}:
            if pk in meetings and pk != record.pk:
                meetings[pk].actions.append(action)
    shown = [meeting for meeting in meetings.values() if meeting.links or meeting.actions]
    return render(request, "site/ties.html", {"plan": record, "meetings": shown, "today": today()})


def _links(record: Plan, actor: Actor) -> list[ObjectiveLink]:
    visible = queries.objectives(actor).order_by().values("pk")
    found = ObjectiveLink.objects.filter(
        Q(objective__plan=record) | Q(other__plan=record), objective__in=visible, other__in=visible
    )
    return list(found.select_related("objective__plan", "other__plan").order_by("objective__order", "objective__code"))


def _shared(record: Plan, actor: Actor) -> list[Action]:
    """Visible actions that serve an objective of this plan and belong to, or serve, another one."""
    through = Action.objectives.through.objects
    mine = through.filter(objective__in=Objective.objects.filter(plan=record).values("pk")).values("action_id")
    others = through.exclude(objective__in=Objective.objects.filter(plan=record).values("pk")).values("action_id")
    found = queries.open_actions(actor).filter(
        Q(plan=record, pk__in=others) | (Q(pk__in=mine) & (~Q(plan=record) | Q(pk__in=others)))
    )
    return list(queries.with_row_parts(found, actor).order_by("plan__code", "order", "code"))
