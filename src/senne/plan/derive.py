"""Derived fields of actions and their search entries, kept true by hooks that run inside every change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from senne.core import records, search
from senne.plan.models import Action, Objective, Step
from senne.plan.rules.health import health_dates
from senne.plan.rules.progress import action_progress

_DERIVED = ["watch_from", "late_from", "progress_permille"]


def refresh_actions(ids: Iterable[int]) -> None:
    """Compute health dates and progress of these actions anew, and index their texts: a constant number of queries."""
    actions = list(Action.objects.filter(pk__in=set(ids)).select_related("lead").prefetch_related("steps", "tags"))
    for action in actions:
        facts = action.facts()
        dates = health_dates(facts)
        share, _basis = action_progress(facts)
        action.watch_from, action.late_from = dates.watch_from, dates.late_from
        action.progress_permille = None if share is None else int(share * 1000)
    Action.objects.bulk_update(actions, _DERIVED, batch_size=200)
    search.index(
        "plan.action",
        {
            action.pk: (
                action.title,
                [
                    action.code,
                    action.description,
                    action.expected_effect,
                    action.news,
                    action.lead.name if action.lead else action.lead_text,
                    *(tag.name for tag in action.tags.all()),
                    *(step.title for step in action.steps.all()),
                ],
            )
            for action in actions
        },
    )


def _actions_changed(changed: list[Action]) -> None:
    refresh_actions(action.pk for action in changed)
    gone = {action.pk for action in changed} - set(
        Action.objects.filter(pk__in=[a.pk for a in changed]).values_list("pk", flat=True)
    )
    search.forget("plan.action", gone)


def _steps_changed(changed: list[Step]) -> None:
    refresh_actions(step.action_id for step in changed)


def _objectives_changed(changed: list[Objective]) -> None:
    kept = Objective.objects.filter(pk__in=[objective.pk for objective in changed])
    search.forget("plan.objective", [objective.pk for objective in changed])
    search.index(
        "plan.objective",
        {o.pk: (o.statement, [o.code, o.description, o.target_quantity]) for o in kept},
    )


def register() -> None:
    """Called once when the room starts."""
    hooks: dict[str, Any] = {
        "plan.action": _actions_changed,
        "plan.step": _steps_changed,
        "plan.objective": _objectives_changed,
    }
    for kind, hook in hooks.items():
        records.on_change(kind, hook)
