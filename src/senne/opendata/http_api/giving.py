"""A record as the API gives it: dates in ISO 8601, references by id, texts in all languages or in one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from senne.core.models import Organisation
from senne.core.numbers import plain
from senne.core.policy import Actor
from senne.core.text import Text, as_text
from senne.indicators.api import Indicator, Measurement, Standing
from senne.indicators.api import queries as indicators
from senne.opendata.http_api.shapes import Words
from senne.plan.api import Action, Axis, Objective, Plan, Theme, measured, overview

EXACT = Decimal("0.000001")


def words(text: Text, language: str | None) -> Words:
    """The text in one language (the source where it is missing), or in all."""
    return text.shown(language)[0] if language else dict(text)


def _iso(value: Any) -> str | None:
    return value.isoformat() if value else None


def _url(language: str | None, name: str, *parts: str) -> str:
    with override(language or "fr"):
        return settings.PUBLIC_URL + reverse(f"site:{name}", args=parts)


def id_of(record: Any) -> str:
    """PLAN:CODE."""
    return f"{record.plan.code}:{record.code}"


def plan(record: Plan, language: str | None) -> dict[str, Any]:
    return {
        "id": record.code,
        "code": record.code,
        "name": words(record.name, language),
        "description": words(record.description, language),
        "kind": record.kind,
        "organisation": record.organisation.code,
        "adopted_on": _iso(record.adopted_on),
        "start_year": record.start_year,
        "end_year": record.end_year,
        "url": _url(language, "plan", record.code),
    }


def _part(record: Theme | Axis, language: str | None, page: str) -> dict[str, Any]:
    return {
        "id": id_of(record),
        "plan": record.plan.code,
        "code": record.code,
        "name": words(record.name, language),
        "description": words(record.description, language),
        "url": _url(language, page, record.plan.code, record.code),
    }


def theme(record: Theme, language: str | None) -> dict[str, Any]:
    return _part(record, language, "theme")


def axis(record: Axis, language: str | None) -> dict[str, Any]:
    return {**_part(record, language, "axis"), "theme": f"{record.plan.code}:{record.theme.code}"}


def objective(state: overview.ObjectiveState, language: str | None) -> dict[str, Any]:
    record, share = state.objective, state.progress.share
    return {
        "id": id_of(record),
        "plan": record.plan.code,
        "theme": f"{record.plan.code}:{record.axis.theme.code}",
        "axis": f"{record.plan.code}:{record.axis.code}",
        "code": record.code,
        "statement": words(record.statement, language),
        "description": words(record.description, language),
        "horizon": record.horizon,
        "target": _target(record, language),
        "lead": record.lead.code if record.lead else None,
        "monitored": state.is_monitored,
        "missing": state.missing,
        "progress": None if share is None else round(float(share), 4),
        "actions": [id_of(action) for action in state.actions],
        "url": _url(language, "objective", record.plan.code, record.code),
    }


def _target(record: Objective, language: str | None) -> dict[str, Any] | None:
    if record.target_value is None:
        return None
    return {
        "quantity": words(record.target_quantity, language),
        "unit": record.target_unit,
        "value": f"{record.target_value.normalize():f}",
        "year": record.target_year,
        "baseline_value": None if record.baseline_value is None else f"{record.baseline_value.normalize():f}",
        "baseline_year": record.baseline_year,
    }


def action(record: Action, language: str | None, day: date) -> dict[str, Any]:
    return {
        "id": id_of(record),
        "uuid": str(record.uuid),
        "plan": record.plan.code,
        "code": record.code,
        "title": words(record.title, language),
        "description": words(record.description, language),
        "expected_effect": words(record.expected_effect, language),
        "objectives": [id_of(o) for o in record.objectives.all()],
        "characteristics": [item.code for item in record.characteristics.all()],
        "tags": [tag.slug for tag in record.tags.all()],
        "lead": record.lead.code if record.lead else None,
        "partners": [partner.code for partner in record.partners.all()],
        "status": record.status,
        "status_reason": words(record.status_reason, language),
        "phase": record.phase,
        "health": record.health_on(day).value,
        "freshness": record.freshness_on(day).value,
        "start": _iso(record.start),
        "end": _iso(record.end),
        "continuous": record.continuous,
        "progress": None if record.progress_permille is None else record.progress_permille / 1000,
        "last_reported_on": _iso(record.last_reported_on),
        "news": words(record.news, language),
        "steps": [
            {"title": words(step.title, language), "due": _iso(step.due), "done_on": _iso(step.done_on)}
            for step in record.steps.all()
        ],
        "location": record.location,
        "url": _url(language, "action", record.plan.code, record.code),
    }


# ---- Indicators ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Measured:
    """An indicator with where it stands, what of the plan it measures, and what was corrected."""

    standing: Standing
    objectives: list[Objective]
    actions: list[Action]
    corrections: dict[int, list[indicators.Correction]]


def gather(found: Any, actor: Actor, day: date) -> list[Measured]:
    """The indicators of a query set with all that goes out with them: seven queries."""
    standings = indicators.standings(found, day)
    ties = measured.ties_of([standing.indicator for standing in standings], actor)
    figures = [measurement for standing in standings for measurement in standing.measurements]
    corrections = indicators.corrections_of(figures)
    return [Measured(standing, *ties.get(standing.indicator.pk, ([], [])), corrections) for standing in standings]


def indicator(found: Measured, language: str | None) -> dict[str, Any]:
    standing = found.standing
    record, state = standing.indicator, standing.assessment
    return {
        "id": record.code,
        "uuid": str(record.uuid),
        "code": record.code,
        **{name: words(getattr(record, name), language) for name in ("name", "definition", "unit", "source", "method")},
        "kind": record.kind,
        "frequency": record.frequency,
        "organisation": record.organisation.code,
        "method_version": record.method_version,
        "earlier_methods": _earlier(record, language),
        "wanted": record.wanted,
        "baseline": None
        if record.baseline_value is None
        else {"period": record.baseline_period, "value": plain(record.baseline_value)},
        "targets": [
            {"period": target.period, "value": plain(target.value), "note": words(target.note, language)}
            for target in standing.targets
        ],
        "figures": [_figure(measurement, language) for measurement in standing.measurements],
        "corrections": _corrections(standing.measurements, found.corrections),
        "state": standing.state,
        "expected": None if state.expected is None else plain(state.expected.quantize(EXACT)),
        "share": None if state.share is None else round(float(state.share), 4),
        "objectives": [id_of(objective) for objective in found.objectives],
        "actions": [id_of(action) for action in found.actions],
        "url": _url(language, "indicator", record.code),
        "figures_url": settings.PUBLIC_URL + reverse("api-1:indicator_figures", args=[record.code]),
    }


def _figure(measurement: Measurement, language: str | None) -> dict[str, Any]:
    return {
        "period": measurement.period,
        "value": plain(measurement.value),
        "uncertainty": None if measurement.uncertainty is None else plain(measurement.uncertainty),
        "provisional": measurement.provisional,
        "method_version": measurement.method_version,
        "note": words(measurement.note, language),
        "reported_on": measurement.reported_on.isoformat(),
    }


def _earlier(record: Indicator, language: str | None) -> list[dict[str, Any]]:
    return [
        {"number": kept["number"], "text": words(as_text(kept["text"]), language), "until": kept["until"] or None}
        for kept in reversed(record.earlier_methods)
    ]


def _corrections(
    measurements: Iterable[Measurement], found: dict[int, list[indicators.Correction]]
) -> list[dict[str, str]]:
    lines = [(found_one, m.period) for m in measurements for found_one in found.get(m.pk, [])]
    return [
        {"period": period, "on": one.on.isoformat(), "before": one.before, "after": one.after, "why": one.why}
        for one, period in sorted(lines, key=lambda line: line[0].on, reverse=True)
    ]


def organisation(record: Organisation, language: str | None) -> dict[str, Any]:
    return {
        "id": record.code,
        "code": record.code,
        "name": words(record.name, language),
        "kind": record.kind,
        "parent": record.parent.code if record.parent else None,
        "dissolved_on": _iso(record.dissolved_on),
        "url": _url(language, "organisation", record.code),
    }
