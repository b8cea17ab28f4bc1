"""What the plan room owes: reports and validations of open rounds, steps that are due, actions not reported for long.

Chain of each (who is next if they don't): owner → approver → head of the lead organisation → coordination of the house.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from senne.core import records
from senne.core.duties import keeping, sources
from senne.core.duties.chains import Behind
from senne.core.duties.sources import Owed
from senne.core.paths import path_without_language
from senne.core.policy import ContactRole
from senne.core.text import Text
from senne.plan.models import Action, ActionContact, Contribution, Objective, Step
from senne.plan.words import ContributionState, RoundState, Status

Ids = frozenset[int] | None
OPEN = (Status.TO_START, Status.UNDER_WAY)
TO_REPORT = (ContributionState.NOT_BEGUN, ContributionState.DRAFT, ContributionState.SENT_BACK)


class Chains:
    """Who stands behind what: contacts of actions (of those that `of` leaves), then whoever is behind the organisation.

    Each is loaded once, and only where somebody is looked for: two queries.
    """

    def __init__(self, day: date, of: Q) -> None:
        self._of, self._behind = of, Behind(day)

    @cached_property
    def contacts(self) -> dict[tuple[int, str], list[int]]:
        found: dict[tuple[int, str], list[int]] = defaultdict(list)
        there = ActionContact.objects.filter(self._of, person__left_on=None).distinct()
        for action, role, person in there.order_by("pk").values_list("action_id", "role", "person_id"):
            found[action, role].append(person)
        return found

    def of_action(self, action: Action) -> tuple[int, ...]:
        """The whole chain of an action."""
        lead = action.lead or action.plan.organisation
        own = self.contacts[action.pk, ContactRole.OWNER] + self.contacts[action.pk, ContactRole.APPROVER]
        return tuple(dict.fromkeys([*own, *self._behind.of(lead)]))

    def who_validates(self, action: Action) -> tuple[int, ...]:
        """Approvers, heads, coordination."""
        lead = action.lead or action.plan.organisation
        return tuple(dict.fromkeys([*self.contacts[action.pk, ContactRole.APPROVER], *self._behind.of(lead)]))

    def of_objective(self, objective: Objective) -> tuple[int, ...]:
        lead = objective.lead or objective.plan.organisation
        own = [objective.owner_id] if objective.owner_id else []
        return tuple(dict.fromkeys([*own, *self._behind.of(lead)]))


def _report_path(action: Action) -> str:
    return path_without_language("workspace:report", action.plan.code, action.code)


def _label(code: str, text: Text) -> Text:
    return Text({language: f"{code} · {written}" for language, written in text.items()})


def _only(found: QuerySet[Any], only: Ids) -> QuerySet[Any]:
    return found.filter(_among("pk", only))


def _among(lookup: str, only: Ids) -> Q:
    return Q() if only is None else Q(**{f"{lookup}__in": only})


# What is read of an action, and of the records around it: none of the long texts.
_PLACE = ("organisation__path", "organisation__house", "code", "ageing_after")
_LEAD = ("lead__path", "lead__house")
_ACTION = (
    "code", "title", "end_on", "end_precision", "continuous", "last_reported_on", "created_at", *_LEAD,
    *(f"plan__{name}" for name in _PLACE),
)  # fmt: skip
_OBJECTIVE = ("code", "statement", "owner_id", *_LEAD, *(f"plan__{name}" for name in _PLACE))


def _under(name: str, fields: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{name}__{field}" for field in fields)


def in_rounds(day: date, only: Ids = None) -> Iterator[Owed]:
    """A report for each contribution not given yet, a validation for each that is given."""
    chains = Chains(day, _among("action__contributions", only))
    waiting = Contribution.objects.filter(round__state__in=(RoundState.OPEN, RoundState.CLOSED)).select_related(
        "round", "action__lead", "action__plan__organisation", "objective__lead", "objective__plan__organisation"
    )
    waiting = waiting.only(
        "state", "organisation_id", "round__state", "round__report_by", "round__validate_by",
        *_under("action", _ACTION), *_under("objective", _OBJECTIVE),
    )  # fmt: skip
    for contribution in _only(waiting, only):
        record = contribution.record
        label = _label(record.code, record.title if isinstance(record, Action) else record.statement)
        subject = ("plan.contribution", contribution.pk)
        path = path_without_language("workspace:contribution", contribution.round_id, contribution.pk)
        if contribution.state in TO_REPORT and contribution.round.state == RoundState.OPEN:
            chain = chains.of_action(record) if isinstance(record, Action) else chains.of_objective(record)
            key = f"round:{contribution.pk}:report"
            due = contribution.round.report_by
            yield Owed(key, "report", label, path, subject, due, chain, contribution.organisation_id)
        elif contribution.state == ContributionState.REPORTED:
            chain = chains.who_validates(record) if isinstance(record, Action) else chains.of_objective(record)[1:]
            key = f"round:{contribution.pk}:validate"
            due = contribution.round.validate_by
            yield Owed(key, "validate", label, path, subject, due, chain, contribution.organisation_id)


def steps(day: date, only: Ids = None) -> Iterator[Owed]:
    """Steps of open actions that have a day: the assignee's, or the chain's of the action."""
    chains = Chains(day, _among("action__steps", only))
    soon = day + timedelta(days=31)
    found = Step.objects.filter(done_on=None, due_on__lte=soon, action__status__in=OPEN)
    found = found.filter(action__merged_into=None, action__superseded_by=None)
    found = found.select_related("action__lead", "action__plan__organisation").only(
        "title", "due_on", "due_precision", "assignee_id", *_under("action", _ACTION)
    )
    for step in _only(found, only):
        due = step.due
        if due is None or due.last_day > soon:
            continue
        chain = chains.of_action(step.action)
        if step.assignee_id:
            chain = tuple(dict.fromkeys((step.assignee_id, *chain)))
        lead = step.action.lead or step.action.plan.organisation
        label = Text({code: f"{step.action.code} · {text}" for code, text in step.title.items()})
        subject, path = ("plan.step", step.pk), _report_path(step.action)
        yield Owed(f"step:{step.pk}", "step", label, path, subject, due.last_day, chain, lead.pk)


def not_reported(day: date, only: Ids = None) -> Iterator[Owed]:
    """Open actions whose news age: owed from the day on which they do, outside of a round that asks anyway."""
    chains = Chains(day, _among("action", only))
    asked = Contribution.objects.filter(round__state=RoundState.OPEN, action__isnull=False).values("action_id")
    found = Action.objects.filter(status__in=OPEN, merged_into=None, superseded_by=None).exclude(pk__in=asked)
    for action in _only(found, only).select_related("lead", "plan__organisation").only(*_ACTION):
        since = action.last_reported_on or action.created_at.date()
        due = since + timedelta(days=action.plan.ageing_after)
        if due > day + timedelta(days=14):
            continue
        lead = action.lead or action.plan.organisation
        subject, path = ("plan.action", action.pk), _report_path(action)
        label = _label(action.code, action.title)
        key = f"news:{action.pk}:{since.isoformat()}"
        yield Owed(key, "stale", label, path, subject, due, chains.of_action(action), lead.pk)


def should_have_ended(day: date, only: Ids = None) -> Iterator[Owed]:
    """Open actions whose end has passed: to be closed, or given another end with its reason."""
    chains = Chains(day, _among("action", only))
    found = Action.objects.filter(
        status__in=OPEN, merged_into=None, superseded_by=None, continuous=False, end_on__lte=day
    )
    for action in _only(found, only).select_related("lead", "plan__organisation").only(*_ACTION):
        end = action.end
        if end is None or end.last_day >= day:
            continue
        lead = action.lead or action.plan.organisation
        subject, path = ("plan.action", action.pk), _report_path(action)
        key, label = f"end:{action.pk}:{end.last_day}", _label(action.code, action.title)
        yield Owed(key, "end", label, path, subject, end.last_day, chains.of_action(action), lead.pk)


# ---- Kept true after each deed ------------------------------------------------------------------------------------


def refresh(actions: Iterable[int] = (), objectives: Iterable[int] = (), rounds: Iterable[int] = ()) -> None:
    """What is owed about these records, and in these rounds, is written down anew: nobody waits for the next hour."""
    changed, now = set(actions), timezone.now()
    day = timezone.localdate(now)
    asked = Q(action_id__in=changed) | Q(objective_id__in=set(objectives)) | Q(round_id__in=set(rounds))
    found = list(Contribution.objects.filter(asked).values_list("pk", "action_id"))
    keeping.refresh("round", (pk for pk, _action in found), day, now)
    # A round asks for news in the place of the plan; ends and steps are owed whatever it asks.
    keeping.refresh("news", changed | {action for _pk, action in found if action}, day, now)
    keeping.refresh("end", changed, day, now)
    keeping.refresh("step", Step.objects.filter(action_id__in=changed).values_list("pk", flat=True), day, now)


def _steps_changed(changed: list[Step]) -> None:
    now = timezone.now()
    keeping.refresh("step", (step.pk for step in changed), timezone.localdate(now), now)


def _contributions_changed(changed: list[Contribution]) -> None:
    now = timezone.now()
    keeping.refresh("round", (contribution.pk for contribution in changed), timezone.localdate(now), now)


def register() -> None:
    """Called once when the room starts."""
    found: dict[str, sources.Source] = {
        "round": in_rounds,
        "step": steps,
        "news": not_reported,
        "end": should_have_ended,
    }
    for name, source in found.items():
        sources.register(name, source)
    hooks: dict[str, Any] = {
        "plan.action": lambda changed: refresh(actions=(record.pk for record in changed)),
        "plan.objective": lambda changed: refresh(objectives=(record.pk for record in changed)),
        "plan.actioncontact": lambda changed: refresh(actions=(record.action_id for record in changed)),
        "plan.step": _steps_changed,
        "plan.contribution": _contributions_changed,
        "plan.round": lambda changed: refresh(rounds=(record.pk for record in changed)),
    }
    for kind, hook in hooks.items():
        records.on_change(kind, hook)
