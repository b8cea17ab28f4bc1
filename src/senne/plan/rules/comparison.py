"""Two pictures of a plan side by side: object by object, field by field, and in a summary. Pure.

Objects are matched by code: within a plan a code never means two things (see docs/decisions on amendments).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from senne.plan.rules.picture import ActionPicture, IndicatorPicture, ObjectivePicture, PartPicture, Picture

KINDS = {
    "theme": "themes", "axis": "axes", "objective": "objectives", "action": "actions", "indicator": "indicators",
}  # fmt: skip
WORDING = frozenset({"title", "statement", "name", "description", "expected_effect"})
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
    """All differences, and the codes of the actions and objectives behind each line of the summary."""

    differences: tuple[ObjectDifference, ...]
    summary: dict[str, tuple[str, ...]]

    def of(self, kind: str) -> list[ObjectDifference]:
        return [difference for difference in self.differences if difference.kind == kind]


def compare(before: Picture, after: Picture) -> Comparison:
    """What differs between two pictures of one plan. Comparing a picture with itself gives nothing."""
    differences: list[ObjectDifference] = []
    for kind, name in KINDS.items():
        differences += _compare_kind(kind, getattr(before, name), getattr(after, name))
    return Comparison(tuple(differences), _summary(differences))


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


def _summary(differences: list[ObjectDifference]) -> dict[str, tuple[str, ...]]:
    """Codes per line: new, gone, done, started, late, recovered, stopped, retargeted, reworded, newly and no longer
    monitored. A line without codes is left out."""
    lines: dict[str, list[str]] = {}
    for difference in differences:
        for line in _lines_of(difference):
            lines.setdefault(line, []).append(difference.code)
    return {line: tuple(codes) for line, codes in lines.items()}


def _lines_of(difference: ObjectDifference) -> list[str]:
    if difference.kind not in {"action", "objective"}:
        return []
    if difference.state != "changed":
        return [f"{difference.state}_{difference.kind}"]
    changed = {item.name: item for item in difference.fields}
    found = ["reworded"] if WORDING & changed.keys() else []
    if difference.kind == "objective":
        return found + _objective_lines(changed)
    return found + _action_lines(changed)


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
