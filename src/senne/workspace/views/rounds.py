"""Reporting rounds: prepared, opened, closed, published, corrected."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from senne.core import policy
from senne.core.policy import Actor
from senne.core.viewing import one, who
from senne.plan.api import Round, do, freezing, queries, rounds, words
from senne.workspace.forms.rounds import CorrectionForm, Questions, RoundForm, initial_questions
from senne.workspace.reach import organisations
from senne.workspace.saving import attempt, edit
from senne.workspace.views.common import must_be, staff_page


@staff_page
def all_rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of the reader's houses."""
    actor = who(request)
    found = list(rounds.rounds(actor))
    return render(request, "workspace/rounds/list.html", {"rounds": found, "may_run": bool(_run_by(actor))})


def _run_by(actor: Actor) -> list[Any]:
    """Organisations for which the actor may run rounds."""
    return [o for o in organisations(actor) if policy.can_run_rounds(actor, o.subject())]


def _choices(actor: Actor) -> dict[str, Any]:
    plans = [plan.pk for plan in queries.plans(actor) if policy.can_run_rounds(actor, plan.subject())]
    return {"organisations": organisations(actor), "plans": queries.plans(actor).filter(pk__in=plans)}


def the_round(request: HttpRequest, pk: int, verb: str = "run_rounds") -> Round:
    """The round; 404 where it may not be seen, refused where the verb is not the reader's."""
    found = one(rounds.rounds(who(request)), pk=pk)
    policy.require(verb, who(request), found.organisation.subject())
    return found


@staff_page
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a round; nobody is asked until it is opened."""
    actor, today = who(request), timezone.localdate()
    must_be(actor)
    initial: dict[str, Any] = {
        "period_start": today.replace(month=1, day=1),
        "period_end": today.replace(month=12, day=31),
    }
    main = queries.plans(actor).filter(is_main=True).first()
    if main:
        initial |= {"plans": [main.pk], "organisation": main.organisation_id}
    form = RoundForm(request.POST or None, initial=initial, **_choices(actor))
    questions: Any = Questions(request.POST or None, prefix="questions")
    made: list[Round] = []

    def save() -> None:
        made.append(do.prepare_round({**form.values(), "questions": questions.asked()}, actor=actor))

    if questions.is_valid() and attempt(form, save):
        messages.success(request, _("The round is prepared. Open it when everything is right."))
        return redirect("workspace:round", made[0].pk)
    return render(request, "workspace/rounds/edit.html", {"form": form, "questions": questions})


@staff_page
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, instructions and deadlines at any time; what is asked of whom before it opens."""
    found, actor = the_round(request, pk), who(request)
    is_open = found.state != words.RoundState.DRAFT
    sent = request.POST if request.method == "POST" else None
    questions: Any = (
        None if is_open else Questions(sent, prefix="questions", initial=initial_questions(found.questions))
    )

    def save(values: dict[str, Any], version: int) -> None:
        asked = {} if questions is None else {"questions": questions.asked()}
        do.change_round(found, {**values, **asked}, actor=actor, expected_version=version)

    if questions is None or sent is None or questions.is_valid():
        make = partial(RoundForm, is_open=is_open, **_choices(actor))
        editing = edit(request, make, RoundForm.initial_of, found, save)
        if editing.done:
            messages.success(request, _("Saved."))
            return redirect("workspace:round", found.pk)
        context = editing.shown
    else:
        context = {"form": RoundForm(sent, is_open=is_open, **_choices(actor))}
    return render(request, "workspace/rounds/edit.html", {**context, "round": found, "questions": questions})


@staff_page
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Open, close, open again, ask those who are new: one button each."""
    found, actor, today = the_round(request, pk), who(request), timezone.localdate()

    def _done(deed: Callable[..., None], said: str) -> str:
        deed(found, actor=actor)
        return said

    deeds: dict[str, Callable[[], str]] = {
        "open": lambda: _asked(do.open_round(found, actor=actor, today=today)),
        "close": lambda: _done(do.close_round, _("Closed for reports. Validation goes on.")),
        "reopen": lambda: _done(do.reopen_round, _("Open again.")),
        "add": lambda: _asked(do.add_missing(found, actor=actor)),
    }
    chosen = next((name for name in deeds if name in request.POST), "")
    try:
        if chosen:
            messages.success(request, deeds[chosen]())
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    return redirect("workspace:round", found.pk)


def _asked(number: int) -> str:
    text = ngettext("%(n)s contribution is waited for.", "%(n)s contributions are waited for.", number)
    return text % {"n": number}


@staff_page
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """What publishing means, what is missing, and the button; every plan of the round is frozen with it."""
    found, actor = the_round(request, pk), who(request)
    missing = found.contributions.exclude(state=words.ContributionState.VALIDATED).count()
    if request.method == "POST":
        try:
            incomplete = "incomplete" in request.POST
            taken = do.publish_round(found, actor=actor, today=timezone.localdate(), incomplete=incomplete)
        except ValidationError as fault:
            messages.error(request, " ".join(fault.messages))
            return redirect("workspace:publish_round", found.pk)
        text = ngettext("Published: %(n)s plan is frozen.", "Published: %(n)s plans are frozen.", len(taken))
        messages.success(request, text % {"n": len(taken)})
        return redirect("workspace:round", found.pk)
    plans = list(found.plans.all())
    return render(request, "workspace/rounds/publish.html", {"round": found, "missing": missing, "plans": plans})


@staff_page
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A new edition of what was published, with its reason; the earlier one stays and says that there is a newer one."""
    actor = who(request)
    snapshot = one(freezing.snapshots(actor), pk=pk)
    policy.require("run_rounds", actor, snapshot.plan.subject())
    form = CorrectionForm(request.POST or None)
    made: list[Any] = []

    def save() -> None:
        reason = form.cleaned_data["reason"]
        made.append(do.correct_snapshot(snapshot, actor=actor, today=timezone.localdate(), reason=reason))

    if attempt(form, save):
        messages.success(request, _("The new edition is published."))
        return redirect("site:version", made[0].plan.code, made[0].number)
    return render(request, "workspace/rounds/correct.html", {"snapshot": snapshot, "form": form})
