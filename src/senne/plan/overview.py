"""Where a plan stands: counts, monitored objectives, rolled-up progress. Constant numbers of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch, QuerySet

from senne.core.models import Organisation
from senne.core.policy import Actor
from senne.plan import measured, queries
from senne.plan.models import Action, Axis, Objective, Plan, Theme
from senne.plan.rules.monitoring import ObjectiveFacts, why_not_monitored
from senne.plan.rules.progress import Part, Progress, roll_up
from senne.plan.words import Freshness, Health, Status

# Objectives of plans of the city and its bodies; those above it (a region's, a covenant's) are answered, not monitored here.
OURS = {"plan__organisation__kind__in": [k for k in Organisation.Kind if k != Organisation.Kind.PARTNER]}


@dataclass(frozen=True)
class Monitored:
    """An objective and what keeps it from being monitored; nothing where it is."""

    objective: Objective
    missing: list[str]

    @property
    def is_monitored(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class ObjectiveState(Monitored):
    """An objective with its actions and what the rules say of it."""

    actions: list[Action]
    progress: Progress

    @property
    def record(self) -> Objective:
        """The objective, under the name that it has in every branch."""
        return self.objective


@dataclass(frozen=True)
class Branch:
    """An axis, theme or plan with its parts and their rolled-up progress."""

    record: Any
    progress: Progress
    parts: list[Any] = field(default_factory=list)

    def objective_states(self) -> list[ObjectiveState]:
        found: list[ObjectiveState] = []
        for part in self.parts:
            found.extend([part] if isinstance(part, ObjectiveState) else part.objective_states())
        return found

    @property
    def objective_count(self) -> int:
        return len(self.objective_states())

    @property
    def monitored_count(self) -> int:
        return sum(state.is_monitored for state in self.objective_states())

    @property
    def action_count(self) -> int:
        return len({action.pk for state in self.objective_states() for action in state.actions})


def _share(action: Action) -> Fraction | None:
    return None if action.progress_permille is None else Fraction(action.progress_permille, 1000)


def state_of(
    objective: Objective, actions: list[Action], day: date, figures: Sequence[date | None] = ()
) -> ObjectiveState:
    """What the rules say of one objective with the (visible) actions that serve it.

    `figures` holds, for each (visible) indicator that measures it, the day of its latest figure.
    """
    live = [a.last_reported_on for a in actions if not a.is_closed and a.status != Status.ABANDONED]
    progress = roll_up(Part(f"action:{a.pk}", _share(a), a.weight) for a in actions)
    return ObjectiveState(objective, _missing(objective, live, figures, day), actions, progress)


def _missing(objective: Objective, live: Sequence[date | None], figures: Sequence[date | None], day: date) -> list[str]:
    """`live` holds the day of the last report on each action that serves it and goes on, `figures` that of indicators."""
    news = [reported for reported in (objective.last_reported_on, *live, *figures) if reported]
    owned = objective.owner is not None and (objective.owner.left_on is None or objective.owner.left_on > day)
    return why_not_monitored(ObjectiveFacts(owned, len(live), len(figures), max(news, default=None)), day)


def state_now(objective: Objective, actor: Actor, day: date) -> ObjectiveState:
    """What the rules say of one objective with the actions and indicators that the actor may see: two queries."""
    actions = list(queries.actions(actor).filter(objectives=objective))
    given = measured.measured_on([objective.pk], actor, day)
    return state_of(objective, actions, day, given.get(objective.pk, ()))


def _in_order(actor: Actor, narrow: dict[str, Any]) -> QuerySet[Objective]:
    found = queries.objectives(actor).filter(**narrow)
    return found.order_by("axis__theme__order", "axis__order", "order", "code", "pk")


def objective_states(actor: Actor, day: date, /, **narrow: Any) -> list[ObjectiveState]:
    """States of the visible objectives that `narrow` (a filter on Objective) leaves, in order: four queries."""
    serving = queries.actions(actor).order_by("order", "code")
    found = _in_order(actor, narrow).prefetch_related(Prefetch("actions", queryset=serving))
    objectives = list(found)
    given = measured.measured_on([objective.pk for objective in objectives], actor, day)
    return [state_of(o, list(o.actions.all()), day, given.get(o.pk, ())) for o in objectives]


def monitoring(actor: Actor, day: date, /, **narrow: Any) -> list[Monitored]:
    """What keeps each of these objectives from being monitored, without its actions and progress: three queries."""
    objectives = list(_in_order(actor, narrow))
    live: dict[int, list[date | None]] = defaultdict(list)
    going_on = queries.open_actions(actor).exclude(status=Status.ABANDONED).order_by().values("pk")
    serving = Action.objectives.through.objects.filter(action__in=going_on)
    for objective, reported in serving.values_list("objective_id", "action__last_reported_on"):
        live[objective].append(reported)
    given = measured.measured_on([objective.pk for objective in objectives], actor, day)
    return [Monitored(o, _missing(o, live[o.pk], given.get(o.pk, ()), day)) for o in objectives]


def plan_tree(plan: Plan, actor: Actor, day: date) -> Branch:
    """Plan → themes → axes → objectives with progress at each level: six queries, whatever the size."""
    by_axis: dict[int, list[ObjectiveState]] = defaultdict(list)
    for state in objective_states(actor, day, plan=plan):
        by_axis[state.objective.axis_id].append(state)
    by_theme: dict[int, list[Branch]] = defaultdict(list)
    for axis in Axis.objects.filter(plan=plan).select_related("plan"):
        by_theme[axis.theme_id].append(axis_branch(axis, by_axis[axis.pk]))
    branches = [_branch(theme, by_theme[theme.pk]) for theme in Theme.objects.filter(plan=plan).select_related("plan")]
    return _branch(plan, branches)


def axis_branch(axis: Axis, states: list[ObjectiveState]) -> Branch:
    """An axis with the states of its objectives and their weighted mean."""
    parts = (Part(f"objective:{s.objective.pk}", s.progress.share, s.objective.weight) for s in states)
    return Branch(axis, roll_up(parts), list(states))


def _branch(record: Plan | Theme, branches: list[Branch]) -> Branch:
    parts = (Part(f"part:{b.record.pk}", b.progress.share, b.record.weight) for b in branches)
    return Branch(record, roll_up(parts), list(branches))


@dataclass(frozen=True)
class Counts:
    """How many actions stand where."""

    total: int
    by_status: dict[str, int]
    by_health: dict[str, int]
    by_freshness: dict[str, int]


def count_actions(actions: Iterable[Action], day: date) -> Counts:
    """Counts over actions that go on; health and freshness are counted for those neither done nor abandoned."""
    status: Counter[str] = Counter(dict.fromkeys(Status.values, 0))
    health: Counter[str] = Counter(dict.fromkeys(Health.values, 0))
    freshness: Counter[str] = Counter(dict.fromkeys(Freshness.values, 0))
    for action in actions:
        status[action.status] += 1
        if action.status not in {Status.DONE, Status.ABANDONED}:
            health[action.health_on(day)] += 1
            freshness[action.freshness_on(day)] += 1
    return Counts(sum(status.values()), dict(status), dict(health), dict(freshness))
