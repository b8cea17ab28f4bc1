"""A plan at one moment, as plain values: what a snapshot keeps, what two moments are compared by, what reports are drawn
from. Pure: no Django, no clock. The same shapes come from the live records and from a snapshot's stored JSON.

Texts are {language: text}; dates are ISO 8601, as exact as known ('2026', '2026-09', '2026-09-15'); shares are permille
(0…1000) or None where there is none; amounts are decimal strings of their unit (EUR or FTE).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import TypeAdapter

SCHEMA = "senne-picture/1"
Text = dict[str, str]


@dataclass(frozen=True)
class StepPicture:
    """A step of an action."""

    title: Text
    due: str = ""
    done: str = ""


@dataclass(frozen=True)
class BudgetPicture:
    """A budget line of an action: `kind` is 'planned' or 'actual'."""

    kind: str
    unit: str
    amount: str
    nature: str = ""
    year: int | None = None
    approximate: bool = False
    funder: str = ""


@dataclass(frozen=True)
class ActionPicture:
    """An action as it stood. `objectives` are 'PLAN:CODE', organisations are given by their codes.

    `sponsor` is the one person whom a picture names, and only for a public action: what is frozen is frozen for ever.
    """

    code: str
    uuid: str
    title: Text
    status: str
    phase: str
    health: str
    freshness: str
    visibility: str
    description: Text = field(default_factory=dict)
    expected_effect: Text = field(default_factory=dict)
    status_reason: Text = field(default_factory=dict)
    news: Text = field(default_factory=dict)
    health_because: str = ""
    judged_because: Text = field(default_factory=dict)
    progress: int | None = None
    priority: str = "normal"
    start: str = ""
    end: str = ""
    continuous: bool = False
    lead: str = ""
    lead_text: str = ""
    partners: list[str] = field(default_factory=list)
    sponsor: str = ""
    characteristics: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    objectives: list[str] = field(default_factory=list)
    last_reported_on: str = ""
    steps: list[StepPicture] = field(default_factory=list)
    budget: list[BudgetPicture] = field(default_factory=list)
    weight: int = 1
    location: dict[str, Any] | None = None
    merged_into: str = ""
    superseded_by: str = ""

    @property
    def is_open(self) -> bool:
        """Neither done nor abandoned, merged or replaced: something is still to come."""
        return self.status not in {"done", "abandoned"} and not self.merged_into and not self.superseded_by


@dataclass(frozen=True)
class TargetPicture:
    """What an objective wants to reach; values are decimal strings of `unit`."""

    quantity: Text
    unit: str
    value: str
    year: int | None = None
    baseline_value: str = ""
    baseline_year: int | None = None


@dataclass(frozen=True)
class ObjectivePicture:
    """An objective as it stood, with what the monitoring rule said of it."""

    code: str
    axis: str
    statement: Text
    visibility: str
    monitored: bool
    missing: list[str]
    description: Text = field(default_factory=dict)
    horizon: int | None = None
    target: TargetPicture | None = None
    lead: str = ""
    progress: int | None = None
    weight: int = 1
    last_news: str = ""
    actions: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class FigurePicture:
    """A figure of an indicator, or a point of its target: values are decimal strings of the indicator's unit."""

    period: str
    value: str
    uncertainty: str = ""
    provisional: bool = False
    note: Text = field(default_factory=dict)
    method_version: int = 1


@dataclass(frozen=True)
class IndicatorPicture:
    """An indicator as it stood, with its figures and what the rules said of them.

    `lead` is the organisation that measures; `objectives` and `actions` are codes of the picture's own plan. `expected` is
    what the trajectory asked for at the period of the latest figure, `share` the change reached of the change asked for.
    """

    code: str
    uuid: str
    name: Text
    unit: Text
    visibility: str
    lead: str
    kind: str
    frequency: str
    state: str
    definition: Text = field(default_factory=dict)
    method: Text = field(default_factory=dict)
    method_version: int = 1
    source: Text = field(default_factory=dict)
    decimals: int = 0
    wanted: str = ""
    baseline: FigurePicture | None = None
    targets: list[FigurePicture] = field(default_factory=list)
    figures: list[FigurePicture] = field(default_factory=list)
    expected: str = ""
    share: int | None = None
    objectives: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)

    @property
    def latest(self) -> FigurePicture | None:
        return self.figures[-1] if self.figures else None


@dataclass(frozen=True)
class PartPicture:
    """A theme, or an axis of the theme `parent`."""

    code: str
    name: Text
    parent: str = ""
    description: Text = field(default_factory=dict)
    progress: int | None = None
    weight: int = 1


@dataclass(frozen=True)
class OrganisationPicture:
    """An organisation that the picture names."""

    code: str
    name: Text
    kind: str
    parent: str = ""


@dataclass(frozen=True)
class Picture:
    """The whole plan on `day`: head, themes, axes, objectives, actions, the organisations named, and words for codes.

    `indicators` are those that measure one of its objectives or actions; pictures frozen before there were any have none.
    """

    plan: str
    name: Text
    day: str
    themes: list[PartPicture]
    axes: list[PartPicture]
    objectives: list[ObjectivePicture]
    actions: list[ActionPicture]
    organisations: list[OrganisationPicture]
    kind: str = ""
    description: Text = field(default_factory=dict)
    organisation: str = ""
    adopted_on: str = ""
    years: list[int] = field(default_factory=list)
    progress: int | None = None
    characteristics: dict[str, Text] = field(default_factory=dict)
    tags: dict[str, Text] = field(default_factory=dict)
    indicators: list[IndicatorPicture] = field(default_factory=list)
    schema: str = SCHEMA

    def action(self, code: str) -> ActionPicture | None:
        return next((action for action in self.actions if action.code == code), None)

    def objective(self, code: str) -> ObjectivePicture | None:
        return next((objective for objective in self.objectives if objective.code == code), None)

    def indicator(self, code: str) -> IndicatorPicture | None:
        return next((indicator for indicator in self.indicators if indicator.code == code), None)

    def organisation_name(self, code: str, language: str) -> str:
        """The name in that language, or the code where the picture does not know it."""
        found = next((unit for unit in self.organisations if unit.code == code), None)
        return shown(found.name, language) if found else code


def shown(text: Text, language: str) -> str:
    """The text in that language, else in French, else in any."""
    return text.get(language) or text.get("fr") or next(iter(text.values()), "")


def cut(
    picture: Picture,
    sees_action: Callable[[ActionPicture], bool],
    sees_objective: Callable[[ObjectivePicture], bool],
    sees_indicator: Callable[[IndicatorPicture], bool],
) -> Picture:
    """The picture without what the reader may not see. Figures of what stays are kept as they were found."""
    actions = [action for action in picture.actions if sees_action(action)]
    objectives = [objective for objective in picture.objectives if sees_objective(objective)]
    indicators = [indicator for indicator in picture.indicators if sees_indicator(indicator)]
    return without_loose_ends(replace(picture, actions=actions, objectives=objectives, indicators=indicators))


def without_loose_ends(picture: Picture) -> Picture:
    """The picture without mention of what was cut out: codes of its own plan, words of the legend, tags."""
    codes = {action.code for action in picture.actions}
    goals = {f"{picture.plan}:{objective.code}" for objective in picture.objectives}
    borne = {code for action in picture.actions for code in action.characteristics}
    tagged = {slug for action in picture.actions for slug in action.tags}
    return replace(
        picture,
        objectives=[
            replace(objective, actions=[code for code in objective.actions if ":" in code or code in codes])
            for objective in picture.objectives
        ],
        actions=[
            replace(action, objectives=[c for c in action.objectives if c in goals or not _is_of(c, picture.plan)])
            for action in picture.actions
        ],
        indicators=_measuring(picture, codes),
        characteristics={code: name for code, name in picture.characteristics.items() if code in borne},
        tags={slug: name for slug, name in picture.tags.items() if slug in tagged},
    )


def _measuring(picture: Picture, actions: set[str]) -> list[IndicatorPicture]:
    """The indicators, each with what it measures of what the picture shows; those that measure nothing of it are left out."""
    goals = {objective.code for objective in picture.objectives}
    found = [
        replace(
            indicator,
            objectives=[code for code in indicator.objectives if code in goals],
            actions=[code for code in indicator.actions if code in actions],
        )
        for indicator in picture.indicators
    ]
    return [indicator for indicator in found if indicator.objectives or indicator.actions]


def _is_of(code: str, plan: str) -> bool:
    return code.startswith(f"{plan}:")


def foreign_codes(picture: Picture) -> tuple[set[str], set[str]]:
    """('PLAN:CODE' of actions, of objectives) of other plans that the picture refers to."""
    actions = {code for objective in picture.objectives for code in objective.actions if ":" in code}
    answered = {code for objective in picture.objectives for code in objective.answers}
    served = {code for action in picture.actions for code in action.objectives if not _is_of(code, picture.plan)}
    return actions, answered | served


def without_foreign(picture: Picture, actions: set[str], objectives: set[str]) -> Picture:
    """The picture with only these actions and objectives of other plans."""
    return replace(
        picture,
        objectives=[
            replace(
                objective,
                actions=[code for code in objective.actions if ":" not in code or code in actions],
                answers=[code for code in objective.answers if code in objectives],
            )
            for objective in picture.objectives
        ],
        actions=[
            replace(action, objectives=[c for c in action.objectives if c in objectives or _is_of(c, picture.plan)])
            for action in picture.actions
        ],
    )


_adapters: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def as_json(value: Any) -> Any:
    """A picture, or a part of one, as JSON values."""
    return _adapter(type(value)).dump_python(value, mode="json")


def from_json(kind: type[Any], value: Any) -> Any:
    """Back again. Raises pydantic's ValidationError where the JSON is not of that shape."""
    return _adapter(kind).validate_python(value)
