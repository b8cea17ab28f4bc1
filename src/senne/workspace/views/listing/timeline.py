"""The timeline: bars by theme, objective or organisation, steps on them, what depends on what; and the same as a table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from senne.core.policy import Actor
from senne.core.templatetags.senne import when
from senne.core.text import as_text
from senne.core.viewing import who
from senne.plan.api import Action, ActionRelation, Step, queries, words
from senne.workspace.listing import chart
from senne.workspace.listing.asked import GROUPS, SPANS, Asked
from senne.workspace.listing.finding import find
from senne.workspace.listing.wording import span_words
from senne.workspace.views.listing.common import first_of, frame, too_many

LIMIT = 240
DEPENDS = (words.RelationKind.PRECEDES, words.RelationKind.BLOCKS)


@dataclass(frozen=True)
class StepShown:
    """A step in words, with its diamond where its date lies in the window."""

    title: str
    due: str
    done: bool
    tone: str
    diamond: chart.Diamond | None


@dataclass(frozen=True)
class Line:
    """A row of the chart with what is said of it: `after` are the codes that it waits for, with whether dates overlap;
    `elsewhere` those that wait for it under another heading, as (anchor, code)."""

    action: Action
    title: str
    address: str
    runs: str
    status: str
    drawn: chart.Drawn
    tone: str
    steps: list[StepShown]
    after: list[tuple[str, bool]]
    elsewhere: list[tuple[int, str]]


@dataclass(frozen=True)
class Group:
    """Rows under one heading."""

    label: str
    code: str
    chart: chart.Chart
    lines: list[Line]


@dataclass
class Ties:
    """Dependencies among what the reader sees, both ways."""

    pairs: list[tuple[int, int]] = field(default_factory=list)
    before: dict[int, list[Action]] = field(default_factory=lambda: defaultdict(list))
    after: dict[int, list[Action]] = field(default_factory=lambda: defaultdict(list))


def show(request: HttpRequest, asked: Asked) -> HttpResponse:
    """All that the filter finds, up to a limit that is said."""
    actor, today = who(request), timezone.localdate()
    actions, count = first_of(queries.light(find(asked, actor, today)).prefetch_related("steps"), LIMIT)
    spans = {action.pk: _span(action) for action in actions}
    window = chart.window_of(list(spans.values()), today, asked.begin, asked.span)
    ties = _ties(actions, actor)
    groups = [
        _group(label, code, members, spans, window, ties, today)
        for label, code, members in _grouped(actions, asked.group, actor)
    ]
    context = frame(
        request,
        asked,
        today=today,
        count=count,
        too_many=too_many(count, LIMIT),
        groups=groups,
        window=window,
        axis=_axis(window),
        today_x=window.x(today) if window.holds(today) else None,
        group_choices=list(zip(GROUPS, (_("theme"), _("objective"), _("organisation"), _("nothing")), strict=True)),
        span_choices=list(zip(SPANS, (_("all years"), _("one year"), _("three years"), _("six years")), strict=True)),
        moves=_moves(asked, window),
    )
    return render(request, "workspace/listing/timeline.html", context)


def _span(action: Action) -> chart.Span:
    steps = tuple((step.due, step.done_on is not None, step.pk) for step in action.steps.all() if step.due)
    return chart.Span(action.pk, action.start, action.end, action.continuous, steps)


Place = tuple[tuple[Any, ...], str, str]


def _grouped(actions: list[Action], by: str, actor: Actor) -> list[tuple[str, str, list[Action]]]:
    """(label, code, members) in the order of the plan; each action once."""
    places = _served(actions, by, actor) if by in {"theme", "objective"} else {}
    groups: dict[tuple[Any, ...], tuple[str, str, list[Action]]] = {}
    for action in actions:
        order, label, code = places.get(action.pk) or _place(action, by)
        groups.setdefault(order, (label, code, []))[2].append(action)
    return [groups[order] for order in sorted(groups)]


def _place(action: Action, by: str) -> Place:
    """(order, label, code) of the group of an action that is not placed by an objective."""
    if by == "none":
        return (), "", ""
    if by == "lead":
        unit = action.lead
        return ((0, unit.path), str(unit.name), "") if unit else ((1, ""), _("Without lead organisation"), "")
    return (1, action.plan.code), _("Without objective"), action.plan.code


def _served(actions: list[Action], by: str, actor: Actor) -> dict[int, Place]:
    """The place of each action under the first objective that it serves, one of its own plan before others: one query."""
    through = Action.objectives.through.objects.filter(
        action__in=[action.pk for action in actions], objective__in=queries.objectives(actor).order_by().values("pk")
    )
    rows = through.values_list("action_id", *(f"objective__{name}" for name in _PLACE))
    own_plan = {action.pk: action.plan_id for action in actions}
    first: dict[int, tuple[Any, ...]] = {}
    for key, plan, main, plan_code, theme_order, theme, theme_name, axis_order, axis, order, code, said in rows:
        rank = (plan != own_plan[key], not main, plan_code, theme_order, theme, axis_order, axis, order, code)
        if key not in first or rank < first[key][0]:
            first[key] = (rank, theme, theme_name, code, said)
    if by == "theme":
        return {key: ((0, *rank[1:5]), str(as_text(name)), theme) for key, (rank, theme, name, _c, _s) in first.items()}
    return {key: ((0, *rank[1:]), str(as_text(said)), code) for key, (rank, _t, _n, code, said) in first.items()}


_PLACE = (
    "plan_id", "plan__is_main", "plan__code", "axis__theme__order", "axis__theme__code", "axis__theme__name",
    "axis__order", "axis__code", "order", "code", "statement",
)  # fmt: skip


def _ties(actions: list[Action], actor: Actor) -> Ties:
    """What precedes or blocks what, among what the reader may see: two queries."""
    keys = [action.pk for action in actions]
    here = {action.pk: action for action in actions}
    found = ActionRelation.objects.filter(kind__in=DEPENDS)
    links = found.filter(Q(action__in=keys) | Q(other__in=keys)).order_by("pk")
    pairs = list(dict.fromkeys(links.values_list("action_id", "other_id")))
    away = {pk for pair in pairs for pk in pair} - here.keys()
    here |= {action.pk: action for action in queries.light(queries.open_actions(actor)).filter(pk__in=away)}
    ties = Ties()
    for first, second in pairs:
        if first in here and second in here:
            ties.pairs.append((first, second))
            ties.before[second].append(here[first])
            ties.after[first].append(here[second])
    return ties


def _group(
    label: str,
    code: str,
    members: list[Action],
    spans: dict[int, chart.Span],
    window: chart.Window,
    ties: Ties,
    today: date,
) -> Group:
    drawn = chart.lay_out([spans[action.pk] for action in members], window, ties.pairs)
    lines = [_line(action, drawn, spans, ties, today) for action in members]
    return Group(label, code, drawn, lines)


def _line(action: Action, drawn: chart.Chart, spans: dict[int, chart.Span], ties: Ties, today: date) -> Line:
    row = drawn.by_key[action.pk]
    own = spans[action.pk]
    diamonds = {diamond.key: diamond for diamond in row.diamonds}
    after = [
        (first.code, first.pk in spans and chart.overlap(spans[first.pk], own)) for first in ties.before[action.pk]
    ]
    return Line(
        action,
        str(action.title),
        reverse("site:action", args=[action.plan.code, action.code]),
        span_words(action),
        str(words.Status(action.status).label),
        row,
        _tone(action, today),
        [_step(step, diamonds.get(step.pk), today) for step in action.steps.all() if step.due_on],
        after,
        [(other.pk, other.code) for other in ties.after[action.pk] if other.pk not in drawn.by_key],
    )


def _step(step: Step, diamond: chart.Diamond | None, today: date) -> StepShown:
    done = step.done_on is not None
    tone = "done" if done else "late" if step.is_overdue(today) else "to-start"
    return StepShown(str(step.title), when(step.due), done, tone, diamond)


def _tone(action: Action, today: date) -> str:
    """The CSS class of a bar: late and to watch first, else where it stands."""
    if action.status in {words.Status.DONE, words.Status.ABANDONED, words.Status.SUSPENDED}:
        return action.status.replace("_", "-")
    health = action.health_on(today)
    return (action.status if health == words.Health.ON_TRACK else health).replace("_", "-")


def _axis(window: chart.Window) -> list[tuple[chart.Tick, str]]:
    """The lines of the axis with their labels: years, and months where there is room."""
    month = window.years < 1.5
    return [
        (tick, tick.text if tick.kind == "year" else str(MONTHS_3[int(tick.text)]) if tick.text and month else "")
        for tick in chart.ticks_of(window)
    ]


def _moves(asked: Asked, window: chart.Window) -> list[tuple[str, str]]:
    """(query, label) of the years before and after, where only some are shown."""
    if not asked.span:
        return []
    first = window.first.year
    return [
        (asked.query(begin=first - asked.span), str(first - asked.span)),
        (asked.query(begin=first + asked.span), str(first + asked.span)),
    ]
