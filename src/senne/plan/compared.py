"""Differences between two moments of a plan, in words: what each field is called, what stood there, what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from senne.core.periods import parse_partial
from senne.core.templatetags.senne import when
from senne.core.text import as_text, reader_language
from senne.indicators.api import words as measuring
from senne.plan import figures, words
from senne.plan.rules import comparison
from senne.plan.rules import picture as pictures

DATES = frozenset({"start", "end", "last_reported_on", "last_news"})
WORDS: dict[str, Any] = {
    "status": words.Status,
    "phase": words.Phase,
    "health": words.Health,
    "freshness": words.Freshness,
    "visibility": words.Visibility,
    "priority": words.Priority,
    "kind": measuring.Kind,
    "frequency": measuring.Frequency,
    "wanted": measuring.Wanted,
    "state": measuring.State,
}
# Found by rules from day to day: of interest in lists, not as a change of the plan.
LEFT_OUT = frozenset({"freshness", "health_because", "uuid", "last_news", "weight", "expected", "share"})


@dataclass(frozen=True)
class FieldTold:
    """A field: its name, and both values in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One object that differs: what it is called, what happened to it, its fields."""

    kind: str
    state: str
    code: str
    label: str
    fields: list[FieldTold]


def field_names() -> dict[str, str]:
    """What the fields of a picture are called."""
    return {
        "title": _("Title"), "statement": _("Statement"), "name": _("Name"), "description": _("Description"),
        "expected_effect": _("Expected effect"), "status": _("Status"), "status_reason": _("Reason of the status"),
        "phase": _("Phase"), "health": _("Health"), "visibility": _("Visibility"), "priority": _("Priority"),
        "news": _("Where it stands"), "judged_because": _("Reason of the judgement"), "progress": _("Progress"),
        "start": _("Start"), "end": _("End"), "continuous": _("Continuous"), "lead": _("Lead"),
        "lead_text": _("Lead"), "partners": _("Partners"), "sponsor": _("Political sponsor"),
        "characteristics": _("Characteristics"), "tags": _("Tags"), "objectives": _("Objectives served"),
        "last_reported_on": _("Last report"), "steps": _("Steps"), "budget": _("Budget"), "location": _("Where"),
        "merged_into": _("Merged into"), "superseded_by": _("Replaced by"), "axis": _("Axis"), "parent": _("Part of"),
        "target": _("Target"), "horizon": _("Horizon"), "monitored": _("Monitored"), "missing": _("Missing"),
        "actions": _("Actions"), "answers": _("Answers"),
    }  # fmt: skip


def indicator_names() -> dict[str, str]:
    """What the fields of an indicator are called, where it has other ones or another word for them."""
    return {
        "definition": _("What it measures"), "method": _("How it is measured"), "unit": _("Unit"), "kind": _("Kind"),
        "method_version": _("Version of the method"), "source": _("Source"), "decimals": _("Decimals shown"),
        "frequency": _("How often"), "wanted": _("Wanted direction"), "baseline": _("Baseline"),
        "targets": _("Targets"), "figures": _("Figures"), "state": _("Against the trajectory"),
        "lead": _("Who measures"), "objectives": _("Objectives measured"), "actions": _("Actions measured"),
    }  # fmt: skip


def told(difference: comparison.ObjectDifference, before: pictures.Picture, after: pictures.Picture) -> Told:
    """One difference for the page, in the reader's language."""
    names = field_names() | (indicator_names() if difference.kind == "indicator" else {})
    fields = [
        FieldTold(names.get(item.name, item.name), *_sides(item, difference, before, after))
        for item in difference.fields
        if item.name not in LEFT_OUT
    ]
    part = difference.after or difference.before
    return Told(difference.kind, difference.state, difference.code, label_of(part), fields)


def _sides(
    item: comparison.FieldDifference,
    difference: comparison.ObjectDifference,
    before: pictures.Picture,
    after: pictures.Picture,
) -> tuple[str, str]:
    """The field before and after; of figures and targets, the periods that differ."""
    old, new = difference.before, difference.after
    if isinstance(old, pictures.IndicatorPicture) and isinstance(new, pictures.IndicatorPicture):
        if item.name in {"figures", "targets"}:
            return tuple(  # type: ignore[return-value]
                figures.lines(side, item.before, item.after, side is new) for side in (old, new)
            )
        if item.name == "baseline":
            return figures.dated(old, item.before), figures.dated(new, item.after)
    return _value(item.name, item.before, before), _value(item.name, item.after, after)


def label_of(part: Any) -> str:
    """The text by which an object is known."""
    text = getattr(part, "title", None) or getattr(part, "statement", None) or getattr(part, "name", None) or {}
    return pictures.shown(text, reader_language())


def _value(name: str, value: Any, picture: pictures.Picture) -> str:
    """A field's value in words."""
    language = reader_language()
    if value in (None, "", [], {}):
        return "–"
    if name in WORDS:
        return str(WORDS[name](value).label)
    if name in DATES:
        return when(parse_partial(value))
    if name == "progress":
        return f"{round(value / 10)} %"
    if name in {"continuous", "monitored"}:
        return _("yes") if value else _("no")
    if name == "lead":
        return picture.organisation_name(value, language)
    if name == "partners":
        return ", ".join(picture.organisation_name(code, language) for code in value)
    if name in {"characteristics", "tags"}:
        known = getattr(picture, name)
        return ", ".join(pictures.shown(known.get(code, {}), language) or code for code in value)
    return _whole(name, value, language)


def _whole(name: str, value: Any, language: str) -> str:
    if name == "steps":
        return "\n".join(_step(step, language) for step in value)
    if name == "budget":
        return "\n".join(_line(line) for line in value)
    if name == "target":
        return f"{pictures.shown(value.quantity, language)}: {value.value} {value.unit} ({value.year or '–'})"
    if name == "missing":
        texts = {"no_owner": _("an owner"), "nothing_measures": _("an action or indicator"), "no_news": _("news")}
        return ", ".join(texts.get(code, code) for code in value)
    if name == "location":
        return str(value.get("type", "–"))
    if isinstance(value, dict):
        return as_text(value).shown()[0]
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value)


def _step(step: pictures.StepPicture, language: str) -> str:
    mark = "●" if step.done else "○"
    due = f" ({when(parse_partial(step.due))})" if step.due else ""
    return f"{mark} {pictures.shown(step.title, language)}{due}"


def _line(line: pictures.BudgetPicture) -> str:
    kind = words.BudgetKind(line.kind).label
    return f"{line.year or '–'} · {kind}: {line.amount} {line.unit}"


def movements() -> dict[str, str]:
    """The lines of a summary, in the order in which they are told."""
    return {
        "done": _("Done"), "started": _("Started"), "recovered": _("No longer late"),
        "newly_monitored": _("Objectives newly monitored"), "new_objective": _("New objectives"),
        "new_action": _("New actions"), "late": _("Became late"), "postponed": _("Postponed"),
        "rescheduled": _("Rescheduled"), "stopped": _("Suspended or abandoned"), "retargeted": _("Target changed"),
        "reworded": _("Reworded"), "passed_on": _("Merged or replaced"),
        "no_longer_monitored": _("Objectives no longer monitored"), "gone_action": _("Actions taken out"),
        "gone_objective": _("Objectives taken out"), "measured": _("New figures"), "corrected": _("Figures corrected"),
        "on_trajectory": _("On their trajectory again"), "slower": _("Slower than their trajectory"),
        "off_trajectory": _("Off their trajectory"), "new_indicator": _("New indicators"),
        "gone_indicator": _("Indicators taken out"),
    }  # fmt: skip


def summary_lines(found: comparison.Comparison) -> list[tuple[str, list[tuple[str, str]]]]:
    """[(what happened, [(code, label)])] in the order in which it is told."""
    return [
        (label, [(difference.code, label_of(difference.after or difference.before)) for difference in moved])
        for key, label in movements().items()
        if (moved := found.moved.get(key))
    ]
