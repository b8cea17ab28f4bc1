"""Indicators: the list, one of them, its definition, a new one, its end."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from senne.core import policy
from senne.core.models import Person
from senne.core.policy import Actor
from senne.core.text import reader_language
from senne.core.viewing import one, page_of, who, words_in
from senne.indicators.api import Indicator, Standing, do, queries, words
from senne.plan.api import measured
from senne.workspace import reach
from senne.workspace.addresses import history_address
from senne.workspace.forms.base import ReasonForm, initial_from
from senne.workspace.forms.indicators import ChangeIndicatorForm, NewIndicatorForm
from senne.workspace.saving import attempt, edit
from senne.workspace.views.common import staff_page

DUE = "due"
MOST_MISSING = 12


def the_indicator(request: HttpRequest, code: str, verb: str = "report") -> Indicator:
    """404 where it may not be seen, refused where the verb is not the reader's."""
    actor = who(request)
    record = one(queries.with_figures(queries.indicators(actor)), code=code)
    policy.require(verb, actor, record.subject())
    return record


@staff_page
def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator that the reader sees, with where it stands and which figure is missing."""
    actor, today = who(request), timezone.localdate()
    asked = {name: words_in(request.GET.get(name, ""), 200) for name in ("q", "organisation", "state")}
    visible = queries.indicators(actor)
    found = _narrowed(visible, asked, actor)
    standings = queries.standings(found.order_by("order", "code"), today)
    if asked["state"] == DUE:
        standings = [standing for standing in standings if standing.missing]
    elif asked["state"] in words.State.values:
        standings = [standing for standing in standings if standing.state == asked["state"]]
    page = page_of(standings, request, 50)
    measuring = visible.order_by("organisation__path").values_list("organisation__code", "organisation__name")
    context = {
        "page": page,
        "rows": [(standing, policy.can_report(actor, standing.indicator.subject())) for standing in page],
        "asked": asked,
        "states": words.State.choices,
        "organisations": list(dict(measuring).items()),
        "may_add": reach.possible_leads(actor).exists(),
        "today": today,
    }
    return render(request, "workspace/indicators/list.html", context)


def _narrowed(found: QuerySet[Indicator], asked: dict[str, str], actor: Actor) -> QuerySet[Indicator]:
    if asked["organisation"]:
        found = found.filter(organisation__code=asked["organisation"])
    if asked["q"]:
        hits = queries.find(actor, asked["q"], reader_language(), limit=200)
        found = found.filter(pk__in=[hit.pk for hit in hits]) | found.filter(code__istartswith=asked["q"])
    return found


@staff_page
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Its figures, targets, and what it measures: what is missing first."""
    actor, today = who(request), timezone.localdate()
    record = the_indicator(request, code)
    goals, deeds = measured.ties_of([record], actor).get(record.pk, ([], []))
    may = policy.allowed(actor, record.subject())
    standing = Standing(record, today)
    context = {
        "indicator": record,
        "standing": standing,
        "figures": standing.measurements[::-1],
        "missing": standing.missing[::-1][:MOST_MISSING],
        "more_missing": max(0, len(standing.missing) - MOST_MISSING),
        "due": {str(period): record.asked().due_on(period) for period in standing.missing},
        "objectives": goals,
        "actions": deeds,
        "history": history_address(record) if "see_history" in may else "",
        "may": may,
        "today": today,
    }
    return render(request, "workspace/indicators/indicator.html", context)


def _people(actor: Actor, keep: Person | None = None) -> Any:
    found = reach.colleagues(actor)
    if keep is None:
        return found
    own = Person.objects.filter(pk=keep.pk).select_related("organisation")
    return (found | own).order_by("organisation__path", "name")


@staff_page
def change(request: HttpRequest, code: str) -> HttpResponse:
    """What it says of itself; a new method is marked as one."""
    record, actor, today = the_indicator(request, code, "edit"), who(request), timezone.localdate()
    make = partial(
        ChangeIndicatorForm,
        organisations=reach.possible_leads(actor, record.organisation_id),
        people=_people(actor, record.keeper),
        publishes=policy.can_publish(actor, record.subject()),
    )

    def save(values: dict[str, Any], version: int) -> None:
        new_method, reason = values.pop("new_method", False), values.pop("reason", "")
        do.change_indicator(
            record, values, actor=actor, expected_version=version, reason=reason, new_method=new_method, today=today
        )

    editing = edit(request, make, lambda current: initial_from(current, ChangeIndicatorForm), record, save)
    if editing.done:
        messages.success(request, _("Saved."))
        return redirect("workspace:indicator", record.code)
    return render(request, "workspace/indicators/change.html", {**editing.shown, "indicator": record})


@staff_page
def new(request: HttpRequest) -> HttpResponse:
    """One more thing that is measured."""
    actor = who(request)
    leads = reach.possible_leads(actor)
    if not leads.exists():
        raise PermissionDenied
    first = {
        "kind": words.Kind.OUTCOME,
        "frequency": words.Frequency.YEAR,
        "due_after": 90,
        "decimals": 0,
        "first_period": str(timezone.localdate().year),
        "visibility": "internal",
    }
    form = NewIndicatorForm(request.POST or None, organisations=leads, people=_people(actor), initial=first)
    made: list[Indicator] = []
    if attempt(form, lambda: made.append(do.create_indicator(form.values(), actor=actor))):
        messages.success(request, _("The indicator is added. Give its figures, then tie it to what it measures."))
        return redirect("workspace:indicator", made[0].code)
    return render(request, "workspace/indicators/new.html", {"form": form})


@staff_page
def delete(request: HttpRequest, code: str) -> HttpResponse:
    """Take away one that never had a figure, with a reason."""
    record, actor = the_indicator(request, code, "delete"), who(request)
    form = ReasonForm(request.POST or None, label=_("Why"))
    if attempt(form, lambda: do.delete_indicator(record, actor=actor, reason=form.cleaned_data["reason"])):
        messages.success(request, _("The indicator is gone. Its history stays."))
        return redirect("workspace:indicators")
    context = {
        "form": form,
        "indicator": record,
        "title": _("Take this indicator away"),
        "button": _("Take it away"),
    }
    return render(request, "workspace/indicators/reason.html", context)
