"""The live records as a picture (see rules/picture.py): a constant number of queries, whatever the size of the plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from senne.core.models import Organisation
from senne.core.numbers import plain
from senne.core.policy import Actor
from senne.indicators import api as indicators
from senne.plan import explaining, measured, overview, queries
from senne.plan.models import Action, Characteristic, ObjectiveLink, Plan, Tag
from senne.plan.rules.picture import (
    ActionPicture,
    BudgetPicture,
    FigurePicture,
    IndicatorPicture,
    ObjectivePicture,
    OrganisationPicture,
    PartPicture,
    Picture,
    StepPicture,
    TargetPicture,
    without_loose_ends,
)

# Computed values are kept to six decimals, as stored ones are.
STEP = Decimal("0.000001")


def picture_of(plan: Plan, actor: Actor, day: date) -> Picture:
    """The plan on `day`, cut to what the actor may see."""
    tree = overview.plan_tree(plan, actor, day)
    own = queries.with_page_parts(queries.actions(actor).filter(plan=plan), actor).order_by("order", "code")
    actions = [_action(action, day) for action in own.select_related("merged_into__plan", "superseded_by__plan")]
    answers = _answers(plan, actor)
    themes, axes, objectives = [], [], []
    for theme in tree.parts:
        themes.append(_part(theme))
        for axis in theme.parts:
            axes.append(_part(axis, theme.record.code))
            objectives += [_objective(state, axis.record.code, plan, answers) for state in axis.parts]
    measuring = _indicators(plan, actor, day)
    picture = Picture(
        plan.code,
        dict(plan.name),
        day.isoformat(),
        themes,
        axes,
        objectives,
        actions,
        _organisations(plan, objectives, actions, measuring),
        kind=plan.kind,
        description=dict(plan.description),
        organisation=plan.organisation.code,
        adopted_on=plan.adopted_on.isoformat() if plan.adopted_on else "",
        years=[year for year in (plan.start_year, plan.end_year) if year],
        progress=_permille(tree.progress),
        characteristics={item.code: dict(item.name) for item in Characteristic.objects.all()},
        tags={tag.slug: dict(tag.name) for tag in Tag.objects.all()},
        indicators=measuring,
    )
    return without_loose_ends(picture)


def _permille(progress: Any) -> int | None:
    return None if progress.share is None else int(progress.share * 1000)


def _part(branch: overview.Branch, parent: str = "") -> PartPicture:
    record = branch.record
    description = dict(record.description)
    return PartPicture(record.code, dict(record.name), parent, description, _permille(branch.progress), record.weight)


def _objective(
    state: overview.ObjectiveState, axis: str, plan: Plan, answers: dict[int, list[str]]
) -> ObjectivePicture:
    record = state.objective
    news = [day for day in (record.last_reported_on, *(a.last_reported_on for a in state.actions)) if day]
    return ObjectivePicture(
        record.code,
        axis,
        dict(record.statement),
        record.visibility,
        state.is_monitored,
        list(state.missing),
        description=dict(record.description),
        horizon=record.horizon,
        target=_target(record),
        lead=record.lead.code if record.lead else "",
        progress=_permille(state.progress),
        weight=record.weight,
        last_news=max(news).isoformat() if news else "",
        actions=[a.code if a.plan_id == plan.pk else f"{a.plan.code}:{a.code}" for a in state.actions],
        answers=answers.get(record.pk, []),
    )


def _target(record: Any) -> TargetPicture | None:
    if record.target_value is None:
        return None
    return TargetPicture(
        dict(record.target_quantity),
        record.target_unit,
        f"{record.target_value.normalize():f}",
        record.target_year,
        "" if record.baseline_value is None else f"{record.baseline_value.normalize():f}",
        record.baseline_year,
    )


def _answers(plan: Plan, actor: Actor) -> dict[int, list[str]]:
    """'PLAN:CODE' of the visible objectives of other plans that each objective answers."""
    visible = queries.objectives(actor).order_by().values("pk")
    found: dict[int, list[str]] = {}
    links = ObjectiveLink.objects.filter(objective__plan=plan, other__in=visible).exclude(other__plan=plan)
    for link in links.select_related("other__plan").order_by("other__plan__code", "other__code"):
        found.setdefault(link.objective_id, []).append(f"{link.other.plan.code}:{link.other.code}")
    return found


def _action(action: Action, day: date) -> ActionPicture:
    found = explaining.explain_health(action, day)
    return ActionPicture(
        action.code,
        str(action.uuid),
        dict(action.title),
        action.status,
        action.phase,
        found.shown.value,
        action.freshness_on(day).value,
        action.visibility,
        description=dict(action.description),
        expected_effect=dict(action.expected_effect),
        status_reason=dict(action.status_reason),
        news=dict(action.news),
        health_because=found.because,
        judged_because=dict(found.reason),
        progress=action.progress_permille,
        priority=action.priority,
        start=action.start.isoformat() if action.start else "",
        end=action.end.isoformat() if action.end else "",
        continuous=action.continuous,
        lead=action.lead.code if action.lead else "",
        lead_text=action.lead_text,
        partners=[partner.code for partner in action.partners.all()],
        sponsor=action.sponsor.name if action.sponsor and action.is_public else "",
        characteristics=[item.code for item in action.characteristics.all()],
        tags=[tag.slug for tag in action.tags.all()],
        objectives=sorted(f"{o.plan.code}:{o.code}" for o in action.objectives.all()),
        last_reported_on=action.last_reported_on.isoformat() if action.last_reported_on else "",
        steps=[_step(step) for step in action.steps.all()],
        budget=[_budget(line) for line in action.budget.all()],
        weight=action.weight,
        location=action.location,
        merged_into=action.merged_into.code if action.merged_into else "",
        superseded_by=action.superseded_by.code if action.superseded_by else "",
    )


def _step(step: Any) -> StepPicture:
    due = step.due.isoformat() if step.due else ""
    return StepPicture(dict(step.title), due, step.done_on.isoformat() if step.done_on else "")


def _budget(line: Any) -> BudgetPicture:
    return BudgetPicture(
        line.kind,
        line.unit,
        f"{line.amount.normalize():f}",
        line.nature,
        line.year,
        line.approximate,
        line.funder.code if line.funder else "",
    )


def _indicators(plan: Plan, actor: Actor, day: date) -> list[IndicatorPicture]:
    """The visible indicators that measure the plan, in order: six queries."""
    found = measured.indicators_of_plan(plan, actor)
    standings = indicators.queries.standings(found.order_by("order", "code"), day)
    ties = measured.ties_of([standing.indicator for standing in standings], actor, plan)
    return [_indicator(standing, ties.get(standing.indicator.pk, ([], []))) for standing in standings]


def _indicator(standing: indicators.Standing, ties: tuple[list[Any], list[Action]]) -> IndicatorPicture:
    record, found = standing.indicator, standing.assessment
    baseline = None
    if record.baseline_value is not None:
        baseline = FigurePicture(record.baseline_period, plain(record.baseline_value))
    return IndicatorPicture(
        record.code,
        str(record.uuid),
        dict(record.name),
        dict(record.unit),
        record.visibility,
        record.organisation.code,
        record.kind,
        record.frequency,
        found.state,
        definition=dict(record.definition),
        method=dict(record.method),
        method_version=record.method_version,
        source=dict(record.source),
        decimals=record.decimals,
        wanted=record.wanted,
        baseline=baseline,
        targets=[FigurePicture(t.period, plain(t.value), note=dict(t.note)) for t in standing.targets],
        figures=[_figure(measurement) for measurement in standing.measurements],
        expected="" if found.expected is None else plain(found.expected.quantize(STEP)),
        share=None if found.share is None else int(found.share * 1000),
        objectives=[objective.code for objective in ties[0]],
        actions=[action.code for action in ties[1]],
    )


def _figure(measurement: indicators.Measurement) -> FigurePicture:
    return FigurePicture(
        measurement.period,
        plain(measurement.value),
        "" if measurement.uncertainty is None else plain(measurement.uncertainty),
        measurement.provisional,
        dict(measurement.note),
        measurement.method_version,
    )


def _organisations(
    plan: Plan,
    objectives: list[ObjectivePicture],
    actions: list[ActionPicture],
    measuring: list[IndicatorPicture],
) -> list[OrganisationPicture]:
    """Those that the picture names, and what they are part of."""
    named = {plan.organisation.code, *(o.lead for o in objectives), *(i.lead for i in measuring)}
    for action in actions:
        named |= {action.lead, *action.partners, *(line.funder for line in action.budget)}
    everything = {unit.code: unit for unit in Organisation.objects.select_related("parent").order_by("path")}
    for code in list(named):
        unit = everything.get(code)
        while unit is not None and unit.parent is not None:
            named.add(unit.parent.code)
            unit = everything.get(unit.parent.code)
    return [
        OrganisationPicture(unit.code, dict(unit.name), unit.kind, unit.parent.code if unit.parent else "")
        for code, unit in everything.items()
        if code in named
    ]
