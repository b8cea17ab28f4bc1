"""What moved between two pictures, in words: one line per kind of movement, with the objects behind it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from senne.plan.api import comparison
from senne.plan.api import picture as pictures

MOST_NAMED = 12


def labels() -> dict[str, str]:
    """The lines of a summary, in the order in which they are told."""
    return {
        "done": _("Done"),
        "started": _("Started"),
        "recovered": _("No longer late"),
        "newly_monitored": _("Objectives newly monitored"),
        "new_objective": _("New objectives"),
        "new_action": _("New actions"),
        "late": _("Became late"),
        "postponed": _("Postponed"),
        "rescheduled": _("Rescheduled"),
        "stopped": _("Suspended or abandoned"),
        "retargeted": _("Target changed"),
        "reworded": _("Reworded"),
        "passed_on": _("Merged or replaced"),
        "no_longer_monitored": _("Objectives no longer monitored"),
        "gone_action": _("Actions taken out"),
        "gone_objective": _("Objectives taken out"),
    }


def moved_lines(
    found: comparison.Comparison, now: pictures.Picture, before: pictures.Picture, language: str
) -> list[str]:
    """'Done (3): AD-12 A grants officer; …'."""
    lines = []
    for key, label in labels().items():
        if codes := found.summary.get(key):
            names = "; ".join(_names(codes[:MOST_NAMED], now, before, language))
            more = " " + _("and %(n)s more") % {"n": len(codes) - MOST_NAMED} if len(codes) > MOST_NAMED else ""
            lines.append(f"{label} ({len(codes)}): {names}{more}")
    return lines


def _names(codes: Iterable[str], now: pictures.Picture, before: pictures.Picture, language: str) -> Iterable[str]:
    for code in codes:
        for picture in (now, before):
            if action := picture.action(code):
                yield f"{code} {pictures.shown(action.title, language)}"
                break
            if objective := picture.objective(code):
                yield f"{code} {pictures.shown(objective.statement, language)}"
                break
