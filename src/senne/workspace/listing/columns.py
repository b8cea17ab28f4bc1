"""The columns of the table of actions: what they are called, who sees them, which right changing them asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from senne.core.text import LANGUAGES
from senne.plan.api import columns, words
from senne.workspace.listing import asked


@dataclass(frozen=True)
class Column:
    """`verb`: the right that a change of it asks ('' for what is not changed here); `internal`: for those who see such."""

    key: str
    label: Any
    verb: str = ""
    sort: str = ""
    internal: bool = False
    choices: Any = None
    fields: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """How a cell of it is edited."""
        if self.choices is not None:
            return "choice"
        return {"lead": "units", "owner": "people", "start": "date", "end": "date"}.get(self.key, "words")


_ALL = (
    Column("plan", _("Plan")),
    Column("theme", _("Theme")),
    Column("objective", _("Objective")),
    Column("status", _("Status"), "report", "status", choices=words.Status, fields=("status",)),
    Column("health", _("Health")),
    Column("reason", _("Reason of the status"), "report", fields=("status_reason",)),
    Column("phase", _("Phase"), "report", choices=words.Phase, fields=("phase",)),
    Column("priority", _("Priority"), "edit", internal=True, choices=words.Priority, fields=("priority",)),
    Column("start", _("Start"), "edit", fields=("start_on", "start_precision")),
    Column("end", _("End"), "edit", "end", fields=("end_on", "end_precision", "continuous")),
    Column("lead", _("Lead organisation"), "edit", fields=("lead",)),
    Column("owner", _("Owner"), "edit", internal=True),
    Column("reported", _("Last report"), sort="reported"),
    Column("progress", _("Progress"), sort="progress"),
    Column("next", _("Next step")),
    Column("visibility", _("Visibility"), "publish", choices=words.Visibility, fields=("visibility",)),
)
BY_KEY = {column.key: column for column in _ALL}
assert tuple(BY_KEY) == asked.COLUMNS
EDITABLE = frozenset(column.key for column in _ALL if column.verb)
OF_FIELD = {field: column.key for column in _ALL for field in column.fields}


def chosen(keys: tuple[str, ...]) -> list[Column]:
    """The columns with these keys."""
    return [BY_KEY[key] for key in keys]


@cache
def heads() -> dict[str, str]:
    """The key of a column by its folded heading, in our three languages; the code and the title among them."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            for column in _ALL:
                found.setdefault(columns.fold(str(column.label)), column.key)
            found.setdefault(columns.fold(str(CODE)), "code")
            found.setdefault(columns.fold(str(TITLE)), "title")
    return found


@cache
def choice_words(key: str) -> dict[str, str]:
    """The value of a choice by its folded label, in our three languages."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            found |= {columns.fold(str(label)): value for value, label in BY_KEY[key].choices.choices}
    return found


CODE, TITLE = _("Code"), _("Title")
