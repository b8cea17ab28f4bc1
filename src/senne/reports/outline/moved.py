"""What moved between two pictures, in words: in a few lines, at length, or field by field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senne.plan.api import compared, comparison
from senne.plan.api import picture as pictures
from senne.reports.blocks import Block, Figures, Heading, Items, Paragraph
from senne.reports.outline import measuring, wording

MOST_NAMED, NAME_LENGTH = 4, 90
FIGURES = frozenset({"measured", "corrected"})
Picture = pictures.Picture


def labels() -> dict[str, str]:
    """The lines of a summary as headings (compared.movements has the same keys as words beside an object)."""
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
        "measured": _("Indicators with new figures"),
        "corrected": _("Figures corrected"),
        "on_trajectory": _("Indicators on their trajectory again"),
        "slower": _("Indicators slower than their trajectory"),
        "off_trajectory": _("Indicators off their trajectory"),
        "new_indicator": _("New indicators"),
        "gone_indicator": _("Indicators taken out"),
    }


def moved_lines(found: comparison.Comparison, language: str, most: int = MOST_NAMED) -> list[str]:
    """'Actions done (3): AD-12 A grants officer; …', at most `most` of each named."""
    lines = []
    for key, label in labels().items():
        if moved := found.moved.get(key):
            named = [_in_short(key, difference, language) for difference in moved[:most]]
            if len(moved) > most:
                named.append(_("and %(n)s more") % {"n": len(moved) - most})
            lines.append(wording.said(f"{label} ({wording.count(len(moved))})", "; ".join(named)))
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
        if moved := found.moved.get(key):
            yield Heading(2, f"{label} ({wording.count(len(moved))})")
            yield Items(tuple(_told(key, difference, language) for difference in moved))


Difference = comparison.ObjectDifference


def _name(difference: Difference, language: str) -> str:
    """'EN-02 · Insulate 45 buildings'; an indicator by its name alone."""
    part = difference.after or difference.before
    if isinstance(part, pictures.IndicatorPicture):
        return pictures.shown(part.name, language)
    return wording.named(difference.code, _words_of(part), language)


def _words_of(part: object) -> pictures.Text:
    return getattr(part, "title", None) or getattr(part, "statement", None) or getattr(part, "name", {})


def _in_short(key: str, difference: Difference, language: str) -> str:
    """The object, clipped; of an indicator its figure too."""
    name = wording.clip(_name(difference, language), NAME_LENGTH)
    detail = _detail(key, difference.before, difference.after, language) if key in FIGURES else ""
    return wording.said(name, detail) if detail else name


def _told(key: str, difference: Difference, language: str) -> str:
    """The object, and where one field says it all, that field before and after."""
    name = _name(difference, language)
    detail = _detail(key, difference.before, difference.after, language)
    return wording.said(name, detail) if detail else name


def _detail(key: str, before: Any, after: Any, language: str) -> str:
    """What became of the object, in a few words."""
    if key in {"postponed", "rescheduled"}:
        return wording.both(wording.period(before), wording.period(after))
    if isinstance(after, pictures.IndicatorPicture):
        return measuring.moved(key, before, after) if key != "reworded" else _reworded(before, after, language)
    if key == "retargeted":
        return wording.both(wording.target(before.target, language), wording.target(after.target, language))
    if key == "reworded":
        return _reworded(before, after, language)
    if key in {"done", "started"}:
        return pictures.shown(after.news, language)
    if key == "stopped":
        return wording.why(after, language) or wording.status(after.status)
    if key == "late":
        return wording.why(after, language)
    if key in {"passed_on", "new_action"}:
        return wording.status_of(after)
    return wording.missing(after.missing) if key == "no_longer_monitored" else ""


def _reworded(before: object, after: object, language: str) -> str:
    return wording.both(*(pictures.shown(_words_of(part), language) for part in (before, after)))


# ---- Field by field -----------------------------------------------------------------------------------------------


def field_rows(found: comparison.Comparison, before: Picture, now: Picture) -> Iterator[tuple[str, str, str, str, str]]:
    """(code, name, field, before, after) of every field that differs; of what is new or gone, the word alone."""
    for difference in found.differences:
        told = compared.told(difference, before, now)
        if told.state != "changed":
            yield told.code, told.label, _("New") if told.state == "new" else _("Taken out"), "", ""
        for change in told.fields:
            yield told.code, told.label, change.name, change.before, change.after
