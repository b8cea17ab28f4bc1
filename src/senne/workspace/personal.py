"""What the workspace keeps of people (see core/privacy/register.py)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from senne.core.privacy.register import Basis, Fate, Holding, Treatment, hold, people_in, treat

treat(
    Treatment(
        "saved_views",
        _("Views of the plan kept under a name"),
        _("colleagues who work in the plan"),
        _("to find again what they look at often"),
        Basis.PUBLIC_TASK,
        _("who keeps it, and the organisation with which they share it"),
        _("until they remove it; at erasure with their other data"),
    )
)
hold(
    "saved_views",
    Holding(
        "workspace.savedview",
        {
            "person": _("whose"),
            "name": _("name of the view"),
            "query": _("view and filters"),
            "shared_with": _("shared with"),
        },
        people_in("person"),
        fate=Fate.DELETED,
    ),
)
