"""The table: columns of one's choice, rows that are edited in their place and saved all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senne.core.policy import Actor, Role, allowed, can_see_internal
from senne.core.viewing import key_in, page_of, who
from senne.plan.api import Action, Step, queries
from senne.workspace.listing.asked import Asked
from senne.workspace.listing.cells import Cells
from senne.workspace.listing.columns import BY_KEY, EDITABLE, Column, chosen
from senne.workspace.listing.finding import find, with_people
from senne.workspace.listing.rows import VERBS, Cell, Row, Rows, codes_of, touched
from senne.workspace.views.listing.common import frame

PAGE = 50


@dataclass(frozen=True)
class CellShown:
    """A cell on the page. `text` is what an input holds, `read` what stood there; `hidden`: not for this reader."""

    column: Column
    editable: bool = False
    hidden: bool = False
    text: str = ""
    read: str = ""
    fault: str = ""
    reason: CellShown | None = None


@dataclass(frozen=True)
class RowShown:
    """An action with its cells in the order of the columns."""

    action: Action
    cells: list[CellShown]
    done: str = ""
    fault: str = ""
    version: int = 0


def show(request: HttpRequest, asked: Asked) -> HttpResponse:
    """One page of rows, to read or to edit."""
    actor, today = who(request), timezone.localdate()
    page = page_of(with_columns(find(asked, actor, today), asked, actor), request, PAGE)
    cells = Cells(actor)
    rows = [_shown(action, asked, actor, cells) for action in page]
    return _page(request, asked, rows, cells, today, page)


def with_columns(found: QuerySet[Action], asked: Asked, actor: Actor) -> QuerySet[Action]:
    """The rows with what their columns show: a constant number of queries."""
    found = queries.light(with_people(found))
    if {"theme", "objective"} & set(asked.columns):
        found = found.prefetch_related(Prefetch("objectives", queryset=queries.objectives(actor)))
    if "next" in asked.columns:
        undone = Step.objects.filter(done_on=None, due_on__isnull=False).order_by("due_on")
        found = found.prefetch_related(Prefetch("steps", queryset=undone, to_attr="undone"))
    return found


# Who edits some action somewhere, even where none of the rows shown is theirs.
WRITING = (Role.COORDINATION, Role.BODY_MANAGER, Role.HEAD, Role.OWNER, Role.CONTRIBUTOR)


def _page(
    request: HttpRequest,
    asked: Asked,
    rows: Sequence[RowShown],
    cells: Cells,
    today: date,
    page: Page[Any] | None = None,
    **more: Any,
) -> HttpResponse:
    keys = {cell.column.key for row in rows for cell in row.cells if cell.editable}
    columns = _columns(asked)
    context = frame(
        request,
        asked,
        today=today,
        page=page,
        count=page.paginator.count if page else len(rows),
        rows=rows,
        columns=columns,
        may_edit=bool(keys),
        may_paste=bool(keys) or bool(who(request).paths(*WRITING)),
        units=cells.units if asked.editing and "lead" in keys else [],
        people=cells.people if asked.editing and "owner" in keys else [],
        **more,
    )
    return render(request, "workspace/listing/table.html", context)


def _columns(asked: Asked) -> list[Column]:
    """The columns chosen; while editing, those of them that are changed here."""
    columns = chosen(asked.columns)
    return [column for column in columns if column.verb] or [BY_KEY["status"]] if asked.editing else columns


def _shown(action: Action, asked: Asked, actor: Actor, cells: Cells, row: Row | None = None) -> RowShown:
    """The row with the cells that this reader may see, those that they may change, and what was typed and refused."""
    subject = action.subject()
    may = allowed(actor, subject, VERBS)
    internal = can_see_internal(actor, subject)
    shown = [_cell(action, column, may, internal, cells, row) for column in _columns(asked)]
    if "reason" not in asked.columns:
        shown = [_with_reason(cell, action, may, cells, row) for cell in shown]
    done = ", ".join(change.label for change in row.done) if row else ""
    return RowShown(action, shown, done, row.fault if row else "", action.version)


def _cell(
    action: Action, column: Column, may: set[str], internal: bool, cells: Cells, row: Row | None = None
) -> CellShown:
    if column.internal and not internal:
        return CellShown(column, hidden=True)
    mine = row.cells.get(column.key) if row else None
    typed = mine if mine and (mine.fault or (row and row.fault)) else None
    if column.verb not in may and typed is None:
        return CellShown(column)
    now = cells.text(action, column.key)
    text, fault = (typed.typed, typed.fault) if typed else (now, "")
    return CellShown(column, True, False, text, now, fault)


def _with_reason(cell: CellShown, action: Action, may: set[str], cells: Cells, row: Row | None) -> CellShown:
    """A status that is edited has its reason beside it, where no column has it."""
    if cell.column.key != "status" or not cell.editable:
        return cell
    return replace(cell, reason=_cell(action, BY_KEY["reason"], may, False, cells, row))


# ---- Saving -------------------------------------------------------------------------------------------------------


def save(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Save what was changed in the rows; rows with a refused cell come back as they were typed, the others are saved."""
    actor, today = who(request), timezone.localdate()
    cells = Cells(actor)
    sent, gone = rows_from(request, actor)
    changed = touched(sent)
    saver = Rows(actor, today, cells)
    for row in changed:
        saver.save(row)
    saved = [row for row in changed if row.done]
    faulty = [row for row in changed if row.is_faulty]
    _tell(request, saved, gone)
    if not faulty and not saved and not gone:
        messages.info(request, _("Nothing was changed."))
    if not faulty:
        return redirect(f"{request.path}?{request.GET.urlencode()}")
    by_key = {row.action.pk: row for row in faulty}
    keys = [row.action.pk for row in sent]
    fresh = {a.pk: a for a in with_columns(queries.actions(actor).filter(pk__in=keys), asked, actor)}
    order = sorted((pk for pk in keys if pk in fresh), key=lambda pk: pk not in by_key)
    rows = [_shown(fresh[pk], asked, actor, cells, by_key.get(pk)) for pk in order]
    return _page(request, asked, rows, cells, today, refused=sum(len(row.refused) or 1 for row in faulty))


def rows_from(request: HttpRequest, actor: Actor) -> tuple[list[Row], int]:
    """(rows that were sent, in order; how many of them concern actions that the reader may not see any more)."""
    named = {key_in(name.removeprefix("v-")): name for name in request.POST if name.startswith("v-")}
    sent = {key: request.POST[name] for key, name in named.items() if key}
    found = {action.pk: action for action in with_people(queries.actions(actor).filter(pk__in=list(sent)[:PAGE]))}
    rows = [
        Row(found[pk], key_in(version), _sent_cells(request, pk))
        for pk, version in sent.items()
        if pk in found and key_in(version)
    ]
    return rows, len(sent) - len(rows)


def _sent_cells(request: HttpRequest, pk: int) -> dict[str, Cell]:
    post = request.POST
    return {
        key: Cell(key, post[f"c-{pk}-{key}"], post.get(f"w-{pk}-{key}", ""))
        for key in sorted(EDITABLE)
        if f"c-{pk}-{key}" in post
    }


def _tell(request: HttpRequest, saved: Sequence[Row], gone: int) -> None:
    if saved:
        text = ngettext("%(n)s action saved: %(codes)s.", "%(n)s actions saved: %(codes)s.", len(saved))
        messages.success(request, text % {"n": len(saved), "codes": codes_of(saved)})
    if gone:
        text = ngettext(
            "%(n)s action is gone, or you may no longer see it: nothing was changed there.",
            "%(n)s actions are gone, or you may no longer see them: nothing was changed there.",
            gone,
        )
        messages.warning(request, text % {"n": gone})
