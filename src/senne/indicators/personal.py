"""What the indicators room keeps of people (see core/privacy/register.py)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from senne.core.privacy.register import Basis, Holding, Treatment, hold, people_in, treat

hold(
    "people",
    Holding(
        "indicators.indicator",
        {"name": _("indicator"), "keeper": _("who gives the figures")},
        people_in("keeper"),
    ),
)
treat(
    Treatment(
        "figures",
        _("Figures of indicators"),
        _("people who give figures"),
        _("to know who gave which figure, and to ask them about it"),
        Basis.PUBLIC_TASK,
        _("colleagues of the same house and the coordination"),
        _("as long as the indicator; after erasure under a number"),
    )
)
hold(
    "figures",
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
