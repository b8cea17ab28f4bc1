"""The page of actions: one address, one filter, four views."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from senne.workspace.listing.asked import asked_from
from senne.workspace.views.common import staff_page
from senne.workspace.views.listing import board, month, table, timeline

_VIEWS = {"table": table.show, "timeline": timeline.show, "board": board.show, "calendar": month.show}


@staff_page
def actions(request: HttpRequest) -> HttpResponse:
    """The view that the address asks for; the table and the board also take what was changed in them."""
    asked = asked_from(request.GET)
    if request.method == "POST" and asked.view == "board":
        return board.move(request, asked)
    if request.method == "POST" and asked.view == "table":
        return table.save(request, asked)
    return _VIEWS[asked.view](request, asked)
