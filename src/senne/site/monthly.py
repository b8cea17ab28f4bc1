"""A month of the plan in chapters: what is done, begun, new, put off… Pure but for the changes that it is given."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

CHAPTERS = ("done", "begun", "steps", "figures", "new", "stopped", "moved", "judged", "reworded", "news")
_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")


class Told(Protocol):
    """What this needs of a change."""

    verb: str
    changes: dict[str, list[Any]]
    steps: list[Any]
    figures: list[Any]


T = TypeVar("T", bound=Told)


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    def next(self) -> Month:
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def previous(self) -> Month:
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From its first moment there to the first of the next."""
        first, after = (datetime.combine(month.first, time.min, zone) for month in (self, self.next()))
        return first, after

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


def month_of(text: str) -> Month | None:
    """The month written as '2026-11', from 2000 on; None for anything else."""
    found = _MONTH.match(text)
    return Month(int(found[1]), int(found[2])) if found and 2000 <= int(found[1]) <= 2200 else None


def month_at(day: date) -> Month:
    """The month of a day."""
    return Month(day.year, day.month)


def chapter_of(change: Told) -> str:
    """Under which heading a change is told: the one that says most of it."""
    if change.figures:
        return "figures"
    after = {name: pair[1] for name, pair in change.changes.items()}
    if change.verb == "create" or after.get("visibility") == "public":
        return "new"
    status = after.get("status")
    if status == "done":
        return "done"
    if status in {"suspended", "abandoned"} or after.get("merged_into") or after.get("superseded_by"):
        return "stopped"
    if status == "under_way":
        return "begun"
    if change.steps:
        return "steps"
    if "end_on" in after:
        return "moved"
    if "health_override" in after:
        return "judged"
    if after.keys() & {"title", "statement", "target_value"}:
        return "reworded"
    return "news"


def chapters(changes: Iterable[T]) -> list[tuple[str, list[T]]]:
    """(chapter, its changes) in the order in which a reader wants them; chapters with nothing are left out."""
    found: dict[str, list[T]] = {name: [] for name in CHAPTERS}
    for change in changes:
        found[chapter_of(change)].append(change)
    return [(name, items) for name, items in found.items() if items]
