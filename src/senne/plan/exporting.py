"""A plan as rows, in the columns in which plans travel: what goes out can come in again without a difference."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from senne.core.policy import Actor, can_see_internal
from senne.plan import queries
from senne.plan.columns import LIST_SEPARATOR, headers
from senne.plan.models import Action, Objective, Plan
from senne.plan.storing import fields_now

JSON_VERSION = "senne-plan/1"


@dataclass(frozen=True)
class Rows:
    """A header and its rows, all text."""

    header: list[str]
    rows: list[list[str]]


def visible_actions(plan: Plan, actor: Actor) -> list[Action]:
    """The plan's actions that the actor may see, with all that an export needs: a constant number of queries."""
    found = queries.actions(actor).filter(plan=plan).order_by("order", "code")
    return list(
        found.prefetch_related(
            "characteristics", "tags", "partners", "contacts", "objectives__plan", "objectives__axis__theme", "steps",
            "budget__funder",
        )
    )  # fmt: skip


def plan_rows(plan: Plan, actor: Actor) -> Rows:
    """One row per action, and one per objective that has none; only what the actor may see."""
    columns = headers()
    objectives = list(
        queries.objectives(actor).filter(plan=plan).order_by("axis__theme__order", "axis__order", "order", "code")
    )
    by_objective: dict[int, list[Action]] = {}
    for action in visible_actions(plan, actor):
        own = sorted((o for o in action.objectives.all() if o.plan_id == plan.pk), key=lambda o: (o.order, o.pk))
        if own:
            by_objective.setdefault(own[0].pk, []).append(action)
    rows = []
    for objective in objectives:
        for cells in _cells_of(objective, by_objective.get(objective.pk, []), actor):
            rows.append([cells.get((key, language), "") for key, language, _header in columns])
    return Rows([header for _key, _language, header in columns], rows)


def _cells_of(objective: Objective, actions: list[Action], actor: Actor) -> Iterator[dict[tuple[str, str], str]]:
    above: dict[tuple[str, str], str] = {}
    axis, theme = objective.axis, objective.axis.theme
    for key, record, text in (
        ("theme", theme, theme.name),
        ("axis", axis, axis.name),
        ("objective", objective, objective.statement),
    ):
        above[f"{key}_code", ""] = record.code
        _put_text(above, key, text)
    _put_text(above, "vision", theme.description)
    _put_text(above, "objective_description", objective.description)
    above["horizon", ""] = str(objective.horizon or "")
    if not actions:
        yield above
    for action in actions:
        yield {**above, **_action_cells(action, can_see_internal(actor, action.subject()))}


def _put_text(cells: dict[tuple[str, str], str], key: str, text: Any) -> None:
    for language, written in text.items():
        cells[key, language] = written


def _action_cells(action: Action, internal: bool) -> dict[tuple[str, str], str]:
    fields = fields_now("action", action)
    cells: dict[tuple[str, str], str] = {("code", ""): action.code}
    for key in ("title", "description", "expected_effect", "status_reason", "news"):
        _put_text(cells, key, fields[key])
    for key in ("status", "phase", "priority", "visibility", "start", "end", "lead"):
        cells[key, ""] = fields[key]
    for key in ("characteristics", "tags", "partners", "also_serves"):
        cells[key, ""] = LIST_SEPARATOR.join(fields[key])
    for key in ("steps", "budget_lines"):
        cells[key, ""] = json.dumps(fields[key], ensure_ascii=False) if fields[key] else ""
    cells["continuous", ""] = "1" if action.continuous else ""
    cells["weight", ""] = str(action.weight)
    cells["last_report", ""] = fields["last_reported_on"]
    cells["notes", ""] = action.internal_notes if internal else ""
    return cells


def plan_json(plan: Plan, actor: Actor) -> dict[str, Any]:
    """The plan as one JSON document (schema `senne-plan/1`, described in docs/exchange.md)."""
    rows = plan_rows(plan, actor)
    keys = headers()
    actions = []
    for row in rows.rows:
        record: dict[str, Any] = {}
        for (key, language, _header), cell in zip(keys, row, strict=True):
            if not cell:
                continue
            if language:
                record.setdefault(key, {})[language] = cell
            elif key in {"steps", "budget_lines"}:
                record[key] = json.loads(cell)
            elif key in {"characteristics", "tags", "partners", "also_serves"}:
                record[key] = cell.split(LIST_SEPARATOR)
            else:
                record[key] = cell
        actions.append(record)
    return {
        "schema": JSON_VERSION,
        "plan": {"code": plan.code, "name": dict(plan.name), "kind": plan.kind},
        "rows": actions,
    }
