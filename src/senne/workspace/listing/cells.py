"""What a cell of the table says: an action's field as text, and text as the field's values, or why it cannot be read.

The same words are read wherever they come from: typed into the table or pasted from a spreadsheet, in any of the three
languages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from senne.core.models import Organisation, Person
from senne.core.periods import PartialDate, parse_partial
from senne.core.policy import Actor
from senne.core.text import Text, reader_language
from senne.plan.api import Action, columns, values, wording, words
from senne.workspace.fields import day_first
from senne.workspace.listing.columns import BY_KEY, choice_words
from senne.workspace.reach import colleagues, possible_leads

LONGEST_REASON = 20_000
SEPARATOR = "; "


class CellFault(Exception):
    """A cell that cannot be read; its text says what was found and what is expected."""


class Cells:
    """Writes and reads the cells of one reader; organisations and people are loaded when first asked for."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.language = reader_language()

    @cached_property
    def units(self) -> list[Organisation]:
        """Organisations under which the reader may put an action."""
        return list(possible_leads(self.actor))

    @cached_property
    def people(self) -> list[Person]:
        """People whom the reader may name."""
        return list(colleagues(self.actor))

    @cached_property
    def _unit_by_name(self) -> dict[str, list[Organisation]]:
        return _by_name((name, unit) for unit in self.units for name in (*unit.name.values(), unit.code))

    @cached_property
    def _person_by_name(self) -> dict[str, list[Person]]:
        return _by_name((name, person) for person in self.people for name in (person.name, person.email) if name)

    # ---- As text --------------------------------------------------------------------------------------------------

    def text(self, action: Action, key: str) -> str:
        """The cell as it stands, for an input: choices by their value. Owners need `contacts` (prefetch them in lists)."""
        if key in {"status", "phase", "priority", "visibility"}:
            return str(getattr(action, key))
        if key == "reason":
            return action.status_reason.get(self.language, "")
        if key == "start":
            return day_first(action.start) if action.start else ""
        if key == "end":
            if action.continuous:
                return _endless()
            return day_first(action.end) if action.end else ""
        if key == "lead":
            return str(action.lead.name) if action.lead else ""
        return SEPARATOR.join(person.name for person in owners_of(action))

    def words(self, action: Action, key: str) -> str:
        """The cell as people write it: choices by their label."""
        return self.in_words(key, self.text(action, key))

    def in_words(self, key: str, text: str) -> str:
        """A cell's text with the label of a choice in the place of its value."""
        kind = BY_KEY[key].choices
        return str(kind(text).label) if kind is not None and text in kind.values else text

    # ---- As values ------------------------------------------------------------------------------------------------

    def stored(self, action: Action, key: str) -> dict[str, Any]:
        """The field's values as they stand."""
        if key == "owner":
            return {"owner": owners_of(action)}
        return {name: getattr(action, name) for name in BY_KEY[key].fields}

    def read(self, action: Action, key: str, text: str) -> dict[str, Any]:
        """The values that the text means; an empty one empties the field. Raises CellFault."""
        text = text.replace("\x00", "").strip()
        if BY_KEY[key].choices is not None:
            return {key: _choice(key, text)}
        if key == "reason":
            return {"status_reason": self._reason(action, text)}
        if key == "start":
            return _period("start", _date(text))
        if key == "end":
            goes_on = columns.fold(text) in _CONTINUOUS | {columns.fold(_endless())}
            return {**_period("end", None if goes_on else _date(text)), "continuous": goes_on}
        if key == "lead":
            return {"lead": self._unit(text, action)}
        return {"owner": self._owners(text, action)}

    def _reason(self, action: Action, text: str) -> Text:
        if len(text) > LONGEST_REASON:
            raise CellFault(_("This text is too long: at most %(limit)s characters.") % {"limit": LONGEST_REASON})
        kept = {code: written for code, written in action.status_reason.items() if code != self.language}
        return Text({**kept, self.language: text} if text else kept)

    def _unit(self, text: str, action: Action) -> Organisation | None:
        if not text:
            return None
        if action.lead and columns.fold(text) in {columns.fold(name) for name in action.lead.name.values()}:
            return action.lead
        found = self._unit_by_name.get(columns.fold(text), [])
        if not found:
            raise CellFault(
                _("No organisation to which you may give an action is called “%(found)s”.") % {"found": text}
            )
        if len(found) > 1:
            codes = ", ".join(sorted(unit.code for unit in found))
            raise CellFault(
                _("Several organisations are called “%(found)s”. Write one of their codes: %(codes)s.")
                % {"found": text, "codes": codes}
            )
        return found[0]

    def _owners(self, text: str, action: Action) -> list[Person]:
        named = {columns.fold(person.name): person for person in owners_of(action)}
        parts = [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]
        people = [named.get(columns.fold(part)) or self._person(part) for part in parts]
        return list({person.pk: person for person in people}.values())

    def _person(self, text: str) -> Person:
        found = self._person_by_name.get(columns.fold(text), [])
        if not found:
            raise CellFault(
                _("Nobody whom you may name is called “%(found)s”. Write the name in full, or the e-mail address.")
                % {"found": text}
            )
        if len(found) > 1:
            raise CellFault(
                _("Several people are called “%(found)s”. Write the e-mail address of the one you mean.")
                % {"found": text}
            )
        return found[0]


_CONTINUOUS = frozenset(wording.CONTINUOUS)


def _endless() -> str:
    """What stands in the cell of an end that never comes."""
    return pgettext("end", "continuous")


def owners_of(action: Action) -> list[Person]:
    """The owners, in the order in which they were named."""
    return [contact.person for contact in action.contacts.all() if contact.role == words.ContactRole.OWNER]


def _by_name(pairs: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, dict[int, Any]] = defaultdict(dict)
    for name, record in pairs:
        found[columns.fold(name)][record.pk] = record
    return {name: list(records.values()) for name, records in found.items() if name}


def _choice(key: str, text: str) -> str:
    value = choice_words(key).get(columns.fold(text))
    if value is not None:
        return value
    try:
        return wording.word(key, text)
    except ValueError:
        known = ", ".join(str(label) for label in BY_KEY[key].choices.labels)
        raise CellFault(
            _("“%(found)s” is not one of the words for “%(column)s”: %(words)s.")
            % {"found": text, "column": BY_KEY[key].label, "words": known}
        ) from None


def _date(text: str) -> PartialDate | None:
    if not text:
        return None
    try:
        return parse_partial(values.partial_date(text))
    except ValueError:
        raise CellFault(
            _("“%(value)s” is not a date. Write a year (2026), a month (09/2026) or a day (15/09/2026).")
            % {"value": text}
        ) from None


def _period(name: str, found: PartialDate | None) -> dict[str, Any]:
    return {f"{name}_on": found.day if found else None, f"{name}_precision": found.precision.value if found else "day"}
