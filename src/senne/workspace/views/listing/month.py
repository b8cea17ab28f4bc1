"""The calendar: ends of actions, steps and what is owed, in a month; a list by day on a phone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from senne.core.duties.keeping import acting, open_duties
from senne.core.duties.models import Duty
from senne.core.periods import PartialDate
from senne.core.policy import Actor
from senne.core.text import reader_language
from senne.core.viewing import who
from senne.plan.api import Action, Contribution, Step, queries, words
from senne.workspace.duties import LOOKS_AFTER
from senne.workspace.listing import weeks
from senne.workspace.listing.asked import Asked
from senne.workspace.listing.finding import ending_within, find
from senne.workspace.views.listing.common import frame

LIMIT = 400


@dataclass(frozen=True)
class Item:
    """Something on a day: `kind` is end, step or duty; `tone` its CSS class; `mine`: the reader is the one to act."""

    when: PartialDate
    kind: str
    kind_label: str
    text: Any
    code: str
    address: str
    tone: str = ""
    state: str = ""
    action: Action | None = None
    mine: bool = False


def show(request: HttpRequest, asked: Asked) -> HttpResponse:
    """One month: what ends and is due in it, of the actions that the filter finds; and the duties about them."""
    actor, today = who(request), timezone.localdate()
    month = weeks.month_from(asked.month, today)
    found = find(asked, actor, today)
    items = [*_ends(found, month, today), *_steps(found, month, today), *_duties(found, asked, actor, month, today)]
    items.sort(key=lambda item: (item.when.last_day, not item.mine, item.kind, item.code))
    laid_out = weeks.lay_out(items[:LIMIT], month)
    before, after = weeks.month_before(month), weeks.next_month(month)
    context = frame(
        request,
        asked,
        today=today,
        count=laid_out.count,
        too_many=_too_many(len(items)),
        month=laid_out,
        weekdays=[(WEEKDAYS_ABBR[n], WEEKDAYS[n]) for n in range(7)],
        before=(before, asked.query(month=f"{before:%Y-%m}")),
        after=(after, asked.query(month=f"{after:%Y-%m}")),
        this_month=asked.query(month="") if month != today.replace(day=1) else "",
    )
    return render(request, "workspace/listing/calendar.html", context)


def _too_many(count: int) -> str:
    if count <= LIMIT:
        return ""
    text = _("The first %(limit)s of %(count)s things are shown. Narrow the filter to see the others.")
    return text % {"limit": LIMIT, "count": count}


def _span(month: date) -> tuple[date, date]:
    return month, weeks.next_month(month) - timedelta(days=1)


def _ends(found: QuerySet[Action], month: date, today: date) -> Iterable[Item]:
    """Actions that end in the month."""
    for action in queries.light(found).filter(ending_within("end", *_span(month)), continuous=False)[:LIMIT]:
        tone = _tone(action.status, action.end, today)
        state = str(words.Status(action.status).label)
        yield Item(action.end, "end", _("Ends"), action.title, action.code, "", tone, state, action)  # type: ignore[arg-type]


def _steps(found: QuerySet[Action], month: date, today: date) -> Iterable[Item]:
    """Steps of the actions that are due in the month, done or not."""
    steps = Step.objects.filter(ending_within("due", *_span(month)), action__in=found.order_by().values("pk"))
    for step in steps.select_related("action__plan")[:LIMIT]:
        tone = "done" if step.done_on else "late" if step.is_overdue(today) else ""
        state = _("done") if step.done_on else ""
        yield Item(step.due, "step", _("Step"), step.title, step.action.code, "", tone, state, step.action)  # type: ignore[arg-type]


def _tone(status: str, end: PartialDate | None, today: date) -> str:
    if status in {words.Status.DONE, words.Status.ABANDONED}:
        return status
    return "late" if end and end.last_day < today else ""


def _duties(found: QuerySet[Action], asked: Asked, actor: Actor, month: date, today: date) -> Iterable[Item]:
    """What is owed about the actions found, in the organisations that the reader looks after or by the reader; without a
    filter also what else they owe. Steps and ends are left out: they stand there already."""
    below = Q(pk__in=[])
    for path in actor.paths(*LOOKS_AFTER):
        below |= Q(organisation__path__startswith=path)
    duties = open_duties(due_on__range=_span(month)).exclude(kind__in=("step", "end"))
    held = duties.filter(holders__person_id=actor.person_id or 0).values("pk")
    near = list(duties.filter(below | Q(pk__in=held))[:LIMIT])
    about = _about(near, found)
    shown = [d for d in near if d.pk in about or (not asked.used and actor.person_id in d.chain)]
    to_act = acting(shown, today)
    return [_item(duty, actor.person_id in to_act[duty.pk], today) for duty in shown]


def _about(duties: list[Duty], found: QuerySet[Action]) -> set[int]:
    """Keys of the duties that are about one of the actions found: two queries."""
    told = [duty.subject_id for duty in duties if duty.subject_kind == "plan.contribution"]
    action_of = dict(Contribution.objects.filter(pk__in=told).values_list("pk", "action_id"))
    keys = set(found.order_by().values_list("pk", flat=True))
    return {
        duty.pk
        for duty in duties
        if (duty.subject_kind == "plan.action" and duty.subject_id in keys)
        or (duty.subject_kind == "plan.contribution" and action_of.get(duty.subject_id) in keys)
    }


def _item(duty: Duty, mine: bool, today: date) -> Item:
    labels = {"report": _("Report"), "stale": _("Give news"), "validate": _("Validate"), "request": _("Answer")}
    text, tone = str(duty.what), "late" if duty.due_on < today else ""
    code, dot, title = text.partition(" · ")
    address = f"/{reader_language()}{duty.path}"
    label = labels.get(duty.kind) or _("To do")
    return Item(PartialDate(duty.due_on), "duty", label, title or text, code if dot else "", address, tone, mine=mine)
