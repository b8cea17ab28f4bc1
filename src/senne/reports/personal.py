"""What reports keep of those who ask for them (see core/privacy/register.py)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from senne.core.privacy.register import Basis, Holding, Treatment, hold, people_in, treat

treat(
    Treatment(
        "reports_made",
        _("Reports made in the background"),
        _("colleagues who ask for a report"),
        _("to make it as they may see it, and to tell them when it is ready"),
        Basis.PUBLIC_TASK,
        _("who asked for it"),
        _("ninety days"),
    )
)
hold(
    "reports_made",
    Holding(
        "reports.reportjob",
        {
            "kind": _("kind of report"),
            "format": _("format"),
            "language": _("language"),
            "requested_at": _("asked for"),
            "state": _("state"),
        },
        people_in("requested_by__person"),
        secret=("requested_by", "grants", "personal"),
    ),
)
