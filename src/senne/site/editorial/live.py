"""The records that a page shows as they stand when it is read: gathered at once, in a number of queries that does not
grow with the blocks of a kind, and only what every visitor may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from senne.core.policy import VISITOR
from senne.indicators.api import Standing
from senne.indicators.api import queries as indicators
from senne.plan.api import Action, changes, overview, queries
from senne.site.editorial.references import Reference, parse

LIVE_KINDS = frozenset({"action", "objective", "indicator", "progress", "counts", "changes"})


@dataclass(frozen=True)
class Part:
    """A plan or a theme with its progress."""

    record: Any
    branch: Any


@dataclass
class Live:
    """What the live blocks of one page show, by kind and reference; nothing where the record is not public (any more)."""

    day: date
    actions: dict[Reference, Action] = field(default_factory=dict)
    objectives: dict[Reference, Any] = field(default_factory=dict)
    indicators: dict[Reference, Standing] = field(default_factory=dict)
    parts: dict[Reference, Part] = field(default_factory=dict)
    counts: dict[Reference, Any] = field(default_factory=dict)
    changes: dict[tuple[str, int], list[changes.Change]] = field(default_factory=dict)

    def of(self, kind: str, value: Mapping[str, Any]) -> Any:
        """What a block of that kind and value shows, or None."""
        if kind == "changes":
            return self.changes.get((value.get("of") or "", value.get("most") or 5))
        reference = parse(value.get("of") or "")
        if reference is None:
            return None
        if kind == "counts":
            part, counts = self.parts.get(reference), self.counts.get(reference)
            return (part, counts) if part and counts else None
        shelf: dict[str, Mapping[Reference, Any]] = {
            "action": self.actions,
            "objective": self.objectives,
            "indicator": self.indicators,
            "progress": self.parts,
        }
        return shelf[kind].get(reference)


@dataclass(frozen=True)
class Wanted:
    """A live block as it stands in a body."""

    kind: str
    value: Mapping[str, Any]

    @property
    def reference(self) -> Reference | None:
        return parse(self.value.get("of") or "")


def wanted_in(body: Iterable[Any]) -> list[Wanted]:
    """The live blocks of a body (a StreamValue), in order."""
    return [Wanted(child.block_type, child.value) for child in body if child.block_type in LIVE_KINDS]


def gather(wanted: Iterable[Wanted], day: date) -> Live:
    """Fetch what the blocks show on that day."""
    wanted = list(wanted)
    live = Live(day)
    actions = _references(wanted, "action")
    if actions:
        live.actions = {_key(a): a for a in queries.open_actions(VISITOR).filter(**_among(actions))}
    objectives = _references(wanted, "objective")
    if objectives:
        states = overview.objective_states(VISITOR, day, **_among(objectives))
        live.objectives = {_key(state.objective): state for state in states}
    measures = _references(wanted, "indicator")
    if measures:
        found = indicators.indicators(VISITOR).filter(code__in={reference.plan for reference in measures})
        live.indicators = {Reference(s.indicator.code): s for s in indicators.standings(found, day)}
    _gather_parts(live, _references(wanted, "progress") | _references(wanted, "counts"))
    _gather_counts(live, _references(wanted, "counts"))
    for block in (block for block in wanted if block.kind == "changes"):
        _gather_changes(live, block)
    return live


def missing(wanted: Iterable[Wanted], live: Live) -> list[str]:
    """References of blocks that show nothing to visitors: their record is not public, or gone."""
    gone = [block for block in wanted if block.value.get("of") and live.of(block.kind, block.value) is None]
    return [str(block.value["of"]) for block in gone]


def _references(wanted: Iterable[Wanted], kind: str) -> set[Reference]:
    return {block.reference for block in wanted if block.kind == kind and block.reference is not None}


def _among(references: set[Reference]) -> dict[str, Any]:
    """A filter that leaves these and perhaps a few more of the same plans and codes."""
    return {"plan__code__in": {r.plan for r in references}, "code__in": {r.code for r in references}}


def _key(record: Any) -> Reference:
    return Reference(record.plan.code, record.code)


def _gather_parts(live: Live, references: set[Reference]) -> None:
    plans = {plan.code: plan for plan in queries.plans(VISITOR).filter(code__in={r.plan for r in references})}
    for code, plan in plans.items() if references else ():
        tree = overview.plan_tree(plan, VISITOR, live.day)
        live.parts[Reference(code)] = Part(plan, tree)
        for branch in tree.parts:
            live.parts[Reference(code, branch.record.code)] = Part(branch.record, branch)


def _gather_counts(live: Live, references: set[Reference]) -> None:
    for reference in references & live.parts.keys():
        wanted = queries.ActionFilter(plan=reference.plan, theme=reference.code)
        found = queries.filter_actions(queries.open_actions(VISITOR), wanted, day=live.day, language="fr")
        live.counts[reference] = overview.count_actions(found, live.day)


def _gather_changes(live: Live, block: Wanted) -> None:
    of, most = block.value.get("of") or "", block.value.get("most") or 5
    if (of, most) in live.changes:
        return
    if not of:
        live.changes[of, most] = changes.latest_changes(VISITOR, most)
        return
    reference = block.reference
    if reference is None:
        return
    found = queries.plans(VISITOR).filter(code=reference.plan).first()
    record: Any = found
    if found is not None and reference.code:
        record = queries.themes(VISITOR).filter(plan=found, code=reference.code).first()
    if record is not None:
        live.changes[of, most] = changes.latest_changes(VISITOR, most, record)
