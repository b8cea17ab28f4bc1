"""The board: a column for each status, a card for each action, which is moved by a small form on it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from senne.core.policy import allowed, can_see_internal
from senne.core.viewing import key_in, one, who
from senne.plan.api import Action, queries, words
from senne.workspace.listing.asked import Asked
from senne.workspace.listing.finding import find, with_people
from senne.workspace.listing.rows import Cell, Row, Rows, owner_names
from senne.workspace.views.listing.common import first_of, frame, too_many

LIMIT = 400
FOLD = 20


@dataclass(frozen=True)
class Card:
    """An action; whether it may be moved; what was wanted and refused, if this is the card that was tried."""

    action: Action
    movable: bool
    owners: str = ""
    wanted: str = ""
    reason: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Lane:
    """A status with its cards, a screen's worth of them before the fold; and its query in the table."""

    status: str
    label: str
    cards: list[Card]
    others: list[tuple[str, str]]
    query: str

    @property
    def first(self) -> list[Card]:
        return self.cards[:FOLD]

    @property
    def rest(self) -> list[Card]:
        return self.cards[FOLD:]


def show(request: HttpRequest, asked: Asked, tried: Card | None = None) -> HttpResponse:
    """All that the filter finds, up to a limit that is said."""
    actor, today = who(request), timezone.localdate()
    actions, count = first_of(queries.light(with_people(find(asked, actor, today))), LIMIT)
    by_status: dict[str, list[Card]] = defaultdict(list)
    for action in actions:
        if tried and tried.action.pk == action.pk:
            continue
        subject = action.subject()
        may = bool(allowed(actor, subject, ("report",)))
        names = owner_names(action) if can_see_internal(actor, subject) else ""
        by_status[action.status].append(Card(action, may, names))
    if tried:
        by_status[tried.action.status].insert(0, tried)
    context = frame(
        request,
        asked,
        today=today,
        count=count,
        too_many=too_many(count, LIMIT),
        lanes=[_lane(asked, status, by_status[status]) for status in _statuses(asked, by_status)],
        tried=tried,
    )
    return render(request, "workspace/listing/board.html", context)


def _statuses(asked: Asked, found: dict[str, list[Card]]) -> list[str]:
    """All statuses; where the filter asks for some, those that hold a card."""
    return [status for status in words.Status.values if not asked.status or found.get(status)]


def _lane(asked: Asked, status: str, cards: list[Card]) -> Lane:
    others = [(value, str(label)) for value, label in words.Status.choices if value != status]
    table = asked.query(view="table", status=status)
    return Lane(status, str(words.Status(status).label), cards, others, table)


def move(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Put one action into another status, by the same rights and reasons as everywhere."""
    actor, today = who(request), timezone.localdate()
    action = one(with_people(queries.actions(actor)), pk=key_in(request.POST.get("action", "")))
    wanted, why = request.POST.get("status", ""), request.POST.get("reason", "")
    row = Row(action, key_in(request.POST.get("version", "")), _cells(action, wanted, why, request))
    Rows(actor, today).save(row)
    if row.is_faulty or not row.done:
        return show(request, asked, _refused(action, row, wanted, why, today))
    messages.success(request, _said(row.action))
    return redirect(f"{request.path}?{request.GET.urlencode()}#action-{action.pk}")


def _cells(action: Action, wanted: str, why: str, request: HttpRequest) -> dict[str, Cell]:
    cells = {"status": Cell("status", wanted, request.POST.get("read", action.status))}
    if why.strip():
        cells["reason"] = Cell("reason", why)
    return cells


def _refused(action: Action, row: Row, wanted: str, why: str, today: date) -> Card:
    """The card as it comes back: in its place, open, with what was typed and why it was refused."""
    fault = row.fault or " ".join(cell.fault for cell in row.refused) or _("It has this status already.")
    fresh = Action.objects.select_related("plan__organisation", "lead").get(pk=action.pk)
    return Card(fresh, not row.fault, "", wanted, why, fault)


def _said(action: Action) -> str:
    return _("%(code)s: %(status)s.") % {"code": action.code, "status": words.Status(action.status).label}
