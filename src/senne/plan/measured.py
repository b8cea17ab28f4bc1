"""What measures the plan: the indicators of objectives and actions, cut to what the reader may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet

from senne.core.periods import Period, parse_period
from senne.core.policy import Actor, can_report
from senne.indicators import api as indicators
from senne.indicators.api import Indicator, Measurement, Standing
from senne.plan import queries
from senne.plan.models import Action, IndicatorLink, Objective, Plan

# A form asks for the latest figures that are missing, not for a history of gaps.
MOST_ASKED = 2


def links_of(record: Action | Objective, actor: Actor) -> QuerySet[IndicatorLink]:
    """The ties of a record to indicators that the actor may see."""
    place = {"action" if isinstance(record, Action) else "objective": record}
    return visible_links(IndicatorLink.objects.filter(**place), actor).select_related("indicator")


def visible_links(found: QuerySet[IndicatorLink], actor: Actor) -> QuerySet[IndicatorLink]:
    """Those of these ties whose indicator the actor may see."""
    return found.filter(indicator__in=indicators.queries.indicators(actor).order_by().values("pk"))


def standings_of(record: Action | Objective, actor: Actor, day: date) -> list[Standing]:
    """The visible indicators of a record with where they stand: three queries."""
    found = indicators.queries.indicators(actor).filter(pk__in=links_of(record, actor).order_by().values("indicator"))
    return indicators.queries.standings(found, day)


def indicators_of_plan(plan: Plan, actor: Actor) -> QuerySet[Indicator]:
    """Visible indicators that measure a visible objective or action of the plan."""
    return indicators.queries.indicators(actor).filter(pk__in=_links_in(plan, actor).values("indicator"))


def measuring(actor: Actor, plan: str = "", objective: str = "", action: str = "") -> QuerySet[Indicator]:
    """Visible indicators that measure something visible: of the plan, the objective, the action of those codes."""
    links = _links_in(None, actor)
    if plan:
        links = links.filter(Q(objective__plan__code=plan) | Q(action__plan__code=plan))
    found = indicators.queries.indicators(actor).filter(pk__in=links.values("indicator"))
    if objective:
        found = found.filter(pk__in=links.filter(objective__code=objective).values("indicator"))
    if action:
        found = found.filter(pk__in=links.filter(action__code=action).values("indicator"))
    return found


def _links_in(plan: Plan | None, actor: Actor) -> QuerySet[IndicatorLink]:
    goals, deeds = queries.objectives(actor).order_by(), queries.open_actions(actor).order_by()
    if plan is not None:
        goals, deeds = goals.filter(plan=plan), deeds.filter(plan=plan)
    found = Q(objective__in=goals.values("pk")) | Q(action__in=deeds.values("pk"))
    return IndicatorLink.objects.filter(found).order_by()


def ties_of(
    found: Iterable[Indicator], actor: Actor, plan: Plan | None = None
) -> dict[int, tuple[list[Objective], list[Action]]]:
    """By indicator, the visible objectives and open actions that it measures: three queries."""
    links = _links_in(plan, actor).filter(indicator__in=[indicator.pk for indicator in found])
    pairs = list(links.values_list("indicator_id", "objective_id", "action_id"))
    goals = queries.objectives(actor).in_bulk({goal for _i, goal, _a in pairs if goal})
    deeds = queries.actions(actor).in_bulk({deed for _i, _o, deed in pairs if deed})
    ties: dict[int, tuple[list[Objective], list[Action]]] = defaultdict(lambda: ([], []))
    for indicator, goal, deed in pairs:
        if goal:
            ties[indicator][0].append(goals[goal])
        else:
            ties[indicator][1].append(deeds[deed])
    for tied_goals, tied_deeds in ties.values():
        tied_goals.sort(key=lambda record: (record.plan.code, record.order, record.code))
        tied_deeds.sort(key=lambda record: (record.plan.code, record.order, record.code))
    return dict(ties)


def measured_on(objectives: Iterable[int], actor: Actor, day: date) -> dict[int, list[date | None]]:
    """By objective, for each visible indicator that still measures it: when its latest figure was given. One query."""
    links = visible_links(IndicatorLink.objects.filter(objective__in=list(objectives)), actor).order_by()
    rows = links.annotate(given=Max("indicator__measurements__reported_on"))
    found: dict[int, list[date | None]] = defaultdict(list)
    for objective, last, given in rows.values_list("objective_id", "indicator__last_period", "given"):
        if not last or parse_period(last).last_day >= day:
            found[objective].append(given)
    return found


def field_name(indicator: Indicator, period: Period) -> str:
    """What the field of a figure is called in a form."""
    return f"figure_{indicator.pk}_{str(period).replace('-', '_')}"


@dataclass(frozen=True)
class FigureAsked:
    """A figure that a report is asked for: of which indicator and period, due when, and the figure before it."""

    indicator: Indicator
    period: Period
    due: date
    before: Measurement | None

    @property
    def name(self) -> str:
        """What its field is called in a form."""
        return field_name(self.indicator, self.period)


def figures_asked(record: Action | Objective, actor: Actor, day: date) -> list[FigureAsked]:
    """The missing figures of the record's indicators that the actor may give, the oldest first of each: three queries."""
    asked = []
    for standing in standings_of(record, actor, day):
        indicator = standing.indicator
        if not can_report(actor, indicator.subject()):
            continue
        for period in standing.missing[-MOST_ASKED:]:
            earlier = [m for m in standing.measurements if m.period < str(period)]
            before = earlier[-1] if earlier else None
            asked.append(FigureAsked(indicator, period, indicator.asked().due_on(period), before))
    return asked
