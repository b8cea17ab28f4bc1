"""What the address of the page asks for: a view, a filter, columns. Nonsense counts as not asked, and the address of the
same page can be written again from it: that is what a saved view keeps and what a colleague is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from senne.core.viewing import words_in
from senne.plan.api import queries, words

VIEWS = ("table", "timeline", "board", "calendar")
OPEN = "open"
DUE = ("passed", "30", "90", "180", "365")
GROUPS = ("theme", "objective", "lead", "none")
SPANS = (0, 1, 3, 6)
ME, NOBODY = "me", "nobody"
COLUMNS = (
    "plan", "theme", "objective", "status", "health", "reason", "phase", "priority", "start", "end", "lead", "owner",
    "reported", "progress", "next", "visibility",
)  # fmt: skip
USUAL_COLUMNS = ("status", "health", "phase", "end", "lead", "owner", "reported")
_WORDS: Mapping[str, Any] = {"phase": words.Phase, "health": words.Health, "freshness": words.Freshness}
_FREE = ("plan", "theme", "axis", "objective", "characteristic", "tag", "lead")
_FILTERS = ("q", *_FREE, "status", *_WORDS, "owner", "due", "year")


@dataclass(frozen=True)
class Asked:
    """A view of some actions. Empty means any; `lead` stands for an organisation and all below it."""

    view: str = "table"
    filter: queries.ActionFilter = field(default_factory=queries.ActionFilter)
    status: str = ""
    lead: str = ""
    owner: str = ""
    due: str = ""
    columns: tuple[str, ...] = USUAL_COLUMNS
    group: str = "theme"
    span: int = 0
    begin: int | None = None
    month: str = ""
    editing: bool = False

    def value_of(self, key: str) -> str:
        """What the filter with this name in the address is set to."""
        if key in {"status", "lead", "owner", "due"}:
            return str(getattr(self, key))
        return str(getattr(self.filter, "words" if key == "q" else key) or "")

    @property
    def used(self) -> list[str]:
        """The filters that are set."""
        return [key for key in _FILTERS if self.value_of(key)]

    def query(self, **changes: Any) -> str:
        """The address's query of this view, or of this view with something changed; without what is usual anyway."""
        asked = replace(self, **changes)
        found = QueryDict(mutable=True)
        found["view"] = asked.view
        for key in _FILTERS:
            if value := asked.value_of(key):
                found[key] = value
        if asked.filter.sort:
            found["sort"] = asked.filter.sort
        if asked.columns != USUAL_COLUMNS:
            found.setlist("c", list(asked.columns))
        if asked.view == "timeline":
            usual = Asked()
            for key in ("group", "span", "begin"):
                if getattr(asked, key) != getattr(usual, key):
                    found[key] = str(getattr(asked, key))
        if asked.view == "calendar" and asked.month:
            found["month"] = asked.month
        return found.urlencode()

    @property
    def kept(self) -> str:
        """What a saved view keeps: no month and no year, so that the calendar opens on today."""
        return self.query(month="", begin=None)


def asked_from(ask: QueryDict) -> Asked:
    """The view that the address asks for."""
    checked = {key: ask.get(key, "") if ask.get(key, "") in kind.values else "" for key, kind in _WORDS.items()}
    status = ask.get("status", "")
    status = status if status in {OPEN, *words.Status.values} else ""
    free = {key: words_in(ask.get(key, ""), 60) for key in _FREE}
    lead = free.pop("lead")
    return Asked(
        view=_one_of(ask.get("view", ""), VIEWS),
        filter=queries.ActionFilter(
            **checked,
            **free,
            status="" if status == OPEN else status,
            year=_year(ask.get("year", "")),
            words=words_in(ask.get("q", ""), 200),
            sort=ask.get("sort", "") if ask.get("sort", "").lstrip("-") in {*queries.SORTS, "status"} else "",
        ),
        status=status,
        lead=lead,
        owner=_owner(ask.get("owner", "")),
        due=ask.get("due", "") if ask.get("due", "") in DUE else "",
        columns=_columns(ask.getlist("c")),
        group=_one_of(ask.get("group", ""), GROUPS),
        span=next((years for years in SPANS if str(years) == ask.get("span")), 0),
        begin=_year(ask.get("begin", "")),
        month=ask.get("month", "") if re.fullmatch(r"\d{4}-\d{2}", ask.get("month", ""), re.ASCII) else "",
        editing=ask.get("edit", "") == "1",
    )


def _one_of(value: str, choices: tuple[str, ...]) -> str:
    return value if value in choices else choices[0]


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"(19|20|21)\d\d", text, re.ASCII) else None


def _owner(text: str) -> str:
    return text if text in {ME, NOBODY} or re.fullmatch(r"\d{1,12}", text, re.ASCII) else ""


def _columns(asked: list[str]) -> tuple[str, ...]:
    """The columns in the page's own order, whatever the order asked."""
    return tuple(key for key in COLUMNS if key in asked) or USUAL_COLUMNS
