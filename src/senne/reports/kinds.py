"""Which reports there are: in which formats, for whom, at once or in the background. A new kind is a line here."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """`public`: visitors may have it, drawn from what they see. `heavy`: made in the background. `compares`: tells what
    moved since another moment. `per`: what it is about beside the plan ('organisation', 'action', 'objective')."""

    name: str
    label: Promise | str
    about: Promise | str
    formats: tuple[str, ...]
    public: bool
    heavy: bool = False
    compares: bool = False
    per: str = ""


_ALL = (
    Kind(
        "yearly", _("Yearly report"), _("Everything: what moved, indicators, money, theme by theme, what is late and why."),
        ("pdf", "docx"), public=False, heavy=True, compares=True,
    ),
    Kind(
        "state", _("The plan on one page"), _("Where it stands, what moved, what blocks, money, what comes next."),
        ("pdf",), public=True, compares=True, per="organisation",
    ),
    Kind(
        "quarter-hour", _("The plan in 15 minutes"),
        _("Slides for staff and newcomers, with notes for who speaks. Always of today."),
        ("pptx",), public=True, per="organisation",
    ),
    Kind(
        "college", _("Slides for the college"), _("A dozen slides, and one or more for each theme."),
        ("pptx",), public=False, compares=True,
    ),
    Kind(
        "workbook", _("Everything as a workbook"),
        _("Objectives, actions, indicators with their figures, steps and budget as sheets to count with."),
        ("xlsx",), public=True, compares=True,
    ),
    Kind("action", _("Sheet of an action"), _("All about one action, on one page."), ("pdf",), public=True, per="action"),
    Kind(
        "objective", _("Sheet of an objective"), _("An objective, what measures it and its actions, on one page."),
        ("pdf",), public=True, per="objective",
    ),
)  # fmt: skip
KINDS = {kind.name: kind for kind in _ALL}
FORMAT_NAMES = {"pdf": "PDF", "docx": "Word", "pptx": "PowerPoint", "xlsx": "Excel"}
# What each weighs before one was made, in bytes: that of the demo city, to the nearest round number.
TYPICAL = {
    "yearly.pdf": 350_000, "yearly.docx": 70_000, "state.pdf": 25_000, "quarter-hour.pptx": 95_000,
    "college.pptx": 115_000, "workbook.xlsx": 100_000, "action.pdf": 20_000, "objective.pdf": 30_000,
}  # fmt: skip
