"""What an embed and a share picture say of a record: one card, drawn twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senne.core.policy import VISITOR
from senne.core.templatetags.senne import when
from senne.indicators.api import Indicator, Standing, figure_shown
from senne.indicators.api import words as indicator_words
from senne.plan.api import Action, Objective, Plan, Theme, overview, queries, words
from senne.site import figures
from senne.site.curves import Curve, small_curve

EMBEDDED = frozenset({"action", "objective", "theme", "plan", "indicator"})
Record = Action | Objective | Theme | Plan | Indicator


@dataclass(frozen=True)
class Card:
    """A record in a few words. `tone` is the style sheet's class of the badge; `counts` are actions by status; `figure` is
    what an indicator says in large, `curve` its line."""

    title: str
    above: str
    code: str
    badge: str
    tone: str
    percent: int | None
    lines: tuple[str, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    figure: str = ""
    curve: Curve | None = None

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def card_of(record: Record, day: date) -> Card:
    """The card of a public record on that day, in the active language."""
    if isinstance(record, Action):
        return _of_action(record)
    if isinstance(record, Objective):
        return _of_objective(record, day)
    if isinstance(record, Indicator):
        return _of_indicator(record, day)
    return _of_part(record, day)


def _shown(text: Any) -> str:
    return str(text.shown()[0])


def _of_action(action: Action) -> Card:
    status = words.Status(action.status)
    lead = _shown(action.lead.name) if action.lead else action.lead_text
    end = _("continuous") if action.continuous else when(action.end)
    period = " – ".join(filter(None, (when(action.start), end)))
    lines = [lead, period]
    if action.last_reported_on:
        lines.append(_("Last report: %(date)s") % {"date": when(action.last_reported_on)})
    return Card(
        _shown(action.title),
        _shown(action.plan.name),
        action.code,
        str(status.label),
        status.value.replace("_", "-"),
        action.progress_percent,
        tuple(filter(None, lines)),
    )


def _of_objective(objective: Objective, day: date) -> Card:
    state = overview.state_now(objective, VISITOR, day)
    n = len(state.actions)
    lines = [_shown(objective.target_quantity), ngettext("%(n)s action", "%(n)s actions", n) % {"n": n}]
    return Card(
        _shown(objective.statement),
        _shown(objective.plan.name),
        objective.code,
        _("Monitored") if state.is_monitored else _("Not monitored"),
        "on-track" if state.is_monitored else "watch",
        state.progress.percent,
        tuple(filter(None, lines)),
    )


def _of_indicator(indicator: Indicator, day: date) -> Card:
    standing = Standing(indicator, day)
    latest, target, lines = standing.latest, figures.target_words(standing), []
    if latest is not None:
        said = _("provisional") if latest.provisional else ""
        lines.append(", ".join(filter(None, (figures.period(latest), said))))
    if target:
        lines.append(_("Target: %(target)s") % {"target": target})
    state = indicator_words.State(standing.state)
    return Card(
        _shown(indicator.name),
        _shown(indicator.organisation.name),
        "",
        str(state.label),
        state.value.replace("_", "-"),
        None,
        tuple(lines),
        figure=figure_shown(latest.value, indicator) if latest else "",
        curve=small_curve(standing),
    )


def _of_part(record: Theme | Plan, day: date) -> Card:
    plan = record if isinstance(record, Plan) else record.plan
    tree = overview.plan_tree(plan, VISITOR, day)
    theme = record.code if isinstance(record, Theme) else ""
    branch = next((part for part in tree.parts if part.record.code == theme), tree) if theme else tree
    wanted = queries.ActionFilter(plan=plan.code, theme=theme)
    found = queries.filter_actions(queries.open_actions(VISITOR), wanted, day=day, language="fr")
    counts = overview.count_actions(found, day)
    told = _("%(m)s of %(n)s objectives monitored") % {"m": branch.monitored_count, "n": branch.objective_count}
    n = counts.total
    actions = ngettext("%(n)s action", "%(n)s actions", n) % {"n": n}
    above = _shown(plan.name) if theme else _shown(plan.organisation.name)
    code = record.code if theme else ""
    return Card(_shown(record.name), above, code, "", "", branch.progress.percent, (actions, told), counts.by_status)
