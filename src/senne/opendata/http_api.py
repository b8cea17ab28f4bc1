"""The reading API, /api/v1/: plans, themes, objectives, actions, organisations, for whoever may see them."""

from __future__ import annotations

from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from ninja import NinjaAPI, Query, Schema, Status
from pydantic import Field

from senne.core.models import Organisation
from senne.core.policy import Actor
from senne.core.text import Text
from senne.plan.api import Action, Objective, overview, queries

Language = Literal["fr", "nl", "en"]
Words = dict[str, str] | str


class OpenApi(NinjaAPI):
    """Answers that any site may read, kept by the page cache until a record changes."""

    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        response = super().create_response(request, data, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response.cacheable_page = True  # type: ignore[attr-defined]
        return response


api = OpenApi(
    title="Senne",
    version="1",
    description="Read a city's climate plan. Texts come in all languages, or in one with `lang`.",
    docs_url=None,
)


class Paging(Schema):
    """Where to start and how many to give."""

    lang: Language | None = Field(None, description="texts in this language only (the source where it is missing)")
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000)


class ActionQuery(Paging):
    """The filters of the list of actions."""

    plan: str = Field("", max_length=60)
    theme: str = Field("", max_length=60)
    axis: str = Field("", max_length=60)
    objective: str = Field("", max_length=60)
    status: Literal["", "to_start", "under_way", "done", "suspended", "abandoned"] = ""
    health: Literal["", "on_track", "watch", "late"] = ""
    organisation: str = Field("", max_length=60)
    tag: str = Field("", max_length=60)
    q: str = Field("", max_length=200)


class PlanOut(Schema):
    code: str
    name: Words
    description: Words
    kind: str
    organisation: str
    adopted_on: str | None
    start_year: int | None
    end_year: int | None


class PartOut(Schema):
    plan: str
    code: str
    name: Words
    description: Words


class TargetOut(Schema):
    quantity: Words
    unit: str
    value: str
    year: int | None
    baseline_value: str | None
    baseline_year: int | None


class ObjectiveOut(Schema):
    plan: str
    theme: str
    axis: str
    code: str
    statement: Words
    description: Words
    horizon: int | None
    target: TargetOut | None
    lead: str | None
    monitored: bool
    missing: list[str]
    progress: float | None = Field(description="share done, 0 to 1; null where nothing counts")
    actions: list[str]


class StepOut(Schema):
    title: Words
    due: str | None
    done_on: str | None


class ActionOut(Schema):
    id: str
    plan: str
    code: str
    title: Words
    description: Words
    expected_effect: Words
    objectives: list[str]
    characteristics: list[str]
    tags: list[str]
    lead: str | None
    partners: list[str]
    status: str
    status_reason: Words
    phase: str
    health: str
    freshness: str
    start: str | None
    end: str | None
    continuous: bool
    progress: float | None
    last_reported_on: str | None
    news: Words
    steps: list[StepOut]
    location: dict[str, Any] | None
    url: str


class OrganisationOut(Schema):
    code: str
    name: Words
    kind: str
    parent: str | None
    dissolved_on: str | None


class PlanPage(Schema):
    count: int
    items: list[PlanOut]


class PartPage(Schema):
    count: int
    items: list[PartOut]


class ObjectivePage(Schema):
    count: int
    items: list[ObjectiveOut]


class ActionPage(Schema):
    count: int
    items: list[ActionOut]


class OrganisationPage(Schema):
    count: int
    items: list[OrganisationOut]


class Problem(Schema):
    detail: str


def _who(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _words(text: Text, language: str | None) -> Words:
    return text.shown(language)[0] if language else dict(text)


def _iso(value: Any) -> str | None:
    return value.isoformat() if value else None


def _page(found: Any, ask: Paging, give: Any) -> dict[str, Any]:
    return {
        "count": found.count(),
        "items": [give(item, ask.lang) for item in found[ask.offset : ask.offset + ask.limit]],
    }


@api.get("/plans", response=PlanPage, summary="Plans")
def list_plans(request: HttpRequest, ask: Query[Paging]) -> dict[str, Any]:
    return _page(queries.plans(_who(request)), ask, _plan)


def _plan(plan: Any, language: str | None) -> dict[str, Any]:
    return {
        "code": plan.code,
        "name": _words(plan.name, language),
        "description": _words(plan.description, language),
        "kind": plan.kind,
        "organisation": plan.organisation.code,
        "adopted_on": _iso(plan.adopted_on),
        "start_year": plan.start_year,
        "end_year": plan.end_year,
    }


@api.get("/themes", response=PartPage, summary="Themes")
def list_themes(request: HttpRequest, ask: Query[Paging]) -> dict[str, Any]:
    return _page(queries.themes(_who(request)).order_by("plan_id", "order", "code"), ask, _part)


def _part(part: Any, language: str | None) -> dict[str, Any]:
    return {
        "plan": part.plan.code,
        "code": part.code,
        "name": _words(part.name, language),
        "description": _words(part.description, language),
    }


@api.get("/objectives", response=ObjectivePage, summary="Objectives, with their monitoring and progress")
def list_objectives(request: HttpRequest, ask: Query[Paging]) -> dict[str, Any]:
    states = overview.objective_states(_who(request), timezone.localdate())
    shown = states[ask.offset : ask.offset + ask.limit]
    return {"count": len(states), "items": [_objective(state, ask.lang) for state in shown]}


def _objective(state: overview.ObjectiveState, language: str | None) -> dict[str, Any]:
    record = state.objective
    share = state.progress.share
    return {
        "plan": record.plan.code,
        "theme": record.axis.theme.code,
        "axis": record.axis.code,
        "code": record.code,
        "statement": _words(record.statement, language),
        "description": _words(record.description, language),
        "horizon": record.horizon,
        "target": _target(record, language),
        "lead": record.lead.code if record.lead else None,
        "monitored": state.is_monitored,
        "missing": state.missing,
        "progress": None if share is None else round(float(share), 4),
        "actions": [f"{action.plan.code}:{action.code}" for action in state.actions],
    }


def _target(record: Objective, language: str | None) -> dict[str, Any] | None:
    if record.target_value is None:
        return None
    return {
        "quantity": _words(record.target_quantity, language),
        "unit": record.target_unit,
        "value": f"{record.target_value.normalize():f}",
        "year": record.target_year,
        "baseline_value": None if record.baseline_value is None else f"{record.baseline_value.normalize():f}",
        "baseline_year": record.baseline_year,
    }


@api.get("/actions", response=ActionPage, summary="Actions, filtered as on the site")
def list_actions(request: HttpRequest, ask: Query[ActionQuery]) -> dict[str, Any]:
    actor, day = _who(request), timezone.localdate()
    wanted = queries.ActionFilter(
        plan=ask.plan,
        theme=ask.theme,
        axis=ask.axis,
        objective=ask.objective,
        status=ask.status,
        health=ask.health,
        organisation=ask.organisation,
        tag=ask.tag,
        words=ask.q,
    )
    found = queries.filter_actions(queries.open_actions(actor), wanted, day=day, language=ask.lang or "fr")
    return _page(queries.with_page_parts(found, actor), ask, _action)


@api.get("/actions/{plan}/{code}", response={200: ActionOut, 404: Problem}, summary="One action")
def one_action(request: HttpRequest, plan: str, code: str, lang: Language | None = None) -> Any:
    actor = _who(request)
    record = queries.with_page_parts(queries.actions(actor), actor).filter(plan__code=plan, code=code).first()
    if record is None:
        return Status(404, {"detail": "There is no such action, or it is not public."})
    return Status(200, _action(record, lang))


def _action(action: Action, language: str | None) -> dict[str, Any]:
    day = timezone.localdate()
    with override(language or "fr"):
        url = settings.PUBLIC_URL + reverse("site:action", args=[action.plan.code, action.code])
    return {
        "id": str(action.uuid),
        "plan": action.plan.code,
        "code": action.code,
        "title": _words(action.title, language),
        "description": _words(action.description, language),
        "expected_effect": _words(action.expected_effect, language),
        "objectives": [f"{o.plan.code}:{o.code}" for o in action.objectives.all()],
        "characteristics": [item.code for item in action.characteristics.all()],
        "tags": [tag.slug for tag in action.tags.all()],
        "lead": action.lead.code if action.lead else None,
        "partners": [partner.code for partner in action.partners.all()],
        "status": action.status,
        "status_reason": _words(action.status_reason, language),
        "phase": action.phase,
        "health": action.health_on(day).value,
        "freshness": action.freshness_on(day).value,
        "start": _iso(action.start),
        "end": _iso(action.end),
        "continuous": action.continuous,
        "progress": None if action.progress_permille is None else action.progress_permille / 1000,
        "last_reported_on": _iso(action.last_reported_on),
        "news": _words(action.news, language),
        "steps": [
            {"title": _words(step.title, language), "due": _iso(step.due), "done_on": _iso(step.done_on)}
            for step in action.steps.all()
        ],
        "location": action.location,
        "url": url,
    }


@api.get("/organisations", response=OrganisationPage, summary="Organisations")
def list_organisations(request: HttpRequest, ask: Query[Paging]) -> dict[str, Any]:
    found = Organisation.objects.select_related("parent").order_by("path")
    return _page(found, ask, _organisation)


def _organisation(organisation: Organisation, language: str | None) -> dict[str, Any]:
    return {
        "code": organisation.code,
        "name": _words(organisation.name, language),
        "kind": organisation.kind,
        "parent": organisation.parent.code if organisation.parent else None,
        "dissolved_on": _iso(organisation.dissolved_on),
    }
