"""What erasures keep of people (see core/privacy/register.py)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from senne.core.privacy.register import Holding, hold, people_in

hold(
    "people",
    Holding(
        "privacy.erasure",
        {"number": _("number after erasure"), "finished_at": _("erased")},
        people_in("person"),
        secret=("person",),
    ),
)
