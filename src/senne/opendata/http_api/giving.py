"""A record as the API gives it: dates in ISO 8601, references by id, texts in all languages or in one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from senne.core.models import Organisation
from senne.core.text import Text
from senne.opendata.http_api.shapes import Words
from senne.plan.api import Action, Axis, Objective, Plan, Theme, overview


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
