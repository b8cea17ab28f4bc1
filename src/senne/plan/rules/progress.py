"""Progress: of an action from its steps or phase, of everything above by weighted mean; each figure keeps its parts.

Rule (ours, shown on the method page):
- a done action counts 100 %;
- an abandoned action, or one merged into or replaced by another, does not count at all;
- an action with steps counts the share of its steps that are done;
- an action without steps counts by its phase: idea 0, study 25, decided 50, works or roll-out 75, in use 100 %;
- an objective is the weighted mean of its actions, an axis of its objectives, a theme of its axes, a plan of its themes;
- a part without any figure is left out of the mean and said to be left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from senne.plan.rules.health import ActionFacts

PHASE_SHARE = {
    "idea": Fraction(0),
    "study": Fraction(1, 4),
    "decided": Fraction(1, 2),
    "roll_out": Fraction(3, 4),
    "in_use": Fraction(1),
}


@dataclass(frozen=True)
class Part:
    """One part of a rolled-up figure: `share` in 0…1 or None where it has none; `basis` says how it was found."""

    key: str
    share: Fraction | None
    weight: int = 1
    basis: str = ""


@dataclass(frozen=True)
class Progress:
    """A rolled-up share (0…1, None where no part has one) with the parts it was made of."""

    share: Fraction | None
    parts: tuple[Part, ...] = ()

    @property
    def counted(self) -> int:
        return sum(1 for part in self.parts if part.share is not None and part.weight)

    @property
    def percent(self) -> int | None:
        """Rounded for a page; 100 only when complete, 0 only when nothing is done."""
        if self.share is None:
            return None
        rounded = round(self.share * 100)
        if self.share > 0 and rounded == 0:
            return 1
        return 99 if self.share < 1 and rounded == 100 else rounded


def action_progress(facts: ActionFacts) -> tuple[Fraction | None, str]:
    """(share, basis): basis is 'done', 'steps', 'phase' or 'left_out'."""
    if facts.closed or facts.status == "abandoned":
        return None, "left_out"
    if facts.status == "done":
        return Fraction(1), "done"
    if facts.steps:
        return Fraction(sum(step.done for step in facts.steps), len(facts.steps)), "steps"
    return PHASE_SHARE.get(facts.phase, Fraction(0)), "phase"


def roll_up(parts: Iterable[Part]) -> Progress:
    """The mean of the parts that have a share, by weight (a weight of 0 leaves a part out)."""
    kept = tuple(parts)
    counted = [(part.share, part.weight) for part in kept if part.share is not None and part.weight > 0]
    if not counted:
        return Progress(None, kept)
    total = sum(weight for _share, weight in counted)
    return Progress(sum((share * weight for share, weight in counted), Fraction(0)) / total, kept)
