"""The reading API, /api/v1/: plans, themes, axes, objectives, actions, indicators, organisations, for whoever may see
them."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Status
from pydantic import Field

from senne.core.models import Organisation
from senne.core.viewing import who
from senne.indicators.api import queries as indicators
from senne.opendata.http_api import giving
from senne.opendata.http_api.base import OpenApi, Paging, page, register_faults
from senne.opendata.http_api.shapes import (
    ActionOut,
    ActionPage,
    AxisOut,
    AxisPage,
    IndicatorOut,
    IndicatorPage,
    Invalid,
    Language,
    ObjectiveOut,
    ObjectivePage,
    OrganisationOut,
    OrganisationPage,
    PlanOut,
    PlanPage,
    Problem,
    ThemeOut,
    ThemePage,
)
from senne.opendata.series import figures_table
from senne.opendata.writers import FORMATS, write_csv
from senne.plan.api import measured, overview, queries

api = OpenApi(
    title="Senne",
    version="1",
    description="Read a city's climate plan. Texts come in all languages, or in one with `lang`. A record's id is "
    "PLAN:CODE, or its code where it belongs to no plan. Follow `next` to read a whole list; an answer that has not "
    "changed since its ETag costs nothing.",
    docs_url=None,
)
register_faults(api)
Sort = Literal["", "code", "-code", "title", "-title", "end", "-end", "reported", "-reported", "progress", "-progress"]
ABSENT = Status(404, {"detail": "There is no such record, or it is not public."})


class OfPlan(Paging):
    """A list narrowed to one plan."""

    plan: str = Field("", max_length=60)


class ActionQuery(OfPlan):
    """The filters and orders of the list of actions."""

    theme: str = Field("", max_length=60)
    axis: str = Field("", max_length=60)
    objective: str = Field("", max_length=60)
    status: Literal["", "to_start", "under_way", "done", "suspended", "abandoned"] = ""
    phase: Literal["", "idea", "study", "decided", "roll_out", "in_use"] = ""
    health: Literal["", "on_track", "watch", "late"] = ""
    organisation: str = Field("", max_length=60)
    characteristic: str = Field("", max_length=40)
    tag: str = Field("", max_length=60)
    year: int | None = Field(None, ge=1900, le=2200)
    q: str = Field("", max_length=200, description="words to find, in the language of `lang` (French without it)")
    sort: Sort = Field("", description="the plan's own order where nothing is said; a dash in front turns it round")


def _of_plan(found: Any, ask: OfPlan) -> Any:
    return found.filter(plan__code=ask.plan) if ask.plan else found


def _one(found: Any, give: Any, lang: str | None) -> Status:
    record = found.first()
    return ABSENT if record is None else Status(200, give(record, lang))


@api.get("/plans", response={200: PlanPage, 422: Invalid}, summary="Plans")
def list_plans(request: HttpRequest, ask: Query[Paging]) -> dict[str, Any]:
    return page(request, queries.plans(who(request)), ask, giving.plan)


@api.get("/plans/{code}", response={200: PlanOut, 404: Problem, 422: Invalid}, summary="One plan")
def one_plan(request: HttpRequest, code: str, lang: Language | None = None) -> Status:
    return _one(queries.plans(who(request)).filter(code=code), giving.plan, lang)


@api.get("/themes", response={200: ThemePage, 422: Invalid}, summary="Themes")
def list_themes(request: HttpRequest, ask: Query[OfPlan]) -> dict[str, Any]:
    found = _of_plan(queries.themes(who(request)).order_by("plan_id", "order", "code"), ask)
    return page(request, found, ask, giving.theme)


@api.get("/themes/{plan}/{code}", response={200: ThemeOut, 404: Problem, 422: Invalid}, summary="One theme")
def one_theme(request: HttpRequest, plan: str, code: str, lang: Language | None = None) -> Status:
    return _one(queries.themes(who(request)).filter(plan__code=plan, code=code), giving.theme, lang)


@api.get("/axes", response={200: AxisPage, 422: Invalid}, summary="Axes")
def list_axes(request: HttpRequest, ask: Query[OfPlan]) -> dict[str, Any]:
    found = _of_plan(queries.axes(who(request)).order_by("plan_id", "theme__order", "order", "code"), ask)
    return page(request, found, ask, giving.axis)


@api.get("/axes/{plan}/{code}", response={200: AxisOut, 404: Problem, 422: Invalid}, summary="One axis")
def one_axis(request: HttpRequest, plan: str, code: str, lang: Language | None = None) -> Status:
    return _one(queries.axes(who(request)).filter(plan__code=plan, code=code), giving.axis, lang)


@api.get("/objectives", response={200: ObjectivePage, 422: Invalid}, summary="Objectives, monitored or not, and why")
def list_objectives(request: HttpRequest, ask: Query[OfPlan]) -> dict[str, Any]:
    narrow: dict[str, Any] = {"plan__code": ask.plan} if ask.plan else {}
    return page(request, overview.objective_states(who(request), timezone.localdate(), **narrow), ask, giving.objective)


@api.get("/objectives/{plan}/{code}", response={200: ObjectiveOut, 404: Problem, 422: Invalid}, summary="One objective")
def one_objective(request: HttpRequest, plan: str, code: str, lang: Language | None = None) -> Status:
    states = overview.objective_states(who(request), timezone.localdate(), plan__code=plan, code=code)
    return Status(200, giving.objective(states[0], lang)) if states else ABSENT


@api.get("/actions", response={200: ActionPage, 422: Invalid}, summary="Actions, filtered and sorted as on the site")
def list_actions(request: HttpRequest, ask: Query[ActionQuery]) -> dict[str, Any]:
    actor, day = who(request), timezone.localdate()
    same = ("plan", "theme", "axis", "objective", "status", "phase", "health", "organisation", "characteristic", "tag")
    wanted = queries.ActionFilter(
        **{name: getattr(ask, name) for name in same}, year=ask.year, words=ask.q, sort=ask.sort
    )
    found = queries.filter_actions(queries.open_actions(actor), wanted, day=day, language=ask.lang or "fr")
    return page(request, queries.with_page_parts(found, actor), ask, partial(giving.action, day=day))


@api.get("/actions/{plan}/{code}", response={200: ActionOut, 404: Problem, 422: Invalid}, summary="One action")
def one_action(request: HttpRequest, plan: str, code: str, lang: Language | None = None) -> Status:
    actor = who(request)
    found = queries.with_page_parts(queries.actions(actor), actor).filter(plan__code=plan, code=code)
    return _one(found, partial(giving.action, day=timezone.localdate()), lang)


class IndicatorQuery(OfPlan):
    """Narrowed to what measures a plan, an objective, an action; to who measures."""

    objective: str = Field("", max_length=60, description="the code of an objective (of `plan`, where that is given)")
    action: str = Field("", max_length=60, description="the code of an action (of `plan`, where that is given)")
    organisation: str = Field("", max_length=60, description="who measures: this organisation, or one below it")


@api.get(
    "/indicators", response={200: IndicatorPage, 422: Invalid}, summary="Indicators with their figures and targets"
)
def list_indicators(request: HttpRequest, ask: Query[IndicatorQuery]) -> dict[str, Any]:
    actor = who(request)
    found = indicators.indicators(actor)
    if ask.plan or ask.objective or ask.action:
        found = measured.measuring(actor, ask.plan, ask.objective, ask.action)
    if ask.organisation:
        unit = Organisation.objects.filter(code=ask.organisation).first()
        found = found.filter(organisation__path__startswith=unit.path) if unit else found.none()
    gather = partial(giving.gather, actor=actor, day=timezone.localdate())
    return page(request, found.order_by("order", "code"), ask, giving.indicator, gather)


@api.get("/indicators/{code}", response={200: IndicatorOut, 404: Problem, 422: Invalid}, summary="One indicator")
def one_indicator(request: HttpRequest, code: str, lang: Language | None = None) -> Status:
    actor = who(request)
    found = giving.gather(indicators.indicators(actor).filter(code=code), actor, timezone.localdate())
    return Status(200, giving.indicator(found[0], lang)) if found else ABSENT


AS_CSV = {
    "responses": {
        200: {
            "description": "One row for each period: figure, unit, uncertainty, version of the method, source, licence. "
            "UTF-8 with its mark, semicolons, decimal points; the header in the language of `lang`.",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        }
    }
}


@api.get(
    "/indicators/{code}/figures",
    response={404: Problem, 422: Invalid},
    summary="The figures of one indicator as CSV",
    url_name="indicator_figures",
    openapi_extra=AS_CSV,
)
def indicator_figures(request: HttpRequest, code: str, lang: Language = "fr") -> Any:
    found = indicators.indicators(who(request)).filter(code=code)
    standings = indicators.standings(found, timezone.localdate())
    if not standings:
        return ABSENT
    response = HttpResponse(write_csv(figures_table(standings[0], lang)))
    response["Content-Type"] = FORMATS["csv"]
    response["Content-Disposition"] = f'attachment; filename="{standings[0].indicator.code}.csv"'
    response.cacheable_page = True  # type: ignore[attr-defined]
    return response


@api.get("/organisations", response={200: OrganisationPage, 422: Invalid}, summary="Organisations")
def list_organisations(request: HttpRequest, ask: Query[Paging]) -> dict[str, Any]:
    return page(request, Organisation.objects.select_related("parent").order_by("path"), ask, giving.organisation)


@api.get(
    "/organisations/{code}", response={200: OrganisationOut, 404: Problem, 422: Invalid}, summary="One organisation"
)
def one_organisation(request: HttpRequest, code: str, lang: Language | None = None) -> Status:
    return _one(Organisation.objects.select_related("parent").filter(code=code), giving.organisation, lang)
