"""What a list of records shows of its filters: fields with their choices, those in use, and the way out of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Field:
    """One filter: its key in the address, its label, its value, its choices (None: free words), what no choice means."""

    key: str
    label: str
    value: str
    choices: Choices | None = None
    any: str = ""

    @property
    def shown(self) -> str:
        """The label of the value, without the blanks that set it in."""
        return dict(self.choices or ()).get(self.value, self.value).strip()


@dataclass(frozen=True)
class Chip:
    """A filter in use, and the address without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True)
class Filters:
    """All that the page shows of its filters; `hidden` are sent along unseen."""

    first: list[Field]
    more: list[Field]
    chips: list[Chip] = field(default_factory=list)
    hidden: Choices = field(default_factory=list)

    @property
    def more_used(self) -> bool:
        return any(item.value for item in self.more)


def labels(kind: Any) -> Choices:
    """The choices of an enumeration."""
    return [(value, str(label)) for value, label in kind.choices]


def named(records: Iterable[Any], code: str = "code") -> Choices:
    """Records as choices: the column that names them in addresses, and their name."""
    return [(getattr(record, code), str(record.name)) for record in records]
