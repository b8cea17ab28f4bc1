"""A person's calendar: what they owe, and the steps and ends of their actions that lie further ahead."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from senne.core.actors import actor_of_person
from senne.core.duties import keeping
from senne.core.duties.calendars import Entry, calendar
from senne.core.models import Person
from senne.core.paths import path_without_language
from senne.plan.api import Action, queries
from senne.workspace.duties import OPEN, mine
from senne.workspace.owing import reason_of

AHEAD = timedelta(days=730)


def agenda_of(person: Person, today: date, now: datetime) -> bytes:
    """The iCalendar feed, in the language that is active."""
    duties = keeping.owed_by(person.pk, today)
    entries = [
        Entry(f"duty-{duty.pk}@senne", duty.due_on, str(duty.what), _url(duty.path), now, reason_of(duty, today))
        for duty in duties
    ]
    known = {(duty.subject_kind, duty.subject_id) for duty in duties}
    actor = actor_of_person(person, today)
    actions = queries.open_actions(actor).filter(mine(actor), status__in=OPEN).prefetch_related("steps")
    for action in actions:
        entries += _of_action(action, today, now, known)
    return calendar(_("Climate plan: %(name)s") % {"name": person.name}, entries)


def _of_action(action: Action, today: date, now: datetime, known: set[tuple[str, int]]) -> list[Entry]:
    url = _url(path_without_language("workspace:report", action.plan.code, action.code))
    found = []
    for step in action.steps.all():
        due = step.due
        is_ahead = due is not None and step.done_on is None and today <= due.last_day <= today + AHEAD
        if due is not None and is_ahead and ("plan.step", step.pk) not in known:
            title = f"{action.code} · {step.title}"
            found.append(Entry(f"step-{step.pk}@senne", due.last_day, title, url, now, str(action.title)))
    end = action.end
    if end is not None and not action.continuous and today <= end.last_day <= today + AHEAD:
        title = _("%(code)s ends") % {"code": action.code}
        found.append(Entry(f"end-{action.pk}@senne", end.last_day, title, url, now, str(action.title)))
    return found


def _url(path: str) -> str:
    return f"{settings.PUBLIC_URL}/{get_language()}{path}"
