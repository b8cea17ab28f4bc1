"""Which indicators measure an objective or an action."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.policy import Actor, require
from senne.indicators.api import Indicator
from senne.plan.models import Action, IndicatorLink, Objective


def tie_indicator(record: Action | Objective, indicator: Indicator, *, actor: Actor) -> IndicatorLink:
    """Say that the indicator measures this objective or action."""
    require("edit", actor, record.subject())
    require("view", actor, indicator.subject())
    place = "action" if isinstance(record, Action) else "objective"
    if record.indicator_links.filter(indicator=indicator).exists():
        raise ValidationError(_("It measures this already."))
    return records.create(IndicatorLink, {"indicator": indicator, place: record}, actor=actor, root=record)


def untie_indicator(link: IndicatorLink, *, actor: Actor) -> None:
    """Say that it measures this no longer; its figures stay."""
    require("edit", actor, link.subject())
    records.delete(link, actor=actor, root=link.record)
