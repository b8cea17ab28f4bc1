"""What the API answers, as the OpenAPI description tells it."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema
from pydantic import Field

Language = Literal["fr", "nl", "en"]
Words = dict[str, str] | str


class PlanOut(Schema):
    id: str = Field(description="the plan's code")
    code: str
    name: Words
    description: Words
    kind: str
    organisation: str
    adopted_on: str | None
    start_year: int | None
    end_year: int | None
    url: str = Field(description="its page on the public site")


class ThemeOut(Schema):
    id: str = Field(description="PLAN:CODE, unique on this site, and used wherever another record refers to it")
    plan: str
    code: str
    name: Words
    description: Words
    url: str


class AxisOut(ThemeOut):
    theme: str = Field(description="PLAN:CODE")


class TargetOut(Schema):
    quantity: Words
    unit: str
    value: str
    year: int | None
    baseline_value: str | None
    baseline_year: int | None


class ObjectiveOut(Schema):
    id: str = Field(description="PLAN:CODE")
    plan: str
    theme: str = Field(description="PLAN:CODE")
    axis: str = Field(description="PLAN:CODE")
    code: str
    statement: Words
    description: Words
    horizon: int | None
    target: TargetOut | None
    lead: str | None
    monitored: bool
    missing: list[str] = Field(description="what it lacks to count as monitored")
    progress: float | None = Field(description="share done, 0 to 1; null where nothing counts")
    actions: list[str] = Field(description="PLAN:CODE each")
    url: str


class StepOut(Schema):
    title: Words
    due: str | None
    done_on: str | None


class ActionOut(Schema):
    id: str = Field(description="PLAN:CODE")
    uuid: str = Field(description="stays the same when the code changes")
    plan: str
    code: str
    title: Words
    description: Words
    expected_effect: Words
    objectives: list[str] = Field(description="PLAN:CODE each; of several plans where the action serves several")
    characteristics: list[str]
    tags: list[str]
    lead: str | None
    partners: list[str]
    status: str
    status_reason: Words
    phase: str
    health: str = Field(description="as on the day of the answer")
    freshness: str
    start: str | None = Field(description="year, month or day, as exact as it is known")
    end: str | None
    continuous: bool
    progress: float | None
    last_reported_on: str | None
    news: Words
    steps: list[StepOut]
    location: dict[str, Any] | None = Field(description="a GeoJSON geometry in WGS 84")
    url: str


class OrganisationOut(Schema):
    id: str = Field(description="the organisation's code")
    code: str
    name: Words
    kind: str
    parent: str | None
    dissolved_on: str | None
    url: str


class FigureOut(Schema):
    period: str = Field(description="2026, 2026-Q3 or 2026-09, by the indicator's frequency")
    value: str = Field(description="a decimal number in the indicator's unit, as exact as it was given")
    uncertainty: str | None = Field(description="plus or minus, in the same unit")
    provisional: bool = Field(description="still to be confirmed")
    method_version: int = Field(description="the version of the method by which it was measured")
    note: Words
    reported_on: str


class PointOut(Schema):
    period: str
    value: str


class TargetPointOut(PointOut):
    note: Words = Field(description="where the target comes from")


class EarlierMethodOut(Schema):
    number: int
    text: Words
    until: str | None


class CorrectionOut(Schema):
    period: str
    on: str
    before: str
    after: str
    why: str


class IndicatorOut(Schema):
    id: str = Field(description="the indicator's code")
    uuid: str = Field(description="stays the same when the code changes")
    code: str
    name: Words
    definition: Words
    unit: Words
    kind: str = Field(description="context, output, outcome or impact")
    frequency: str = Field(description="year, quarter or month")
    organisation: str = Field(description="the organisation that measures")
    source: Words
    method: Words
    method_version: int
    earlier_methods: list[EarlierMethodOut] = Field(description="wordings that do not hold any more, the latest first")
    wanted: str = Field(description="up, down, or empty where no direction is wanted")
    baseline: PointOut | None
    targets: list[TargetPointOut]
    figures: list[FigureOut] = Field(description="the oldest first")
    corrections: list[CorrectionOut] = Field(description="published figures that were changed, the latest first")
    state: str = Field(description="reached, on_track, watch, off_track, no_target or no_figure")
    expected: str | None = Field(description="what the trajectory asks for at the period of the latest figure")
    share: float | None = Field(description="the change reached divided by the change asked for by then")
    objectives: list[str] = Field(description="PLAN:CODE of each objective that it measures")
    actions: list[str] = Field(description="PLAN:CODE of each action that it measures")
    url: str
    figures_url: str = Field(description="its figures as CSV")


class Paged(Schema):
    """A page of a list; `next` and `previous` are whole addresses, null at the ends."""

    count: int
    next: str | None
    previous: str | None


class PlanPage(Paged):
    items: list[PlanOut]


class ThemePage(Paged):
    items: list[ThemeOut]


class AxisPage(Paged):
    items: list[AxisOut]


class ObjectivePage(Paged):
    items: list[ObjectiveOut]


class ActionPage(Paged):
    items: list[ActionOut]


class OrganisationPage(Paged):
    items: list[OrganisationOut]


class IndicatorPage(Paged):
    items: list[IndicatorOut]


class Problem(Schema):
    detail: str


class Fault(Schema):
    field: str
    message: str


class Invalid(Schema):
    """What of the request could not be understood."""

    detail: str
    faults: list[Fault]
