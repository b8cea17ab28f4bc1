"""The reporting round: prepared, opened, followed, closed, published; and what each contribution goes through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.models import Organisation
from senne.core.policy import Actor, require
from senne.plan import freezing
from senne.plan.models import Action, Contribution, Objective, Plan, Round, Snapshot
from senne.plan.rules.questions import WrongQuestion, read_questions
from senne.plan.words import ContributionState, RoundState, Status

Values = Mapping[str, Any]


# ---- The round ----------------------------------------------------------------------------------------------------


def prepare_round(values: Values, *, actor: Actor) -> Round:
    """A new round of an organisation, not yet open."""
    organisation: Organisation = values["organisation"]
    require("run_rounds", actor, organisation.subject())
    _check_plans(values, actor)
    return records.create(Round, {**values, "questions": _questions(values)}, actor=actor)


def change_round(round_: Round, values: Values, *, actor: Actor, expected_version: int | None = None) -> None:
    """Change a round. Once open, what is asked of whom is fixed; name, instructions and deadlines may still change."""
    require("run_rounds", actor, round_.subject())
    _check_plans(values, actor)
    fixed = {"plans", "units", "questions", "organisation", "period_start", "period_end"}
    if round_.state != RoundState.DRAFT and fixed & set(values):
        raise ValidationError(_("This round is open: what it asks can no longer change. Names and deadlines can."))
    if round_.state == RoundState.PUBLISHED:
        raise ValidationError(_("This round is published. A correction is a new edition."))
    if "questions" in values:
        values = {**values, "questions": _questions(values)}
    records.update(round_, values, actor=actor, expected_version=expected_version)


def _check_plans(values: Values, actor: Actor) -> None:
    for plan in values.get("plans", ()):
        require("run_rounds", actor, plan.subject())


def _questions(values: Values) -> dict[str, Any]:
    """The questions, checked. Raises ValidationError with the place of the first that cannot be asked."""
    found = {}
    for kind, given in (values.get("questions") or {}).items():
        try:
            found[kind] = [question.as_json() for question in read_questions(given)]
        except WrongQuestion as wrong:
            texts = {
                "key": _("Question %(n)s: its short name must be new and hold letters only."),
                "label": _("Question %(n)s has no text."),
                "kind": _("Question %(n)s is of no known kind."),
                "choices": _("Question %(n)s needs at least two choices."),
            }
            raise ValidationError({"questions": texts[wrong.what] % {"n": wrong.place}}) from None
    return found


@transaction.atomic
def open_round(round_: Round, *, actor: Actor, today: date) -> int:
    """Everybody is asked. Returns how many contributions are waited for."""
    require("run_rounds", actor, round_.subject())
    if round_.state != RoundState.DRAFT:
        raise ValidationError(_("This round is open already."))
    if not round_.plans.exists():
        raise ValidationError({"plans": _("Choose at least one plan.")})
    records.update(round_, {"state": RoundState.OPEN, "opened_on": today}, actor=actor, verb="open")
    return add_missing(round_, actor=actor)


@transaction.atomic
def add_missing(round_: Round, *, actor: Actor) -> int:
    """A contribution for each action and objective of the round that has none yet (new ones since it was opened)."""
    asked = set(round_.contributions.values_list("action_id", "objective_id"))
    made = []
    for action in _actions_of(round_):
        if (action.pk, None) not in asked:
            made.append(Contribution(round=round_, action=action, organisation=action.lead or action.plan.organisation))
    for objective in _objectives_of(round_):
        if (None, objective.pk) not in asked:
            lead = objective.lead or objective.plan.organisation
            made.append(Contribution(round=round_, objective=objective, organisation=lead))
    records.bulk_create(made, actor=actor, roots=dict.fromkeys(range(len(made)), round_))
    return len(made)


def _within(round_: Round, prefix: str) -> Q:
    """Led by the round's house, and by one of its units where it names some."""
    house = Q(**{f"{prefix}house": round_.organisation.house}) | Q(**{prefix.rstrip("_"): None})
    reach = Q()
    for unit in round_.units.all():
        reach |= Q(**{f"{prefix}path__startswith": unit.path})
    return house & reach


def _actions_of(round_: Round) -> Any:
    return (
        Action.objects.filter(_within(round_, "lead__"), plan__in=round_.plans.all())
        .filter(merged_into=None, superseded_by=None)
        .exclude(status__in=(Status.DONE, Status.ABANDONED), status_since__lt=round_.period_start)
        .select_related("lead", "plan__organisation")
        .order_by("order", "code", "pk")
    )


def _objectives_of(round_: Round) -> Any:
    return (
        Objective.objects.filter(_within(round_, "lead__"), plan__in=round_.plans.all())
        .select_related("lead", "plan__organisation")
        .order_by("order", "code", "pk")
    )


def close_round(round_: Round, *, actor: Actor) -> None:
    """Nothing more is reported; validation goes on until the round is published."""
    _step(round_, RoundState.OPEN, RoundState.CLOSED, actor, _("Only an open round can be closed."))


def reopen_round(round_: Round, *, actor: Actor) -> None:
    """Take reports again."""
    _step(round_, RoundState.CLOSED, RoundState.OPEN, actor, _("Only a closed round can be opened again."))


def _step(round_: Round, before: RoundState, after: RoundState, actor: Actor, refusal: str) -> None:
    require("run_rounds", actor, round_.subject())
    if round_.state != before:
        raise ValidationError(refusal)
    records.update(round_, {"state": after}, actor=actor)


@transaction.atomic
def publish_round(round_: Round, *, actor: Actor, today: date, incomplete: bool = False) -> list[Snapshot]:
    """Publish what is validated and freeze every plan of the round, all in one transaction.

    Raises ValidationError while contributions are neither validated nor, by `incomplete`, knowingly left out.
    """
    require("run_rounds", actor, round_.subject())
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    if locked.state not in {RoundState.OPEN, RoundState.CLOSED}:
        raise ValidationError(_("Only an open or closed round can be published."))
    waiting = round_.contributions.exclude(state=ContributionState.VALIDATED).count()
    if waiting and not incomplete:
        raise ValidationError(
            _("%(n)s contributions are not validated. Publish without them knowingly, or wait.") % {"n": waiting}
        )
    validated = list(round_.contributions.filter(state=ContributionState.VALIDATED))
    records.update_many(validated, {"state": ContributionState.PUBLISHED}, actor=actor, verb="publish", root=round_)
    taken = [_freeze(plan, round_, actor, today) for plan in round_.plans.select_related("organisation")]
    values = {"state": RoundState.PUBLISHED, "published_on": today}
    records.update(round_, values, actor=actor, verb="publish")
    return taken


def _freeze(plan: Plan, round_: Round, actor: Actor, today: date) -> Snapshot:
    label = freezing.Label("round", round_.name, public=plan.subject().public)
    return freezing.freeze(plan, label, today, actor=actor)


def correct_snapshot(snapshot: Snapshot, *, actor: Actor, today: date, reason: str) -> Snapshot:
    """A new edition of what was published, frozen from the plan as it stands now, with the reason."""
    require("run_rounds", actor, snapshot.plan.subject())
    if not reason.strip():
        raise ValidationError({"reason": _("Say what was wrong and is right now.")})
    label = freezing.Label(
        snapshot.kind, snapshot.name, snapshot.public, reason.strip(), snapshot.decision, corrects=snapshot
    )
    return freezing.freeze(snapshot.plan, label, today, actor=actor)
