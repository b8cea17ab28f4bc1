"""Where a plan stands: counts, monitored objectives, rolled-up progress, latest changes. Constant numbers of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch

from senne.core.models import AuditEntry
from senne.core.policy import Actor
from senne.core.text import Text
from senne.plan import queries
from senne.plan.models import Action, Axis, Objective, Plan, Theme
from senne.plan.rules.monitoring import ObjectiveFacts, why_not_monitored
from senne.plan.rules.progress import Part, Progress, roll_up
from senne.plan.words import Freshness, Health, Status


@dataclass(frozen=True)
class ObjectiveState:
    """An objective with its actions and what the rules say of it."""

    objective: Objective
    actions: list[Action]
    progress: Progress
    missing: list[str]

    @property
    def is_monitored(self) -> bool:
        return not self.missing

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


def state_of(objective: Objective, actions: list[Action], day: date) -> ObjectiveState:
    """What the rules say of one objective with the (visible) actions that serve it."""
    live = [a for a in actions if not a.is_closed and a.status != Status.ABANDONED]
    news = [d for d in (objective.last_reported_on, *(a.last_reported_on for a in live)) if d]
    owned = objective.owner is not None and (objective.owner.left_on is None or objective.owner.left_on > day)
    facts = ObjectiveFacts(owned, len(live), 0, max(news, default=None))
    progress = roll_up(Part(f"action:{a.pk}", _share(a), a.weight) for a in actions)
    return ObjectiveState(objective, actions, progress, why_not_monitored(facts, day))


def objective_states(actor: Actor, day: date, **narrow: Any) -> list[ObjectiveState]:
    """States of the visible objectives that `narrow` (a filter on Objective) leaves, in order: three queries."""
    found = queries.objectives(actor).filter(**narrow).order_by("axis__theme__order", "axis__order", "order", "code")
    found = found.prefetch_related(Prefetch("actions", queryset=queries.actions(actor).order_by("order", "code")))
    return [state_of(objective, list(objective.actions.all()), day) for objective in found]


def plan_tree(plan: Plan, actor: Actor, day: date) -> Branch:
    """Plan → themes → axes → objectives with progress at each level: five queries, whatever the size."""
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


# ---- Latest changes -----------------------------------------------------------------------------------------------

TOLD_FIELDS = ("status", "phase", "title", "statement", "news", "end_on", "visibility", "health_override")


@dataclass(frozen=True)
class Change:
    """A change that may be told: of which record, when, which told fields went from what to what."""

    id: int
    at: datetime
    verb: str
    record: Action | Objective
    changes: dict[str, list[Any]]
    news: Text


@dataclass(frozen=True)
class Changes:
    """Some changes, newest first, and where to go on from (`before` for the next ones; None at the end)."""

    items: list[Change]
    before: int | None


def latest_changes(actor: Actor, limit: int = 20, record: Action | Objective | None = None) -> list[Change]:
    """The latest changes of what the actor may see, or of one record."""
    return changes_page(actor, limit, record).items


def changes_page(
    actor: Actor, limit: int = 20, record: Action | Objective | None = None, before: int | None = None
) -> Changes:
    """The latest changes of visible actions and objectives, newest first: three queries.

    Internal fields are never told; a change of nothing but those is left out. With `before`, only what came before the
    change of that number.
    """
    entries = AuditEntry.objects.filter(kind__in=("plan.action", "plan.objective")).exclude(verb="delete")
    if record is not None:
        entries = entries.filter(kind=record._meta.label_lower, record_id=record.pk)
    if before is not None:
        entries = entries.filter(pk__lt=before)
    window = list(entries.order_by("-id")[: limit * 8])
    seen = _visible(window, actor)
    told: list[Change] = []
    for entry in window:
        found = seen.get((entry.kind, entry.record_id))
        fields = {k: v for k, v in entry.changes.items() if k in TOLD_FIELDS}
        if found is None or (not fields and entry.verb not in {"create", "report"}):
            continue
        news = fields.get("news", [None, None])[1] or {}
        told.append(Change(entry.pk, entry.at, entry.verb, found, fields, Text(news)))
        if len(told) == limit:
            return Changes(told, entry.pk if entry is not window[-1] or len(window) == limit * 8 else None)
    return Changes(told, window[-1].pk if len(window) == limit * 8 else None)


def _visible(entries: list[AuditEntry], actor: Actor) -> dict[tuple[str, int], Action | Objective]:
    ids: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        ids[entry.kind].add(entry.record_id)
    found: dict[tuple[str, int], Action | Objective] = {}
    for action in queries.actions(actor).filter(pk__in=ids["plan.action"]):
        found["plan.action", action.pk] = action
    for objective in queries.objectives(actor).filter(pk__in=ids["plan.objective"]):
        found["plan.objective", objective.pk] = objective
    return found
