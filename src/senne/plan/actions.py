"""What people do in the plan room: one function per thing done. Each asks the policy, writes once, leaves its trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.models import Person, Versioned
from senne.core.policy import Actor, Subject, can_publish, require
from senne.core.text import Text, as_text
from senne.plan.models import (
    Action,
    ActionContact,
    ActionDocument,
    ActionLink,
    ActionRelation,
    Axis,
    BudgetLine,
    Objective,
    ObjectiveLink,
    Plan,
    Step,
    Theme,
)
from senne.plan.words import ContactRole, ObjectiveLinkKind, RelationKind, Status

REPORT_FIELDS = frozenset({"status", "status_reason", "phase", "news"})
CLOSING = frozenset({Status.SUSPENDED.value, Status.ABANDONED.value})
Values = Mapping[str, Any]
Child = TypeVar("Child", Step, BudgetLine, ActionLink, ActionDocument)


# ---- Structure ----------------------------------------------------------------------------------------------------


def create_plan(values: Values, *, actor: Actor) -> Plan:
    """A new plan of an organisation. The main plan is the one of the home page: there is one."""
    plan = Plan(**{k: v for k, v in values.items() if k in {"organisation", "visibility"}})
    require("shape", actor, plan.subject())
    return records.create(Plan, values, actor=actor)


def create_part(model: type[Any], values: Values, *, actor: Actor) -> Any:
    """A new theme, axis or objective of `values["plan"]`. Parts belong to the same plan as what they are part of."""
    plan: Plan = values["plan"]
    require("shape", actor, plan.subject())
    for above in ("theme", "axis"):
        if above in values and values[above].plan_id != plan.pk:
            raise ValidationError({above: _("This belongs to another plan.")})
    return records.create(model, values, actor=actor)


def change_part(
    part: Plan | Theme | Axis | Objective,
    values: Values,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
) -> dict[str, list[Any]]:
    """Change a plan, theme, axis or objective. Raises Conflict if somebody saved it meanwhile."""
    require("shape", actor, part.subject())
    return records.update(part, values, actor=actor, expected_version=expected_version, reason=reason)


def delete_part(part: Theme | Axis | Objective | Plan, *, actor: Actor, reason: str) -> None:
    """Take an empty part away. Raises ValidationError while something hangs on it."""
    require("delete", actor, part.subject())
    below = {Theme: "axes", Axis: "objectives", Objective: "actions", Plan: "themes"}[type(part)]
    if getattr(part, below).exists():
        raise ValidationError(_("This still has parts. Move or remove them first."))
    records.delete(part, actor=actor, reason=reason)


def tie_objectives(
    objective: Objective,
    other: Objective,
    *,
    actor: Actor,
    kind: ObjectiveLinkKind = ObjectiveLinkKind.ANSWERS,
) -> ObjectiveLink:
    """Say that an objective answers one of another plan, or is the same as another."""
    require("shape", actor, objective.subject())
    require("view", actor, other.subject())
    if ObjectiveLink.objects.filter(objective=objective, other=other).exists():
        raise ValidationError(_("These objectives are tied already."))
    return records.create(
        ObjectiveLink, {"objective": objective, "other": other, "kind": kind}, actor=actor, root=objective
    )


def untie_objectives(link: ObjectiveLink, *, actor: Actor) -> None:
    require("shape", actor, link.objective.subject())
    records.delete(link, actor=actor, root=link.objective)


# ---- Actions ------------------------------------------------------------------------------------------------------


@transaction.atomic
def create_action(values: Values, *, actor: Actor) -> Action:
    """A new action of `values["plan"]`, serving at least one objective of it or of another plan."""
    plan: Plan = values["plan"]
    lead = values.get("lead") or plan.organisation
    draft = Action(plan=plan, lead=lead)
    require("create", actor, _subject_of_draft(draft))
    if not values.get("objectives"):
        raise ValidationError({"objectives": _("Say which objective the action serves.")})
    _check_status(values, None)
    return records.create(Action, values, actor=actor)


def _subject_of_draft(draft: Action) -> Subject:
    lead = draft.lead or draft.plan.organisation
    return Subject("action", lead.path, lead.house)


def _check_status(values: Values, action: Action | None) -> None:
    status = values.get("status", action.status if action else "")
    reason = values.get("status_reason", action.status_reason if action else Text())
    if status in CLOSING and not as_text(reason):
        raise ValidationError({"status_reason": _("Say why: a suspended or abandoned action has a reason.")})


@transaction.atomic
def change_action(
    action: Action,
    values: Values,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
    today: date | None = None,
) -> dict[str, list[Any]]:
    """Change fields of an action; the rights asked for follow from the fields. Raises Conflict, ValidationError."""
    subject = action.subject()
    changing = set(values)
    if changing - REPORT_FIELDS:
        require("edit", actor, subject)
    else:
        require("report", actor, subject)
    if "visibility" in values and values["visibility"] != action.visibility:
        require("publish", actor, subject)
    if values.get("lead") and values["lead"] != action.lead and not can_publish(actor, subject):
        require("create", actor, _subject_of_draft(Action(plan=action.plan, lead=values["lead"])))
    _check_status(values, action)
    values = dict(values)
    if "status" in values and values["status"] != action.status and today is not None:
        values["status_since"] = today
    return records.update(action, values, actor=actor, expected_version=expected_version, reason=reason)


@transaction.atomic
def report(
    action: Action,
    values: Values,
    *,
    actor: Actor,
    today: date,
    steps_done: Sequence[int] | None = None,
    expected_version: int | None = None,
) -> dict[str, list[Any]]:
    """Say where an action stands: status, phase, news, steps ticked. Even without a change it counts as fresh."""
    require("report", actor, action.subject())
    values = {name: value for name, value in values.items() if name in REPORT_FIELDS}
    _check_status(values, action)
    values["last_reported_on"] = today
    if "status" in values and values["status"] != action.status:
        values["status_since"] = today
    changes = records.update(action, values, actor=actor, expected_version=expected_version, verb="report")
    if steps_done is not None:
        for step in action.steps.all():
            done = step.pk in steps_done
            if done != (step.done_on is not None):
                records.update(step, {"done_on": today if done else None}, actor=actor, root=action)
    action.refresh_from_db()
    return changes


def override_health(
    action: Action,
    health: str,
    until: date | None,
    reason: Text,
    *,
    actor: Actor,
    expected_version: int | None = None,
) -> None:
    """Judge the health by hand, with a reason and an expiry; an empty `health` takes the judgement back."""
    require("override_health", actor, action.subject())
    if health and (until is None or not reason):
        raise ValidationError(_("A judgement needs a reason and a day until which it holds."))
    values = {
        "health_override": health,
        "health_override_until": until if health else None,
        "health_override_reason": reason if health else Text(),
    }
    records.update(action, values, actor=actor, expected_version=expected_version, verb="judge")


def merge_action(action: Action, into: Action, *, actor: Actor, reason: str) -> None:
    """Merge an action into another: it stays readable, counts nowhere, and points to the one that goes on."""
    _close(action, "merged_into", into, actor, reason)


def supersede_action(action: Action, by: Action, *, actor: Actor, reason: str) -> None:
    """Replace an action by another."""
    _close(action, "superseded_by", by, actor, reason)


def _close(action: Action, field: str, other: Action, actor: Actor, reason: str) -> None:
    require("shape", actor, action.subject())
    seen = {action.pk}
    following: Action | None = other
    while following is not None:
        if following.pk in seen:
            raise ValidationError(_("These actions would point at each other."))
        seen.add(following.pk)
        following = following.merged_into or following.superseded_by
    if not reason:
        raise ValidationError(_("Say why."))
    records.update(action, {field: other}, actor=actor, reason=reason)


@transaction.atomic
def copy_action(action: Action, code: str, *, actor: Actor) -> Action:
    """A copy under a new code, to start; its steps come along undone."""
    require("view", actor, action.subject())
    names = [
        "title",
        "description",
        "expected_effect",
        "lead",
        "sponsor",
        "priority",
        "visibility",
        "continuous",
    ]
    values: dict[str, Any] = {name: getattr(action, name) for name in names}
    values |= {"plan": action.plan, "code": code, "copy_of": action}
    for many in ("objectives", "characteristics", "tags", "partners"):
        values[many] = list(getattr(action, many).all())
    made = create_action(values, actor=actor)
    for step in action.steps.all():
        records.create(Step, {"action": made, "title": step.title, "order": step.order}, actor=actor, root=made)
    return made


# ---- What hangs on an action --------------------------------------------------------------------------------------


def add_child(model: type[Child], action: Action, values: Values, *, actor: Actor) -> Child:
    """A new step, budget line, link or document of an action."""
    require("edit", actor, action.subject())
    return records.create(model, {**values, "action": action}, actor=actor, root=action)


def change_child(child: Child, values: Values, *, actor: Actor, expected_version: int | None = None) -> None:
    """Change a step, budget line, link or document; ticking a step needs only the right to report."""
    only_ticks = isinstance(child, Step) and set(values) <= {"done_on"}
    require("report" if only_ticks else "edit", actor, child.action.subject())
    version = expected_version if isinstance(child, Versioned) else None
    records.update(child, values, actor=actor, expected_version=version, root=child.action)


def remove_child(child: Child, *, actor: Actor) -> None:
    require("edit", actor, child.action.subject())
    records.delete(child, actor=actor, root=child.action)


@transaction.atomic
def set_contacts(action: Action, contacts: Sequence[tuple[Person, ContactRole]], *, actor: Actor) -> None:
    """The people of an action, all at once."""
    require("edit", actor, action.subject())
    wanted = {(person.pk, role.value): (person, role) for person, role in contacts}
    for contact in action.contacts.select_related("person"):
        if wanted.pop((contact.person_id, contact.role), None) is None:
            records.delete(contact, actor=actor, root=action)
    for person, role in wanted.values():
        records.create(
            ActionContact, {"action": action, "person": person, "role": role.value}, actor=actor, root=action
        )


def relate(action: Action, other: Action, kind: RelationKind, *, actor: Actor) -> ActionRelation:
    """Say that an action precedes, blocks or is related to another. A circle of precedence is refused."""
    require("edit", actor, action.subject())
    if kind is not RelationKind.RELATED and _leads_to(other, action, kind):
        raise ValidationError(_("This would make a circle: the other action already comes first."))
    return records.create(
        ActionRelation, {"action": action, "other": other, "kind": kind.value}, actor=actor, root=action
    )


def _leads_to(start: Action, goal: Action, kind: RelationKind) -> bool:
    edges: dict[int, list[int]] = {}
    for a, b in ActionRelation.objects.filter(kind=kind).values_list("action_id", "other_id"):
        edges.setdefault(a, []).append(b)
    waiting, seen = [start.pk], set()
    while waiting:
        here = waiting.pop()
        if here == goal.pk:
            return True
        if here not in seen:
            seen.add(here)
            waiting.extend(edges.get(here, ()))
    return False


def unrelate(relation: ActionRelation, *, actor: Actor) -> None:
    require("edit", actor, relation.action.subject())
    records.delete(relation, actor=actor, root=relation.action)


def delete_action(action: Action, *, actor: Actor, reason: str) -> None:
    """Take an action away for good; its last state stays in the audit trail."""
    require("delete", actor, action.subject())
    if not reason:
        raise ValidationError(_("Say why."))
    records.delete(action, actor=actor, reason=reason)


def translate(record: models.Model, field: str, language: str, written: str, *, actor: Actor) -> None:
    """Write one text of one record in one language."""
    require("translate", actor, record.subject())  # type: ignore[attr-defined]
    text = Text({**getattr(record, field), language: written.strip()})
    records.update(record, {field: as_text(text)}, actor=actor, verb="translate")
