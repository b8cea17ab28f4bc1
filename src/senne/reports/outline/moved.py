"""What moved between two pictures, in words: in a few lines, at length, or field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senne.plan.api import comparison
from senne.plan.api import picture as pictures
from senne.reports.blocks import Block, Figures, Heading, Items, Paragraph
from senne.reports.outline import wording

MOST_NAMED, NAME_LENGTH = 4, 90
Picture = pictures.Picture


def labels() -> dict[str, str]:
    """The lines of a summary, in the order in which they are told."""
    return {
        "done": _("Actions done"),
        "started": _("Actions started"),
        "recovered": _("Actions no longer late"),
        "newly_monitored": _("Objectives newly monitored"),
        "new_objective": _("New objectives"),
        "new_action": _("New actions"),
        "late": _("Actions that became late"),
        "postponed": _("Actions postponed"),
        "rescheduled": _("Actions rescheduled"),
        "stopped": _("Actions suspended or abandoned"),
        "retargeted": _("Targets changed"),
        "reworded": _("Reworded"),
        "passed_on": _("Actions merged or replaced"),
        "no_longer_monitored": _("Objectives no longer monitored"),
        "gone_action": _("Actions taken out"),
        "gone_objective": _("Objectives taken out"),
    }


def moved_lines(found: comparison.Comparison, language: str, most: int = MOST_NAMED) -> list[str]:
    """'Actions done (3): AD-12 A grants officer; …', at most `most` of each named."""
    lines = []
    for key, label in labels().items():
        if codes := found.summary.get(key):
            named = [wording.clip(_name(_object(found, key, code), language), NAME_LENGTH) for code in codes[:most]]
            if len(codes) > most:
                named.append(_("and %(n)s more") % {"n": len(codes) - most})
            lines.append(wording.said(f"{label} ({wording.count(len(codes))})", "; ".join(named)))
    return lines


def moved_figures(found: comparison.Comparison) -> Figures:
    """How many were done, started, became late, are late no more."""

    def n(key: str) -> int:
        return len(found.summary.get(key, ()))

    return Figures(
        (
            (wording.count(n("done")), ngettext("action done", "actions done", n("done"))),
            (wording.count(n("started")), ngettext("action started", "actions started", n("started"))),
            (wording.count(n("late")), ngettext("became late", "became late", n("late"))),
            (wording.count(n("recovered")), ngettext("no longer late", "no longer late", n("recovered"))),
        )
    )


def moved_blocks(found: comparison.Comparison, language: str) -> Iterator[Block]:
    """Everything that moved, by kind of movement, each object with what became of it."""
    if not found.summary:
        yield Paragraph(_("Nothing moved."))
        return
    yield moved_figures(found)
    for key, label in labels().items():
        if codes := found.summary.get(key):
            yield Heading(2, f"{label} ({wording.count(len(codes))})")
            yield Items(tuple(_told(key, _object(found, key, code), language) for code in codes))


Difference = comparison.ObjectDifference


def _object(found: comparison.Comparison, key: str, code: str) -> Difference:
    """The difference behind a code of a line of the summary."""
    kinds = ("objective", "action") if "objective" in key or "monitored" in key or key == "retargeted" else ("action",)
    known = [d for kind in (*kinds, "objective") for d in found.of(kind) if d.code == code]
    return known[0]


def _name(difference: Difference, language: str) -> str:
    part = difference.after or difference.before
    text = part.title if isinstance(part, pictures.ActionPicture) else getattr(part, "statement", {})
    return wording.named(difference.code, text, language)


def _told(key: str, difference: Difference, language: str) -> str:
    """The object, and where one field says it all, that field before and after."""
    name = _name(difference, language)
    detail = _detail(key, difference.before, difference.after, language)
    return wording.said(name, detail) if detail else name


def _detail(key: str, before: Any, after: Any, language: str) -> str:
    """What became of the object, in a few words."""
    if key in {"postponed", "rescheduled"}:
        return _both(wording.period(before), wording.period(after))
    if key == "retargeted":
        return _both(wording.target(before.target, language), wording.target(after.target, language))
    if key == "reworded":
        return _both(_text(before, language), _text(after, language))
    if key in {"done", "started"}:
        return pictures.shown(after.news, language)
    if key == "stopped":
        return wording.why(after, language) or wording.status(after.status)
    if key == "late":
        return wording.why(after, language)
    if key in {"passed_on", "new_action"}:
        return wording.status_of(after)
    return wording.missing(after.missing) if key == "no_longer_monitored" else ""


def _text(part: object, language: str) -> str:
    return pictures.shown(getattr(part, "title", None) or getattr(part, "statement", {}), language)


def _both(before: str, after: str) -> str:
    """'before → after'; nothing where both read the same."""
    return f"{before or wording.NONE} → {after or wording.NONE}" if before != after else ""


# ---- Field by field -----------------------------------------------------------------------------------------------


def field_labels() -> dict[str, str]:
    """Names of the fields that a comparison tells, in the reader's words."""
    return {
        "title": _("Title"), "statement": _("Statement"), "name": _("Name"), "description": _("Description"),
        "expected_effect": _("Expected effect"), "status": _("Status"), "phase": _("Phase"), "health": _("Health"),
        "freshness": _("Freshness"), "progress": _("Progress"), "start": _("Start"), "end": _("End"),
        "continuous": _("Continuous"), "lead": _("Lead"), "partners": _("Partners"), "news": _("Where it stands"),
        "status_reason": _("Reason of the status"), "last_reported_on": _("Last report"), "target": _("Target"),
        "monitored": _("Monitored"), "missing": _("Missing"), "horizon": _("Horizon"), "axis": _("Axis"),
        "merged_into": _("Merged into"), "superseded_by": _("Replaced by"), "visibility": _("Visibility"),
        "objectives": _("Objectives served"), "actions": _("Actions"), "steps": _("Steps"), "budget": _("Budget"),
        "priority": _("Priority"), "last_news": _("Last news"), "weight": _("Weight"), "tags": _("Tags"),
        "characteristics": _("Characteristics"), "sponsor": _("Sponsor"), "location": _("Place"),
        "answers": _("Answers"), "parent": _("Part of"),
    }  # fmt: skip


def field_rows(found: comparison.Comparison, now: Picture, language: str) -> Iterator[tuple[str, str, str, str, str]]:
    """(code, name, field, before, after) of every field that differs; new and gone objects with an empty field."""
    names = field_labels()
    for difference in found.differences:
        name = _part_name(difference, language)
        if difference.state != "changed":
            yield difference.code, name, _("New") if difference.state == "new" else _("Taken out"), "", ""
            continue
        for change in difference.fields:
            if change.name in names:
                before, after = (shown(change.name, value, now, language) for value in (change.before, change.after))
                yield difference.code, name, names[change.name], before, after


def _part_name(difference: Difference, language: str) -> str:
    part = difference.after or difference.before
    texts = (getattr(part, field, None) for field in ("title", "statement", "name"))
    return pictures.shown(next((text for text in texts if text), {}), language)


def shown(name: str, value: object, now: Picture, language: str) -> str:
    """A field's value in words; lists of parts as how many there are."""
    if value in (None, "", [], {}):
        return ""
    if name in {"steps", "budget"} and isinstance(value, list):
        return wording.count(len(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, pictures.TargetPicture):
        return wording.target(value, language)
    if isinstance(value, dict):
        return pictures.shown(value, language) if set(value) <= {"fr", "nl", "en"} else _("yes")
    if isinstance(value, list):
        return ", ".join(_of_list(name, [str(item) for item in value], now, language))
    if name == "progress" and isinstance(value, int):
        return wording.percent(value)
    return _word(name, str(value), now, language)


def _of_list(name: str, values: list[str], now: Picture, language: str) -> Iterable[str]:
    if name == "missing":
        return [wording.missing(values)]
    if name == "partners":
        return [now.organisation_name(value, language) for value in values]
    known = {"tags": now.tags, "characteristics": now.characteristics}.get(name, {})
    return [pictures.shown(known.get(value, {}), language) or value for value in values]


def _word(name: str, value: str, now: Picture, language: str) -> str:
    if name in {"start", "end", "last_reported_on", "last_news"}:
        return wording.day(value)
    if name == "lead":
        return now.organisation_name(value, language)
    return wording.word(name, value)
