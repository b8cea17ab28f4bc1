"""What is owed, as rooms say it: each registers a source; the chores ask all of them every hour."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from senne.core.text import Text


@dataclass(frozen=True)
class Owed:
    """Something owed on the day asked. `chain` holds ids of people, who is to act first; `path` has no language.

    `key` stays the same for as long as the same thing is owed ('report:round 3:action 12').
    """

    key: str
    kind: str
    what: Text
    path: str
    subject: tuple[str, int]
    due: date
    chain: tuple[int, ...]
    organisation_id: int | None = None
    extra: dict[str, str] = field(default_factory=dict)


# Asked for a day: all that is owed, or only what is owed about the subjects with these ids.
Source = Callable[[date, "frozenset[int] | None"], Iterable[Owed]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Called once when a room starts. Keys of a source begin with its name."""
    _sources[name] = source


def sources() -> dict[str, Source]:
    """All that is registered, by name."""
    return dict(_sources)
