"""The figures of one indicator as a table: one row for each period, with all that somebody needs who has nothing else."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from senne.core.numbers import plain
from senne.indicators.api import Standing
from senne.plan.api import exporting

LICENCE = "CC BY 4.0"


def figures_table(standing: Standing, language: str) -> exporting.Out:
    """The table in that language: decimal points, as in the other files for programs; no row without a figure."""
    with override(language):
        indicator = standing.indicator
        header = [
            _("Period"), _("Figure"), _("Unit"), _("Uncertainty (±)"), _("Provisional"), _("Version of the method"),
            _("Remark"), _("Reported on"), _("Indicator"), _("Source"), _("Measured by"), _("Licence"), _("Page"),
        ]  # fmt: skip
        page = settings.PUBLIC_URL + reverse("site:indicator", args=[indicator.code])
        told = [
            str(indicator.name), str(indicator.source), str(indicator.organisation.name), LICENCE, page,
        ]  # fmt: skip
        rows = [
            [
                found.period,
                exporting.Number(plain(found.value)),
                str(indicator.unit),
                "" if found.uncertainty is None else exporting.Number(plain(found.uncertainty)),
                _("yes") if found.provisional else _("no"),
                str(found.method_version),
                str(found.note),
                found.reported_on.isoformat(),
                *told,
            ]
            for found in standing.measurements
        ]
        return exporting.Out(indicator.code, header, rows, len(header))
