"""What the workspace keeps of people (see core/privacy/register.py)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from senne.core.privacy.register import Basis, Fate, Holding, Treatment, hold, people_in, treat

treat(
    Treatment(
        "saved_views",
        _("Saved views of the actions"),
        _("staff"),
        _("to find the same actions again, and to send them to colleagues"),
        Basis.PUBLIC_TASK,
        _("the person; colleagues of the organisation with which they shared a view"),
        _("until the person deletes the view, or is erased"),
    )
)
hold(
    "saved_views",
    Holding(
        "workspace.savedview",
        {"name": _("name"), "query": _("view and filters"), "shared_with": _("shared with")},
        people_in("person"),
        fate=Fate.DELETED,
        secret=("person",),
    ),
)
