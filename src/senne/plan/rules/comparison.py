"""Two pictures of a plan side by side: object by object, field by field, and in a summary. Pure.

Objects are matched by code: within a plan a code never means two things (see docs/decisions on amendments).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any

from senne.plan.rules.picture import (
    ActionPicture,
    FigurePicture,
    IndicatorPicture,
    ObjectivePicture,
    PartPicture,
    Picture,
)

KINDS = {
    "theme": "themes", "axis": "axes", "objective": "objectives", "action": "actions", "indicator": "indicators",
}  # fmt: skip
WORDING = frozenset({"title", "statement", "name", "description", "expected_effect", "definition"})
TOLD = frozenset({"action", "objective", "indicator"})
AIMS = frozenset({"targets", "baseline"})
FINE, SLOW, OFF = frozenset({"reached", "on_track"}), "watch", "off_track"
Part = ActionPicture | ObjectivePicture | IndicatorPicture | PartPicture


@dataclass(frozen=True)
class FieldDifference:
    """A field's value before and after (JSON-like values, None where there was none)."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class ObjectDifference:
    """One object in both pictures: `state` is 'new', 'gone' or 'changed'."""

    kind: str
    code: str
    state: str
    before: Part | None
    after: Part | None
    fields: tuple[FieldDifference, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """All differences, and for each line of the summary those behind it: of actions, objectives and indicators."""

    differences: tuple[ObjectDifference, ...]
    moved: dict[str, tuple[ObjectDifference, ...]]

    @property
    def summary(self) -> dict[str, tuple[str, ...]]:
        """The codes behind each line."""
        return {line: tuple(found.code for found in behind) for line, behind in self.moved.items()}

    def of(self, kind: str) -> list[ObjectDifference]:
        return [difference for difference in self.differences if difference.kind == kind]


def compare(before: Picture, after: Picture) -> Comparison:
    """What differs between two pictures of one plan. Comparing a picture with itself gives nothing."""
    differences: list[ObjectDifference] = []
    for kind, name in KINDS.items():
        differences += _compare_kind(kind, getattr(before, name), getattr(after, name))
    return Comparison(tuple(differences), _moved(differences))


def _compare_kind(kind: str, before: list[Any], after: list[Any]) -> list[ObjectDifference]:
    old = {part.code: part for part in before}
    found = []
    for part in after:
        earlier = old.pop(part.code, None)
        if earlier is None:
            found.append(ObjectDifference(kind, part.code, "new", None, part))
        elif changed := _fields(earlier, part):
            found.append(ObjectDifference(kind, part.code, "changed", earlier, part, changed))
    found += [ObjectDifference(kind, code, "gone", part, None) for code, part in old.items()]
    return found


def _fields(before: Part, after: Part) -> tuple[FieldDifference, ...]:
    changed = []
    for item in fields(before):
        one, other = getattr(before, item.name), getattr(after, item.name)
        if one != other:
            changed.append(FieldDifference(item.name, one, other))
    return tuple(changed)


def _moved(differences: list[ObjectDifference]) -> dict[str, tuple[ObjectDifference, ...]]:
    """What happened, by line: new, gone, done, started, late, recovered, stopped, retargeted, reworded, newly and no longer
    monitored; of indicators: measured, corrected, on the trajectory, slower, off it. A line with nothing is left out."""
    lines: dict[str, list[ObjectDifference]] = {}
    for difference in differences:
        for line in _lines_of(difference):
            lines.setdefault(line, []).append(difference)
    return {line: tuple(found) for line, found in lines.items()}


def _lines_of(difference: ObjectDifference) -> list[str]:
    if difference.kind not in TOLD:
        return []
    if difference.state != "changed":
        return [f"{difference.state}_{difference.kind}"]
    changed = {item.name: item for item in difference.fields}
    found = ["reworded"] if WORDING & changed.keys() else []
    more: dict[str, Callable[[dict[str, FieldDifference]], list[str]]] = {
        "objective": _objective_lines, "action": _action_lines, "indicator": _indicator_lines,
    }  # fmt: skip
    return found + more[difference.kind](changed)


def _objective_lines(changed: dict[str, FieldDifference]) -> list[str]:
    found = ["retargeted"] if "target" in changed else []
    if "monitored" in changed:
        found.append("newly_monitored" if changed["monitored"].after else "no_longer_monitored")
    return found


def _action_lines(changed: dict[str, FieldDifference]) -> list[str]:
    found = []
    if status := changed.get("status"):
        words = {"done": "done", "under_way": "started", "suspended": "stopped", "abandoned": "stopped"}
        if status.after in words and not (status.after == "under_way" and status.before == "done"):
            found.append(words[status.after])
    if health := changed.get("health"):
        if health.after == "late":
            found.append("late")
        elif health.before == "late":
            found.append("recovered")
    if changed.keys() & {"end", "continuous"}:
        found.append("postponed" if _is_later(changed) else "rescheduled")
    if (
        (merged := changed.get("merged_into"))
        and merged.after
        or (next_ := changed.get("superseded_by"))
        and next_.after
    ):
        found.append("passed_on")
    return found


def _is_later(changed: dict[str, FieldDifference]) -> bool:
    end = changed.get("end")
    return end is not None and bool(end.before) and bool(end.after) and str(end.after) > str(end.before)


def _indicator_lines(changed: dict[str, FieldDifference]) -> list[str]:
    """New figures, changed figures, another target or baseline, and another word for where it stands."""
    found = []
    if figures := changed.get("figures"):
        before, after = by_period(figures.before), by_period(figures.after)
        if after.keys() - before.keys():
            found.append("measured")
        if any(figure.value != after[period].value for period, figure in before.items() if period in after):
            found.append("corrected")
    if any(_values(changed[name].before) != _values(changed[name].after) for name in AIMS & changed.keys()):
        found.append("retargeted")
    if state := changed.get("state"):
        found += _way(state.before, state.after)
    return found


def _way(before: str, after: str) -> list[str]:
    """How it stands against its trajectory now, where that is another word than before."""
    if after == OFF:
        return ["off_trajectory"]
    if after == SLOW and before in FINE:
        return ["slower"]
    return ["on_trajectory"] if after in FINE and before in {SLOW, OFF} else []


def by_period(figures: Iterable[FigurePicture]) -> dict[str, FigurePicture]:
    """Figures or targets by their period."""
    return {figure.period: figure for figure in figures}


def _values(aim: Any) -> list[tuple[str, str]]:
    """Period and value of targets or of a baseline."""
    found = aim if isinstance(aim, list) else [aim] if aim else []
    return [(figure.period, figure.value) for figure in found]
