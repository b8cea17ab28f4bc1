"""One contribution to a round: reported by its owner, validated or sent back by the head."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from senne.core import policy
from senne.core.duties import keeping
from senne.core.models import AuditEntry
from senne.core.periods import parse_period
from senne.core.policy import Actor, Refused
from senne.core.text import TextField, as_text
from senne.core.viewing import one, who
from senne.indicators import api as indicators
from senne.plan.api import Contribution, do, rounds, words
from senne.workspace.answered import answer_in_words
from senne.workspace.forms.reporting import SendBackForm
from senne.workspace.in_words import label_of_field, value_in_words
from senne.workspace.reporting import questions_of, task_of
from senne.workspace.telling import Told, tell
from senne.workspace.views.answering import answer
from senne.workspace.views.common import staff_page

State = words.ContributionState


@staff_page
def contribution(request: HttpRequest, round_pk: int, pk: int) -> HttpResponse:
    """The form for those who are to report, what was said for the others; buttons by rights."""
    actor = who(request)
    found = one(rounds.contributions(actor), round_id=round_pk, pk=pk)
    if request.method == "POST" and ("validate" in request.POST or "send_back" in request.POST):
        return _judge(request, found)
    may = policy.allowed(actor, found.subject())
    if _may_write(found, may) and (found.state in rounds.MISSING or "edit" in request.GET or request.method == "POST"):
        return answer(request, task_of(found), round=found.round)
    return _shown(request, found, may)


def _may_write(found: Contribution, may: set[str]) -> bool:
    open_ = found.round.state == words.RoundState.OPEN
    return open_ and "report" in may and found.state not in {State.VALIDATED, State.PUBLISHED}


def _shown(request: HttpRequest, found: Contribution, may: set[str], form: Any = None) -> HttpResponse:
    context = {
        "contribution": found,
        "record": found.record,
        "said": said_in_words(found, who(request)),
        "changes": changes_since(found, who(request)),
        "may": may,
        "may_write": _may_write(found, may),
        "may_judge": "validate" in may and found.round.state != words.RoundState.PUBLISHED,
        "form": form or SendBackForm(),
        "next": _next(request, found),
    }
    return render(request, "workspace/rounds/contribution.html", context)


def _judge(request: HttpRequest, found: Contribution) -> HttpResponse:
    actor = who(request)
    form = SendBackForm(request.POST)
    try:
        if "validate" in request.POST:
            do.validate(found, actor=actor)
            messages.success(request, _("Validated. Whoever reported will be told."))
        elif form.is_valid():
            do.send_back(found, form.cleaned_data["because"], actor=actor)
            messages.success(request, _("Sent back, with your reason. Whoever reported will be told."))
    except Refused:
        messages.error(request, _("You may not validate this (any more): nothing was changed. Ask the coordination."))
        if written := form.data.get("because", "").strip():
            messages.info(request, _("What you wrote: %(text)s") % {"text": written})
        return _shown(request, found, policy.allowed(actor, found.subject()), form)
    except ValidationError as fault:
        for told in fault.messages:
            form.add_error("because" if hasattr(fault, "error_dict") else None, told)
        found.refresh_from_db()
        return _shown(request, found, policy.allowed(actor, found.subject()), form)
    following = _next(request, found)
    return redirect(following.path if following else "workspace:home")


def _next(request: HttpRequest, found: Contribution) -> Any:
    """The next contribution that waits for this person's validation; its address has no language."""
    person = who(request).person_id
    waiting = keeping.owed_by(person, timezone.localdate()) if person else []
    return next((d for d in waiting if d.kind == "validate" and d.subject_id != found.pk), None)


def said_in_words(found: Contribution, actor: Actor) -> list[tuple[str, str]]:
    """(field or question, what was said), as the reader says it."""
    model = type(found.record)
    said = {name: value for name, value in found.said.items() if name != "figures"}
    lines = [(label_of_field(model, name), _value_in_words(model, name, value)) for name, value in said.items()]
    lines += _figures_in_words(found.said.get("figures", ()), actor)
    for question in questions_of(found):
        lines.append((str(as_text(question.label)), answer_in_words(question, found.answers.get(question.key, ""))))
    return [(label, value) for label, value in lines if value]


def _figures_in_words(said: Iterable[Mapping[str, str]], actor: Actor) -> list[tuple[str, str]]:
    """(indicator and period, figure) of those that the reader may see."""
    said = list(said)
    codes = {item["indicator"] for item in said}
    known = {i.code: i for i in indicators.queries.indicators(actor).filter(code__in=codes)} if codes else {}
    told = []
    for item in said:
        if indicator := known.get(item["indicator"]):
            period = indicators.words.period_words(parse_period(item["period"]))
            told.append((f"{indicator} · {period}", indicators.figure_shown(Decimal(item["value"]), indicator)))
    return told


def _value_in_words(model: Any, name: str, value: Any) -> str:
    """A text in the reader's language, as it is written there or elsewhere; all else as everywhere."""
    is_text = isinstance(model._meta.get_field(name), TextField)
    return as_text(value).shown()[0] if is_text else value_in_words(model, name, value)


def changes_since(found: Contribution, actor: Actor) -> list[Told]:
    """What was changed on the record since the round was opened, oldest first."""
    opened = found.round.opened_on
    if opened is None or not policy.can_see_history(actor, found.subject()):
        return []
    since = timezone.make_aware(datetime.combine(opened, time.min))
    kind = "plan.action" if found.action_id else "plan.objective"
    entries = AuditEntry.objects.filter(root_kind=kind, root_id=found.record.pk, at__gte=since)
    return tell(entries.exclude(kind="plan.contribution").order_by("id")[:40], actor)
