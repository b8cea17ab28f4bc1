"""Amendments of a plan: changes prepared beside the plan in force, shown in words, reviewed by a second person, adopted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from senne.core import policy
from senne.core.policy import Actor
from senne.core.viewing import one, who
from senne.plan.api import (
    Amendment,
    AmendmentChange,
    compared,
    comparison,
    do,
    freezing,
    picture,
    queries,
    words,
)
from senne.workspace import reach
from senne.workspace.forms.amendments import AmendmentForm, ChangeForm, ReviewForm, WhatForm, records_of
from senne.workspace.forms.base import ReasonForm
from senne.workspace.saving import attempt, edit, put_errors
from senne.workspace.views.common import must_be, staff_page

State = words.AmendmentState


def _plans(actor: Actor) -> Any:
    mine = [plan.pk for plan in queries.plans(actor) if policy.can_amend(actor, plan.subject())]
    return queries.plans(actor).filter(pk__in=mine)


def the_amendment(request: HttpRequest, pk: int) -> Amendment:
    """The amendment of a plan that the reader may amend."""
    must_be(who(request))
    return one(reach.amendments(who(request)), pk=pk)


@staff_page
def amendments(request: HttpRequest) -> HttpResponse:
    """Those on their way, then those that are over."""
    actor = who(request)
    must_be(actor)
    found = reach.amendments(actor)
    over = [a for a in found if a.state in {State.ADOPTED, State.WITHDRAWN}]
    context = {"open": [a for a in found if a not in over], "over": over}
    return render(request, "workspace/amendments/list.html", context)


@staff_page
def new(request: HttpRequest) -> HttpResponse:
    """Prepare one: nothing of the plan changes until it is adopted."""
    actor = who(request)
    must_be(actor)
    form = AmendmentForm(request.POST or None, plans=_plans(actor))
    made: list[Amendment] = []
    if attempt(form, lambda: made.append(do.prepare_amendment(form.values(), actor=actor))):
        return redirect("workspace:amendment", made[0].pk)
    return render(request, "workspace/amendments/edit.html", {"form": form})


@staff_page
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name, reason and decision."""
    found, actor = the_amendment(request, pk), who(request)

    def save(values: dict[str, Any], version: int) -> None:
        do.change_amendment(found, values, actor=actor, expected_version=version)

    names = ("version", "name", "reason", "decision", "decided_on")
    editing = edit(request, AmendmentForm, lambda record: {n: getattr(record, n) for n in names}, found, save)
    if editing.done:
        messages.success(request, _("Saved."))
        return redirect("workspace:amendment", found.pk)
    return render(request, "workspace/amendments/edit.html", {**editing.shown, "amendment": found})


@staff_page
def amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """What it changes, in words; what comes next."""
    found, actor = the_amendment(request, pk), who(request)
    return render(request, "workspace/amendments/amendment.html", _shown(found, actor))


def _shown(found: Amendment, actor: Actor, **more: Any) -> dict[str, Any]:
    context: dict[str, Any] = {
        "amendment": found,
        "changes": list(found.changes.all()),
        "what_form": WhatForm(plan=found.plan, initial={"kind": "reword"}),
        "review_form": ReviewForm(),
        "withdraw_form": ReasonForm(label=_("Why it is withdrawn")),
        "own": actor.person_id is not None and actor.person_id == found.prepared_by_id,
        **more,
    }
    if found.state in {State.DRAFT, State.REVIEW, State.READY} and context["changes"]:
        try:
            context |= _told(*do.preview_pictures(found, actor=actor))
        except ValidationError as fault:
            context["fault"] = " ".join(fault.messages)
    if found.version_before and found.version_after:
        before, after = (freezing.picture_then(v, actor) for v in (found.version_before, found.version_after))
        context |= _told(comparison.compare(before, after), before, after)
    return context


def _told(found: comparison.Comparison, before: picture.Picture, after: picture.Picture) -> dict[str, Any]:
    return {
        "summary": compared.summary_lines(found),
        "objects": [compared.told(difference, before, after) for difference in found.differences],
    }


@staff_page
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more change: first what happens to which record, then its fields."""
    found, actor = the_amendment(request, pk), who(request)
    what = WhatForm(request.GET, plan=found.plan)
    if not what.is_valid():
        return render(request, "workspace/amendments/amendment.html", _shown(found, actor, what_form=what))
    kind = what.cleaned_data["kind"]
    record_kind, _colon, code = what.cleaned_data["record"].partition(":")
    record = next((r for r in records_of(found.plan, record_kind) if r.code == code), None) if code else None
    form = ChangeForm(request.POST or None, plan=found.plan, kind=kind, record_kind=record_kind, record=record)
    if request.method == "POST" and form.is_valid():
        changed = form.change()
        if not changed:
            form.add_error(None, _("Nothing differs from the plan in force."))
        elif _add(found, kind, record_kind, code or form.cleaned_data["code"], changed, form, actor):
            messages.success(request, _("The change is part of the amendment."))
            return redirect("workspace:amendment", found.pk)
    context = {
        "amendment": found,
        "form": form,
        "record": record,
        "kind_label": words.ChangeKind(kind).label,
        "again": request.GET.urlencode(),
    }
    return render(request, "workspace/amendments/change.html", context)


def _add(
    found: Amendment, kind: str, record_kind: str, code: str, changed: dict[str, Any], form: Any, actor: Actor
) -> bool:
    try:
        do.add_change(found, kind, record_kind, code, changed, actor=actor, note=form.cleaned_data["note"])
    except ValidationError as fault:
        put_errors(form, fault)
        return False
    return True


@staff_page
@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The amendment without this change."""
    record = one(AmendmentChange.objects.select_related("amendment__plan__organisation"), pk=pk)
    found = the_amendment(request, record.amendment_id)
    _do(request, lambda: do.take_change_out(record, actor=who(request)), _("The change is taken out."))
    return redirect("workspace:amendment", found.pk)


@staff_page
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit, review, take back, withdraw, adopt: one button each."""
    found, actor, today = the_amendment(request, pk), who(request), timezone.localdate()
    note, reason = request.POST.get("note", ""), request.POST.get("reason", "")
    deeds: dict[str, tuple[Callable[[], Any], str]] = {
        "submit": (lambda: do.submit_amendment(found, actor=actor), _("A second person is asked to look.")),
        "agree": (lambda: do.review_amendment(found, True, note, actor=actor), _("Agreed: it may be adopted.")),
        "send_back": (lambda: do.review_amendment(found, False, note, actor=actor), _("Sent back, with your note.")),
        "take_back": (lambda: do.take_back(found, actor=actor), _("It is a draft again.")),
        "withdraw": (lambda: do.withdraw(found, actor=actor, reason=reason), _("Withdrawn.")),
        "adopt": (lambda: do.adopt(found, actor=actor, today=today), _("Adopted: the plan in force is changed.")),
    }
    for name, (deed, said) in deeds.items():
        if name in request.POST:
            _do(request, deed, said)
    return redirect("workspace:amendment", found.pk)


def _do(request: HttpRequest, deed: Callable[[], Any], said: str) -> None:
    try:
        deed()
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    else:
        messages.success(request, said)
