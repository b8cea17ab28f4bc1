"""Paste from a spreadsheet: what would change and what is refused is shown first; then the good cells are saved."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senne.core.viewing import who
from senne.plan.api import pasting
from senne.workspace.listing.asked import Asked, asked_from
from senne.workspace.listing.cells import Cells
from senne.workspace.listing.columns import BY_KEY, EDITABLE, heads
from senne.workspace.listing.finding import find, with_people
from senne.workspace.listing.lookups import Read, left_over, rows_of, sheet_of
from senne.workspace.listing.rows import Change, Rows, codes_of
from senne.workspace.views.common import staff_page

LONGEST = 1_000_000
TOGETHER = 25


@dataclass(frozen=True)
class Seen:
    """A line of the preview: what would change."""

    read: Read
    changes: list[Change]


@staff_page
def paste(request: HttpRequest) -> HttpResponse:
    """The text area, the preview, the result; what is refused stays in the text area."""
    asked = asked_from(request.GET)
    keys = [key for key in asked.columns if key in EDITABLE] or ["status"]
    if request.method != "POST":
        text = _filled(request, asked, keys) if "fill" in request.GET else ""
        return _page(request, asked, keys, text)
    text = request.POST.get("text", "")
    if len(text) > LONGEST:
        messages.error(request, _("This is too much to be read at once. Paste it in several parts."))
        return _page(request, asked, keys, text)
    pasted = pasting.read_pasted(text, keys, EDITABLE, heads())
    if not pasted.lines and not pasted.faults:
        messages.warning(request, _("Nothing to read here: paste at least one line with a code and a cell."))
        return _page(request, asked, keys, text)
    read = rows_of(pasted, who(request), asked.filter.plan)
    if "apply" in request.POST:
        return _apply(request, asked, keys, pasted, read)
    rows = Rows(who(request), timezone.localdate())
    seen = [Seen(item, rows.check(item.row) if item.row else []) for item in read]
    return _page(request, asked, keys, text, pasted, seen)


def _filled(request: HttpRequest, asked: Asked, keys: list[str]) -> str:
    """The actions of the filter as they stand, to be taken to a spreadsheet."""
    actor = who(request)
    actions = with_people(find(asked, actor, timezone.localdate()))[: pasting.MOST_LINES]
    return sheet_of(actions, [key for key in keys if not BY_KEY[key].internal], Cells(actor))


def _page(
    request: HttpRequest,
    asked: Asked,
    keys: list[str],
    text: str,
    pasted: pasting.Pasted | None = None,
    seen: list[Seen] | None = None,
) -> HttpResponse:
    changing = [line for line in seen or [] if line.changes]
    refused = [line for line in seen or [] if line.read.fault or (line.read.row and line.read.row.is_faulty)]
    context = {
        "asked": asked,
        "columns": [BY_KEY[key] for key in keys],
        "text": text,
        "pasted": pasted,
        "seen": seen,
        "changing": changing,
        "change_count": sum(len(line.changes) for line in changing),
        "refused": refused,
        "unchanged": len(seen or []) - len({id(line) for line in [*changing, *refused]}),
    }
    return render(request, "workspace/listing/paste.html", context)


def _apply(
    request: HttpRequest, asked: Asked, keys: list[str], pasted: pasting.Pasted, read: list[Read]
) -> HttpResponse:
    """Save the good cells as they were previewed; an action that would change otherwise than was shown is refused whole."""
    saver = Rows(who(request), timezone.localdate())
    rows = [item.row for item in read if item.row]
    for row in rows:
        shown = request.POST.get(f"v-{row.action.pk}", "")
        if shown != str(row.version) and saver.check(row):
            row.fault = _("Somebody changed this action since you looked: see what would change now.")
    good = [row for row in rows if not row.fault]
    for begin in range(0, len(good), TOGETHER):
        with transaction.atomic():
            for row in good[begin : begin + TOGETHER]:
                saver.save(row)
    saved = [row for row in rows if row.done]
    cells = sum(len(row.done) for row in saved)
    if saved:
        told = ngettext("%(n)s cell saved: %(codes)s.", "%(n)s cells saved: %(codes)s.", cells)
        messages.success(request, told % {"n": cells, "codes": codes_of(saved)})
    left = left_over(pasted, read)
    if not left:
        if not saved:
            messages.info(request, _("Nothing was changed."))
        return _page(request, asked, keys, "")
    return _page(request, asked, keys, left, pasted, [Seen(item, []) for item in read if _is_left(item)])


def _is_left(item: Read) -> bool:
    return bool(item.fault or (item.row and item.row.is_faulty))
