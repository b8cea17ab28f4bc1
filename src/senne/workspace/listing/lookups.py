"""From pasted lines to rows of actions: which action a code means, and what is left to mend when the good cells are saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from senne.core.policy import Actor
from senne.plan.api import Action, columns, pasting, queries
from senne.workspace.listing.columns import BY_KEY, CODE
from senne.workspace.listing.finding import with_people
from senne.workspace.listing.rows import Cell, Row


@dataclass
class Read:
    """A pasted line as a row, or why it has none."""

    number: int
    raw: str
    code: str = ""
    row: Row | None = None
    fault: str = ""


def rows_of(pasted: pasting.Pasted, actor: Actor, plan: str = "") -> list[Read]:
    """Each line with the action that its code means among those that the reader sees: two lots of queries.

    A code that several plans have is that of `plan` where it is among them, else it must say its plan: 'CLIMAT:AD-12', or
    in a column of its own.
    """
    known = _Codes(queries.actions(actor), plan)
    found = [Read(fault.number, fault.raw, fault=_line_text(fault)) for fault in pasted.faults]
    wanted: list[tuple[pasting.Line, int]] = []
    taken: dict[int, int] = {}
    for line in pasted.lines:
        key, why = known.key_of(line)
        if not why and key in taken:
            why = _twice(line.code, taken[key])
        if why:
            found.append(Read(line.number, line.raw, line.code, fault=why))
            continue
        taken[key] = line.number
        wanted.append((line, key))
    actions = {action.pk: action for action in with_people(queries.actions(actor).filter(pk__in=list(taken)))}
    for line, key in wanted:
        cells = {name: Cell(name, _typed(text)) for name, text in line.cells.items() if name in BY_KEY}
        row = Row(actions[key], actions[key].version, cells)
        found.append(Read(line.number, line.raw, line.code, row))
    return sorted(found, key=lambda read: read.number)


def _typed(text: str) -> str:
    """A dash empties the field."""
    return "" if text in pasting.EMPTIES else text


class _Codes:
    """Which action a code means."""

    def __init__(self, visible: Any, plan: str) -> None:
        self.plan = plan
        self.by_code: dict[str, dict[str, int]] = {}
        for key, code, of_plan in visible.order_by().values_list("pk", "code", "plan__code"):
            self.by_code.setdefault(code.casefold(), {})[of_plan] = key

    def key_of(self, line: pasting.Line) -> tuple[int, str]:
        """(key of the action, '') or (0, why not)."""
        before, colon, after = line.code.partition(":")
        plan, code = (before.strip(), after.strip()) if colon else (line.plan, line.code)
        plans = self.by_code.get(code.casefold(), {})
        if plan:
            named = [key for of_plan, key in plans.items() if columns.fold(of_plan) == columns.fold(plan)]
            return (named[0], "") if named else (0, _unknown(line.code))
        if len(plans) > 1 and self.plan in plans:
            return plans[self.plan], ""
        if len(plans) > 1:
            told = {"code": code, "plans": ", ".join(f"{name}:{code}" for name in sorted(plans))}
            return 0, _("Several plans have an action %(code)s. Write which one: %(plans)s.") % told
        return (next(iter(plans.values())), "") if plans else (0, _unknown(line.code))


def _unknown(code: str) -> str:
    return _("No action that you may see has the code “%(code)s”.") % {"code": code}


def _twice(code: str, first: int) -> str:
    return _("“%(code)s” stands on line %(first)s already. Keep one of the two lines.") % {"code": code, "first": first}


def _line_text(fault: pasting.LineFault) -> str:
    """Why a line cannot be used, in the reader's words."""
    if fault.kind == "twice":
        return _twice(str(fault.params["code"]), int(str(fault.params["first"])))
    texts = {
        "cells": _("This line has %(found)s cells; %(expected)s are expected, as many as there are columns."),
        "no_code": _("This line has no code, so that nobody knows which action it is about."),
        "too_many": _("At most %(limit)s lines at a time. Paste this one with the next ones."),
    }
    return texts[fault.kind] % fault.params


# ---- What is left to mend -----------------------------------------------------------------------------------------


def left_over(pasted: pasting.Pasted, read: Iterable[Read]) -> str:
    """The text with what was refused, to be mended: whole lines, or a code with its refused cells alone."""
    faulty = [item for item in read if item.fault or (item.row and item.row.is_faulty)]
    if not faulty:
        return ""
    lines = [pasted.heading or pasting.write_lines([[_head(key) for key in pasted.columns]], pasted.mark)]
    for item in faulty:
        whole = item.row is None or item.row.fault
        lines.append(item.raw if whole else pasting.write_lines([_cells(pasted.columns, item)], pasted.mark))
    return "\n".join(lines) + "\n"


def _cells(keys: Sequence[str], item: Read) -> list[str]:
    assert item.row is not None
    kept = {cell.key: cell.typed or "–" for cell in item.row.refused}
    kept |= {pasting.CODE: item.code, "plan": item.row.action.plan.code}
    return [kept.get(key, "") for key in keys]


def _head(key: str) -> str:
    return str(CODE if key == pasting.CODE else BY_KEY[key].label)


def sheet_of(actions: Iterable[Action], keys: Sequence[str], cells: Any) -> str:
    """The actions as a spreadsheet takes them: a heading, then their code and these cells; the plan where it takes it."""
    found = list(actions)
    many = len({action.plan_id for action in found}) > 1
    heading = [str(CODE), *(_head(key) for key in keys)]
    rows = [
        [f"{action.plan.code}:{action.code}" if many else action.code, *(cells.words(action, key) for key in keys)]
        for action in found
    ]
    return pasting.write_lines([heading, *rows]) + "\n"
