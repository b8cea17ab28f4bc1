"""Plans, themes, axes and objectives: add, edit, put under another parent or in another place, take away when empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from senne.core import policy
from senne.core.policy import Actor
from senne.core.viewing import one, who
from senne.plan.api import Axis, Objective, Plan, Theme, do, queries
from senne.workspace.addresses import history_address, work_address
from senne.workspace.forms.base import ReasonForm, WorkForm, initial_from
from senne.workspace.forms.structure import AxisForm, ObjectiveForm, PlanForm, ThemeForm
from senne.workspace.reach import colleagues, organisations, standing
from senne.workspace.saving import Make, attempt, edit
from senne.workspace.views.common import must_be, staff_page


@dataclass(frozen=True)
class PartKind:
    """How a kind of part is made and edited."""

    model: type[Any]
    form: type[WorkForm]
    found: Callable[[Actor], Any]
    above: str
    adding: Any


KINDS = {
    "theme": PartKind(Theme, ThemeForm, queries.themes, "", gettext_lazy("New theme")),
    "axis": PartKind(Axis, AxisForm, queries.axes, "theme", gettext_lazy("New axis")),
    "objective": PartKind(Objective, ObjectiveForm, queries.objectives, "axis", gettext_lazy("New objective")),
}


def choices_for(kind: str, plan: Plan, actor: Actor, record: Any = None) -> dict[str, Any]:
    """What the form of a part chooses among."""
    if kind == "theme":
        return {}
    if kind == "axis":
        return {"parents": Theme.objects.filter(plan=plan).select_related("plan")}
    axes = Axis.objects.filter(plan=plan).select_related("theme").order_by("theme__order", "theme__code", "order")
    return {
        "parents": axes,
        "organisations": standing(record.lead_id if record else None),
        "people": colleagues(actor),
        "fixed": not policy.can_shape(actor, plan.subject()),
    }


def the_part(request: HttpRequest, kind: str, plan: str, code: str, verb: str = "shape") -> Any:
    """The part; 404 where it may not be seen, refused where the verb is not the reader's."""
    actor = who(request)
    record = one(KINDS[kind].found(actor), plan__code=plan, code=code)
    policy.require(verb, actor, record.subject())
    return record


@staff_page
def part(request: HttpRequest, kind: str, plan: str, code: str) -> HttpResponse:
    """Edit a theme or an axis."""
    record, actor = the_part(request, kind, plan, code), who(request)
    shape = KINDS[kind]

    def change(values: dict[str, Any], version: int) -> None:
        do.change_part(record, values, actor=actor, expected_version=version)

    make: Make = partial(shape.form, **choices_for(kind, record.plan, actor, record))
    editing = edit(request, make, lambda current: initial_from(current, shape.form), record, change)
    if editing.done:
        messages.success(request, _("Saved."))
        return redirect("workspace:plan", record.plan.code)
    return render(request, "workspace/structure/part.html", {**editing.shown, **about(record, kind, actor)})


def about(record: Any, kind: str, actor: Actor) -> dict[str, Any]:
    """Where the part stands and what may be done to it."""
    row = list(do.siblings_of(record).values_list("pk", flat=True))
    shapes_plan = policy.can_shape(actor, record.plan.subject())
    return {
        "shapes_plan": shapes_plan,
        "record": record,
        "kind": kind,
        "place": row.index(record.pk) + 1,
        "places": len(row),
        "may": policy.allowed(actor, record.subject()),
        "history": history_address(record),
    }


@staff_page
def new_part(request: HttpRequest, kind: str, plan: str) -> HttpResponse:
    """A new theme, axis or objective; `?under=CODE` says below what."""
    if kind not in KINDS:
        raise Http404
    actor, shape = who(request), KINDS[kind]
    owner = one(queries.plans(actor), code=plan)
    policy.require("shape", actor, owner.subject())
    choices = choices_for(kind, owner, actor)
    form = shape.form(request.POST or None, initial=_begin(request, kind, choices), **choices)
    if request.method == "POST" and form.is_valid():
        values = {**form.values(), "plan": owner}
        if attempt(form, lambda: do.create_part(shape.model, values, actor=actor)):
            messages.success(request, _("%(code)s is added.") % {"code": values["code"]})
            return redirect("workspace:plan", owner.code)
    context = {"form": form, "title": shape.adding, "plan": owner}
    return render(request, "workspace/structure/new.html", context)


def _begin(request: HttpRequest, kind: str, choices: dict[str, Any]) -> dict[str, Any]:
    """The first values of a new part: where it goes, counted once, public as the rest of a plan, last in its row."""
    initial: dict[str, Any] = {"weight": 1, "order": 0, "visibility": "public"}
    if "parents" not in choices:
        return initial
    parent = choices["parents"].filter(code=request.GET.get("under", "")[:60]).first()
    if parent is not None:
        below = parent.axes if kind == "axis" else parent.objectives
        initial |= {KINDS[kind].above: parent.pk, "order": below.count()}
        if kind == "objective":
            initial["code"] = _next_code(parent)
    return initial


def _next_code(axis: Axis) -> str:
    return do.next_part_code(Objective, axis.plan, [o.code for o in axis.objectives.all()], axis.code)


@staff_page
@require_POST
def move(request: HttpRequest, kind: str, plan: str, code: str) -> HttpResponse:
    """One place up or down."""
    record = the_part(request, kind, plan, code)
    do.move_part(record, "up" in request.POST, actor=who(request))
    return redirect(work_address(record))


@staff_page
def delete(request: HttpRequest, kind: str, plan: str, code: str) -> HttpResponse:
    """Take an empty part away, with a reason."""
    record, actor = the_part(request, kind, plan, code, "delete"), who(request)
    return _delete(request, record, actor, work_address(record), ("workspace:plan", record.plan.code))


def _delete(request: HttpRequest, record: Any, actor: Actor, back: str, after: tuple[str, ...]) -> HttpResponse:
    form = ReasonForm(request.POST or None, label=_("Why"))
    if attempt(form, lambda: do.delete_part(record, actor=actor, reason=form.cleaned_data["reason"])):
        messages.success(request, _("%(code)s is taken away.") % {"code": record.code})
        return redirect(*after)
    return render(request, "workspace/structure/delete.html", {"form": form, "record": record, "back": back})


# ---- Plans --------------------------------------------------------------------------------------------------------


@staff_page
def new_plan(request: HttpRequest) -> HttpResponse:
    """A new plan of an organisation that one looks after."""
    actor = who(request)
    must_be(actor)
    initial = {"kind": "climate", "visibility": "internal", "ageing_after": 120, "stale_after": 365}
    own = organisations(actor).filter(dissolved_on=None)
    form = PlanForm(request.POST or None, organisations=own, initial=initial)
    if attempt(form, lambda: do.create_plan(form.values(), actor=actor)):
        messages.success(request, _("The plan is made. Add its themes."))
        return redirect("workspace:plan", form.cleaned_data["code"])
    return render(request, "workspace/structure/new.html", {"form": form, "title": _("New plan"), "plan": None})


def _the_plan(request: HttpRequest, plan: str, verb: str) -> Plan:
    record: Plan = one(queries.plans(who(request)), code=plan)
    policy.require(verb, who(request), record.subject())
    return record


@staff_page
def edit_plan(request: HttpRequest, plan: str) -> HttpResponse:
    """Every field of a plan."""
    record, actor = _the_plan(request, plan, "shape"), who(request)

    def change(values: dict[str, Any], version: int) -> None:
        do.change_part(record, values, actor=actor, expected_version=version)

    make = partial(PlanForm, organisations=organisations(actor))
    editing = edit(request, make, lambda current: initial_from(current, PlanForm), record, change)
    if editing.done:
        messages.success(request, _("Saved."))
        return redirect("workspace:plan", Plan.objects.get(pk=record.pk).code)
    return render(request, "workspace/structure/edit_plan.html", {**editing.shown, "plan": record})


@staff_page
def delete_plan(request: HttpRequest, plan: str) -> HttpResponse:
    """Take an empty plan away."""
    record = _the_plan(request, plan, "delete")
    return _delete(request, record, who(request), work_address(record), ("workspace:plans",))
