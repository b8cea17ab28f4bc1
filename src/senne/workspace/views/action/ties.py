"""What an action is tied to: the objectives that it serves, the actions that it stands before, blocks or resembles."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from senne.core.viewing import one, who
from senne.plan.api import Action, ActionRelation, do, queries, words
from senne.workspace.finding import find_actions, find_objectives
from senne.workspace.forms.ties import RelateForm, ServeForm
from senne.workspace.saving import attempt
from senne.workspace.views.action.common import frame, group_address, the_action
from senne.workspace.views.common import staff_page


@staff_page
def ties(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Both lists; a search by code or words finds what to tie to, a button ties it."""
    action, actor = the_action(request, plan, code), who(request)
    asked = {name: (request.POST.get(name) or request.GET.get(name, ""))[:200] for name in ("objective", "action")}
    served = {objective.pk for objective in action.objectives.all()}
    objectives = find_objectives(actor, asked["objective"], but=served)
    actions = find_actions(actor, asked["action"], but=action, today=timezone.localdate())
    serve = ServeForm(request.POST if "serve" in request.POST else None, found=objectives, prefix="serve")
    relate = RelateForm(request.POST if "relate" in request.POST else None, found=actions, prefix="relate")
    if attempt(serve, lambda: _serve(request, action, serve)):
        messages.success(request, _("The action serves one more objective."))
        return redirect(group_address(action, "ties"))
    if attempt(relate, lambda: _relate(request, action, relate)):
        messages.success(request, _("The actions are tied."))
        return redirect(group_address(action, "ties"))
    context = frame(
        request,
        action,
        "ties",
        asked=asked,
        found_objectives=objectives,
        found_actions=actions,
        serve_form=serve,
        relate_form=relate,
        relations=queries.relations_of(action, actor),
        follow_on=action.merged_into or action.superseded_by,
    )
    return render(request, "workspace/action/ties.html", context)


def _serve(request: HttpRequest, action: Action, form: ServeForm) -> None:
    objectives = [*action.objectives.all(), form.chosen()]
    do.change_action(action, {"objectives": objectives}, actor=who(request), today=timezone.localdate())


def _relate(request: HttpRequest, action: Action, form: RelateForm) -> None:
    do.relate(action, form.chosen(), words.RelationKind(form.cleaned_data["kind"]), actor=who(request))


@staff_page
@require_POST
def stop_serving(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The action serves this objective no longer; the last one of its plan stays."""
    action = the_action(request, plan, code)
    kept = [o for o in action.objectives.all() if str(o.pk) != request.POST.get("objective")]
    try:
        do.change_action(action, {"objectives": kept}, actor=who(request), today=timezone.localdate())
        messages.success(request, _("Saved."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(group_address(action, "ties"))


@staff_page
@require_POST
def unrelate(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a relation away."""
    visible = queries.actions(who(request)).values("pk")
    relation = one(ActionRelation.objects.filter(action__in=visible).select_related("action__plan"), pk=pk)
    do.unrelate(relation, actor=who(request))
    messages.success(request, _("Saved."))
    return redirect(group_address(relation.action, "ties"))
