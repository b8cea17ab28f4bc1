"""Rows of actions being changed, many at once: each cell is checked for itself, each row is saved for itself. A cell that is
refused says why and is kept as it was typed; a colleague's change meanwhile stops the cells that both changed, and no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from senne.core.models import AuditEntry
from senne.core.periods import partial
from senne.core.policy import Actor, Refused, allowed
from senne.core.records import Conflict, as_json, kind_of
from senne.plan.api import Action, do, queries, words
from senne.workspace.listing.cells import CellFault, Cells, owners_of
from senne.workspace.listing.columns import BY_KEY, OF_FIELD

VERBS = ("report", "edit", "publish")
CODES_SAID = 12


@dataclass
class Cell:
    """One cell: what was typed, what stood there when the page was drawn (None: not known), and why it is refused."""

    key: str
    typed: str
    read: str | None = None
    fault: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def touched(self) -> bool:
        return self.read is None or self.typed.strip() != self.read.strip()


@dataclass(frozen=True)
class Change:
    """A cell that changes: its column, and before and after in words."""

    key: str
    before: str
    after: str

    @property
    def label(self) -> str:
        return str(BY_KEY[self.key].label)


@dataclass
class Row:
    """An action with its cells; `version` is the one that was read. `done`: what was saved; `fault`: nothing of it can be."""

    action: Action
    version: int
    cells: dict[str, Cell]
    done: list[Change] = field(default_factory=list)
    fault: str = ""

    @property
    def refused(self) -> list[Cell]:
        return [cell for cell in self.cells.values() if cell.fault]

    @property
    def is_faulty(self) -> bool:
        return bool(self.fault or self.refused)


class Rows:
    """Checks and saves rows for one actor on one day."""

    def __init__(self, actor: Actor, today: date, cells: Cells | None = None) -> None:
        self.actor, self.today = actor, today
        self.cells = cells or Cells(actor)

    def check(self, row: Row) -> list[Change]:
        """What saving the row would change; what it would refuse is noted at the cells."""
        if row.action.is_closed:
            row.fault = _closed_text(row.action, self.actor)
            return []
        may = allowed(self.actor, row.action.subject(), VERBS)
        for cell in row.cells.values():
            cell.values = {}
            if cell.touched:
                self._read(row, cell, may)
        self._check_dates(row)
        self._check_reason(row)
        return [self._change(row.action, cell) for cell in row.cells.values() if cell.values]

    def _read(self, row: Row, cell: Cell, may: set[str]) -> None:
        if BY_KEY[cell.key].verb not in may:
            cell.fault = _("You may not change this.")
            return
        try:
            values = self.cells.read(row.action, cell.key, cell.typed)
        except CellFault as fault:
            cell.fault = str(fault)
            return
        if as_json(values) != as_json(self.cells.stored(row.action, cell.key)):
            cell.values = values

    def _refuse(self, cell: Cell, why: str) -> None:
        cell.fault, cell.values = why, {}

    def _check_dates(self, row: Row) -> None:
        """An end before the start: the cell that was changed is at fault, the end where both were."""
        wanted = {**_dates(row.action), **row.cells["start"].values} if "start" in row.cells else _dates(row.action)
        wanted |= row.cells["end"].values if "end" in row.cells else {}
        start = partial(wanted["start_on"], wanted["start_precision"])
        end = partial(wanted["end_on"], wanted["end_precision"])
        if not start or not end or end.last_day >= start.day:
            return
        for key in ("end", "start"):
            if key in row.cells and row.cells[key].values:
                self._refuse(row.cells[key], _("The end comes before the start."))
                return

    def _check_reason(self, row: Row) -> None:
        """A suspended or abandoned action has a reason, and no other has one."""
        status, reason = row.cells.get("status"), row.cells.get("reason")
        wanted = status.values.get("status") if status and status.values else row.action.status
        why = reason.values.get("status_reason") if reason and reason.values else row.action.status_reason
        if wanted in do.CLOSING and not why:
            at_fault = status if status and status.values else reason
            if at_fault is not None and at_fault.values:
                self._refuse(at_fault, _("Say why: a suspended or abandoned action has a reason."))
        elif wanted not in do.CLOSING and reason and reason.values:
            self._refuse(reason, _("Only a suspended or abandoned action has a reason."))

    def _change(self, action: Action, cell: Cell) -> Change:
        before = self.cells.words(action, cell.key)
        return Change(cell.key, before, _in_words(cell, self.cells))

    # ---- Saving ---------------------------------------------------------------------------------------------------

    def save(self, row: Row) -> None:
        """Save what can be saved of the row. Nothing is raised: what is refused is noted at its cell or at the row."""
        changes = {change.key: change for change in self.check(row)}
        for _try in range(len(row.cells) + 2):
            plain = {key: row.cells[key] for key in changes if row.cells[key].values and key != "owner"}
            if not plain or self._write(row, plain):
                row.done += [changes[key] for key in plain]
                break
        if "owner" in changes and row.cells["owner"].values:
            self._write_owners(row, changes["owner"])

    def _write(self, row: Row, cells: dict[str, Cell]) -> bool:
        """One try; False where some cells were refused, so that the others may be tried without them."""
        values = {name: value for cell in cells.values() for name, value in cell.values.items()}
        try:
            do.change_action(row.action, values, actor=self.actor, expected_version=row.version, today=self.today)
        except Conflict as clash:
            self._settle(row, cells, clash)
        except ValidationError as error:
            self._distribute(cells, error)
        except Refused:
            for cell in cells.values():
                self._refuse(cell, _("You may not change this."))
        else:
            row.version = row.action.version
            return True
        return False

    def _settle(self, row: Row, cells: dict[str, Cell], clash: Conflict) -> None:
        """A colleague saved the action meanwhile: the cells that they left as they were may still be saved."""
        current: Any = clash.current
        theirs = _who_saved(current)
        for cell in cells.values():
            now = self.cells.text(current, cell.key)
            if as_json(cell.values) == as_json(self.cells.stored(current, cell.key)):
                cell.values = {}
            elif cell.read is None or now.strip() != cell.read.strip():
                said = self.cells.in_words(cell.key, now) or "–"
                self._refuse(
                    cell,
                    _("%(name)s wrote “%(value)s” here meanwhile. Save once more to put yours in its place.")
                    % {"name": theirs, "value": said},
                )
                cell.read = now
        row.action, row.version = current, current.version

    def _distribute(self, cells: dict[str, Cell], error: ValidationError) -> None:
        """What the plan room refuses, at the cells that it names, or at all of them."""
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        named = {OF_FIELD.get(name, ""): " ".join(messages) for name, messages in told.items()}
        at_fault = {key: why for key, why in named.items() if key in cells}
        for key, cell in cells.items():
            if not at_fault or key in at_fault:
                self._refuse(cell, at_fault.get(key) or " ".join(named.values()))

    def _write_owners(self, row: Row, change: Change) -> None:
        cell = row.cells["owner"]
        fresh = Action.objects.select_related("plan__organisation", "lead").get(pk=row.action.pk)
        now = self.cells.text(fresh, "owner")
        if cell.read is not None and now != cell.read:
            told = _("These people were changed meanwhile: “%(value)s”. Save once more to put yours in their place.")
            self._refuse(cell, told % {"value": now or "–"})
            cell.read = now
            return
        others = [
            (c.person, words.ContactRole(c.role)) for c in fresh.contacts.all() if c.role != words.ContactRole.OWNER
        ]
        owners = [(person, words.ContactRole.OWNER) for person in cell.values["owner"]]
        try:
            do.set_contacts(fresh, [*others, *owners], actor=self.actor)
        except (ValidationError, Refused) as error:
            refused = isinstance(error, Refused)
            self._refuse(cell, _("You may not change this.") if refused else " ".join(error.messages))  # type: ignore[union-attr]
            return
        row.done.append(change)


def _dates(action: Action) -> dict[str, Any]:
    return {
        name: getattr(action, name) for name in ("start_on", "start_precision", "end_on", "end_precision", "continuous")
    }


def _in_words(cell: Cell, cells: Cells) -> str:
    """What the cell will hold, in words."""
    if cell.key == "owner":
        return "; ".join(person.name for person in cell.values["owner"])
    if cell.key == "lead":
        return str(cell.values["lead"] or "")
    if cell.key in cell.values:
        return cells.in_words(cell.key, cell.values[cell.key])
    return cell.typed.strip()


def _who_saved(record: Any) -> str:
    entry = AuditEntry.objects.filter(kind=kind_of(record), record_id=record.pk).order_by("-id").first()
    return entry.actor_name if entry else _("A colleague")


def _closed_text(action: Action, actor: Actor) -> str:
    """What became of an action that goes on under another name; that name only for those who may see it."""
    other = action.merged_into_id or action.superseded_by_id or 0
    seen = queries.actions(actor).filter(pk=other).first()
    if seen is None:
        return _("This action goes on under another name: nothing was changed here.")
    return _("This action goes on as %(code)s: change that one.") % {"code": seen.code}


def touched(rows: Iterable[Row]) -> list[Row]:
    """The rows in which something was typed."""
    return [row for row in rows if any(cell.touched for cell in row.cells.values())]


def codes_of(rows: Sequence[Row]) -> str:
    """The codes of the first of them, for a message."""
    return ", ".join(row.action.code for row in rows[:CODES_SAID]) + ("…" if len(rows) > CODES_SAID else "")


def owner_names(action: Action) -> str:
    """The owners' names."""
    return ", ".join(person.name for person in owners_of(action))
