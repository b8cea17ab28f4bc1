"""Where the figures of a report come from: the records of a day, or a sealed snapshot; and by what it was made."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from senne.plan.api import picture as pictures
from senne.reports.outline import wording


@dataclass(frozen=True)
class Origin:
    """`number`, `name`, `sealed` (SHA-256) and `why` are those of the snapshot; empty for the live records."""

    publisher: str
    made_on: str
    code_version: str
    address: str = ""
    number: int = 0
    name: pictures.Text = field(default_factory=dict)
    sealed: str = ""
    edition: int = 1
    why: str = ""


def source_line(origin: Origin, now: pictures.Picture, language: str) -> str:
    """One line for the foot of a page."""
    parts = [origin.publisher] if origin.publisher else []
    if origin.number:
        said = _("snapshot %(number)s, sealed %(seal)s")
        parts.append(said % {"number": origin.number, "seal": origin.sealed[:12]})
    else:
        parts.append(_("records as they stood on %(date)s") % {"date": wording.today(now.day)})
    parts += [origin.address] if origin.address else []
    return " · ".join(parts)


def origin_lines(origin: Origin, now: pictures.Picture, language: str) -> tuple[str, ...]:
    """What lets a reader find the same figures again."""
    lines = []
    if origin.number:
        lines.append(
            _("Drawn from snapshot %(number)s, “%(name)s”, which shows the plan as it stood on %(date)s.")
            % {"number": origin.number, "name": pictures.shown(origin.name, language), "date": wording.today(now.day)}
        )
        if origin.edition > 1:
            said = _("It is edition %(n)s: it corrects the one before, because: %(why)s")
            lines.append(said % {"n": origin.edition, "why": origin.why})
        lines.append(_("Seal of its content (SHA-256): %(seal)s") % {"seal": origin.sealed})
    else:
        said = _("Drawn from the records as they stood on %(date)s; they have changed since if anybody reported.")
        lines.append(said % {"date": wording.today(now.day)})
    made = {"date": wording.today(origin.made_on), "version": origin.code_version}
    lines.append(_("Made on %(date)s by Senne %(version)s.") % made)
    if origin.address:
        lines.append(_("Every objective and action has its page at %(address)s") % {"address": origin.address})
    return tuple(lines)
