"""What changed in a month, written by the records themselves."""

from __future__ import annotations

from typing import Any

from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senne.core.page_cache import cacheable
from senne.core.viewing import who
from senne.plan.api import changes, queries
from senne.site.monthly import Month, chapters, month_at, month_of
from senne.site.views.common import today

MOST = 30


def _heading(name: str) -> str:
    headings = {
        "done": _("Done"),
        "begun": _("Begun"),
        "steps": _("Steps done"),
        "figures": _("New figures of indicators"),
        "new": _("New in the plan"),
        "stopped": _("Suspended, abandoned or merged"),
        "moved": _("Put off or brought forward"),
        "judged": _("Judged by the department"),
        "reworded": _("Reworded, or given another target"),
        "news": _("News of what goes on"),
    }
    return headings[name]


def first_month(request: HttpRequest) -> Month:
    """The month of the oldest plan that the reader may see."""
    first = queries.plans(who(request)).aggregate(first=Min("created_at"))["first"]
    return month_at(timezone.localtime(first).date()) if first else month_at(today())


@cacheable
def month(request: HttpRequest, month: str) -> HttpResponse:
    """The month's chapters. Months that have not come, or that came before the plan, are not found."""
    asked, now = month_of(month), month_at(today())
    first = first_month(request)
    if asked is None or not first <= asked <= now:
        raise Http404
    since, until = asked.span(timezone.get_default_timezone())
    found = chapters(changes.changes_between(who(request), since, until))
    context: dict[str, Any] = {
        "month": asked.first,
        "going_on": asked == now,
        "chapters": [(name, _heading(name), items[:MOST], len(items)) for name, items in found],
        "summary": _summary({name: len(items) for name, items in found}),
        "previous": asked.previous() if asked > first else None,
        "next": asked.next() if asked < now else None,
        "previous_day": asked.previous().first,
        "next_day": asked.next().first,
        "today": today(),
    }
    return render(request, "site/month.html", context)


def _summary(counts: dict[str, int]) -> list[str]:
    """The month in three or four short sentences."""
    done, begun, new = (counts.get(name, 0) for name in ("done", "begun", "new"))
    steps, moved = counts.get("steps", 0), counts.get("moved", 0)
    lines = []
    if done:
        lines.append(ngettext("%(n)s action is done.", "%(n)s actions are done.", done) % {"n": done})
    if begun:
        lines.append(ngettext("%(n)s action has begun.", "%(n)s actions have begun.", begun) % {"n": begun})
    if steps:
        text = ngettext("In %(n)s action, steps were finished.", "In %(n)s actions, steps were finished.", steps)
        lines.append(text % {"n": steps})
    if figures := counts.get("figures", 0):
        text = ngettext("%(n)s time, figures were given.", "%(n)s times, figures were given.", figures)
        lines.append(text % {"n": figures})
    if new:
        text = ngettext("%(n)s action or objective is new.", "%(n)s actions or objectives are new.", new)
        lines.append(text % {"n": new})
    if moved:
        lines.append(ngettext("%(n)s end date has moved.", "%(n)s end dates have moved.", moved) % {"n": moved})
    return lines
