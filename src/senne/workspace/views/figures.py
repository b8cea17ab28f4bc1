"""Figures and targets of an indicator: given, corrected, pasted, taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senne.core import policy
from senne.core.records import Conflict
from senne.core.viewing import one, who
from senne.indicators.api import Figure, Indicator, Measurement, Standing, TargetPoint, do, figure_shown, queries
from senne.workspace.forms.base import ReasonForm
from senne.workspace.forms.indicators import FigureForm, TargetForm
from senne.workspace.indicator_lines import Refused, read_lines
from senne.workspace.saving import attempt
from senne.workspace.views.common import staff_page
from senne.workspace.views.indicators import MOST_MISSING, the_indicator


@staff_page
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """The figure of a period: of the latest that is missing, or of the one asked for."""
    record, actor, today = the_indicator(request, code), who(request), timezone.localdate()
    standing = Standing(record, today)
    period = request.GET.get("period", "")[:7] or (str(standing.missing[-1]) if standing.missing else "")
    there = record.measurements.filter(period=period).first()
    initial = FigureForm.initial_of(there) if there else {"period": period}
    form = FigureForm(request.POST or None, indicator=record, there=there, initial=initial)

    def save() -> None:
        data = form.cleaned_data
        names = ("period", "value", "uncertainty", "provisional", "note")
        given = Figure(record, **{name: data[name] for name in names})
        version = data.get("version") if there and str(data["period"]) == there.period else None
        do.say_figure(given, actor=actor, today=today, reason=data.get("reason", ""), expected_version=version)

    try:
        done = attempt(form, save)
    except Conflict as clash:
        done, form = False, _beside(request, clash, form)
    if done:
        messages.success(request, _("The figure is kept."))
        return redirect("workspace:indicator", record.code)
    context = {
        "indicator": record,
        "form": form,
        "there": there,
        "latest": standing.latest,
        "missing": standing.missing[-MOST_MISSING:],
    }
    return render(request, "workspace/indicators/figure.html", context)


def _beside(request: HttpRequest, clash: Conflict, form: FigureForm) -> FigureForm:
    """A colleague gave this figure meanwhile: theirs is told, mine stays in the form and may be saved over it."""
    current: Any = clash.current
    text = _(
        "A colleague saved %(value)s meanwhile. Yours is in the form: save it again to put it in the place of theirs."
    )
    messages.warning(request, text % {"value": figure_shown(current.value, form.indicator)})
    initial = {**form.cleaned_data, "version": current.version}
    return FigureForm(None, indicator=form.indicator, there=current, initial=initial)


@staff_page
def paste(request: HttpRequest, code: str) -> HttpResponse:
    """A series from a spreadsheet: good lines are kept, the others stay in the field with what is wrong."""
    record, actor, today = the_indicator(request, code), who(request), timezone.localdate()
    text = request.POST.get("lines", "")
    refused: list[Refused] = []
    if request.method == "POST":
        found, refused = read_lines(text, record)
        wrong = do.say_figures([figure for _n, _line, figure in found], actor=actor, today=today)
        refused += [Refused(found[place][0], found[place][1], why) for place, why in wrong.items()]
        refused.sort(key=lambda item: item.number)
        kept = len(found) - len(wrong)
        if kept:
            messages.success(request, ngettext("%(n)s figure is kept.", "%(n)s figures are kept.", kept) % {"n": kept})
        if not refused and kept:
            return redirect("workspace:indicator", record.code)
        text = "\n".join(item.line for item in refused if item.line)
    context = {"indicator": record, "text": text, "refused": refused, "sent": request.method == "POST"}
    return render(request, "workspace/indicators/paste.html", context)


@staff_page
def targets(request: HttpRequest, code: str) -> HttpResponse:
    """What is to be reached by when."""
    record, actor = the_indicator(request, code, "edit"), who(request)
    period = request.GET.get("period", "")[:7]
    there = record.targets.filter(period=period).first()
    initial = {"period": there.period, "value": there.value, "note": there.note} if there else {}
    form = TargetForm(request.POST or None, initial=initial)

    def save() -> None:
        data = form.cleaned_data
        do.set_target(
            record, data["period"], data["value"], actor=actor, note=data["note"], reason=data.get("reason", "")
        )

    if attempt(form, save):
        messages.success(request, _("The target is set."))
        return redirect("workspace:indicator", record.code)
    return render(request, "workspace/indicators/target.html", {"indicator": record, "form": form, "there": there})


def _part(request: HttpRequest, model: type[Any], pk: int) -> Any:
    """A figure or target of an indicator that the reader sees and edits."""
    visible = queries.indicators(who(request)).order_by().values("pk")
    found = model._default_manager.filter(indicator__in=visible).select_related("indicator__organisation")
    part = one(found, pk=pk)
    policy.require("edit", who(request), part.subject())
    return part


@staff_page
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a figure away, with a reason."""
    part: Measurement = _part(request, Measurement, pk)
    words = {"title": _("Take the figure of %(period)s away") % {"period": part.period}, "button": _("Take it away")}
    return _taken(request, part, part.indicator, words, do.take_figure_back)


@staff_page
def drop_target(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a target away, with a reason."""
    part: TargetPoint = _part(request, TargetPoint, pk)
    words = {"title": _("Take the target for %(period)s away") % {"period": part.period}, "button": _("Take it away")}
    return _taken(request, part, part.indicator, words, do.drop_target)


def _taken(request: HttpRequest, part: Any, indicator: Indicator, words: dict[str, str], act: Any) -> HttpResponse:
    form = ReasonForm(request.POST or None, label=_("Why"))
    if attempt(form, lambda: act(part, actor=who(request), reason=form.cleaned_data["reason"])):
        messages.success(request, _("It is gone. Its history stays."))
        return redirect("workspace:indicator", indicator.code)
    return render(request, "workspace/indicators/reason.html", {"form": form, "indicator": indicator, **words})
