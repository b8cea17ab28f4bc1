"""What the indicators room keeps of people (see core/privacy/register.py)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from senne.core.privacy.register import Holding, hold, people_in

hold(
    "people",
    Holding(
        "indicators.indicator",
        {"name": _("indicator"), "keeper": _("who gives the figures")},
        people_in("keeper"),
    ),
)
hold(
    "reports",
    Holding(
        "indicators.measurement",
        {
            "indicator": _("indicator"),
            "period": _("period"),
            "value": _("figure"),
            "reported_by": _("reported by"),
            "reported_on": _("reported"),
        },
        people_in("reported_by"),
    ),
)
