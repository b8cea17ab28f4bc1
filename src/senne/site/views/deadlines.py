"""The public deadlines of a plan, for the calendar program that somebody already uses."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from senne.core.duties.calendars import Entry, calendar
from senne.core.page_cache import cacheable
from senne.core.policy import VISITOR
from senne.core.viewing import one
from senne.plan.api import Action, Plan, Step, queries, words
from senne.site.links import address_of

OVER = (words.Status.DONE, words.Status.ABANDONED)


@cacheable
def deadlines(request: HttpRequest, plan: str) -> HttpResponse:
    """Ends of actions and steps that are to be done, on the last day of the period that the plan names."""
    record = one(queries.plans(VISITOR), code=plan)
    name = _("%(plan)s: deadlines") % {"plan": record.name.shown()[0]}
    content = calendar(name, sorted(_entries(record), key=lambda entry: (entry.day, entry.uid)))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{record.code}.ics"'
    return response


def _entries(plan: Plan) -> Iterator[Entry]:
    """Two queries, however many actions there are."""
    steps = Prefetch("steps", queryset=Step.objects.filter(done_on=None, due_on__isnull=False))
    for action in queries.open_actions(VISITOR).filter(plan=plan).exclude(status__in=OVER).prefetch_related(steps):
        url = settings.PUBLIC_URL + address_of(action)
        title = action.title.shown()[0]
        if action.end is not None and not action.continuous:
            said = _("End: %(title)s") % {"title": title}
            yield Entry(_uid("end", action), action.end.last_day, said, url, action.modified_at)
        for step in action.steps.all():
            if step.due is not None:
                said = f"{step.title.shown()[0]} ({action.code})"
                yield Entry(_uid("step", step), step.due.last_day, said, url, action.modified_at, title)


def _uid(kind: str, record: Action | Step) -> str:
    return f"{kind}-{record.pk}@{settings.PUBLIC_URL.split('//')[-1]}"
