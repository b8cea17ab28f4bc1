"""What obligations, absences and calendars keep of people (see core/privacy/register.py)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from senne.core.privacy.register import Basis, Fate, Holding, Treatment, hold, people_in, treat

treat(
    Treatment(
        "duties",
        _("Who owes what by when"),
        _("people named in the plan"),
        _("to remind people of what they owe, and others where they are away"),
        Basis.PUBLIC_TASK,
        _("the person, those who come after them, heads of their department and the coordination"),
        _("three years after it is fulfilled; an absence three months after its end"),
    )
)
hold(
    "duties",
    Holding(
        "duties.dutyholder",
        {"duty": _("what is owed"), "place": _("place in the row of those who act")},
        people_in("person"),
        fate=Fate.DELETED,
        secret=("person",),
    ),
    Holding(
        "duties.duty",
        {
            "what": _("what is owed"),
            "due_on": _("due"),
            "state": _("state"),
            "closed_at": _("fulfilled"),
            "closed_by": _("by"),
        },
        people_in("holders__person", "closed_by"),
    ),
    Holding(
        "duties.absence",
        {"start": _("away from"), "end": _("away until"), "person": _("who is away"), "deputy": _("deputy")},
        people_in("person", "deputy"),
        fate=Fate.DELETED,
    ),
    Holding(
        "duties.calendarkey",
        {"made_at": _("calendar address since")},
        people_in("person"),
        fate=Fate.DELETED,
        secret=("person", "secret"),
    ),
)
