"""How records of several plans hang together: objectives that answer each other, actions that wait for each other."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.policy import Actor, require
from senne.plan.models import Action, ActionRelation, Objective, ObjectiveLink
from senne.plan.words import ObjectiveLinkKind, RelationKind


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
    if objective.pk == other.pk:
        raise ValidationError(_("An objective cannot be tied to itself."))
    if ObjectiveLink.objects.filter(objective=objective, other=other).exists():
        raise ValidationError(_("These objectives are tied already."))
    values = {"objective": objective, "other": other, "kind": kind.value}
    return records.create(ObjectiveLink, values, actor=actor, root=objective)


def untie_objectives(link: ObjectiveLink, *, actor: Actor) -> None:
    """Take the tie away; it is the affair of the objective that answers."""
    require("shape", actor, link.objective.subject())
    records.delete(link, actor=actor, root=link.objective)


def relate(action: Action, other: Action, kind: RelationKind, *, actor: Actor) -> ActionRelation:
    """Say that an action precedes, blocks or is related to another. A circle of precedence is refused."""
    require("edit", actor, action.subject())
    require("view", actor, other.subject())
    if action.pk == other.pk:
        raise ValidationError(_("An action cannot stand before itself."))
    if ActionRelation.objects.filter(action=action, other=other, kind=kind).exists():
        raise ValidationError(_("This is said already."))
    if kind is not RelationKind.RELATED and _leads_to(other, action, kind):
        raise ValidationError(_("This would make a circle: the other action already comes first."))
    values = {"action": action, "other": other, "kind": kind.value}
    return records.create(ActionRelation, values, actor=actor, root=action)


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
    """Take the relation away."""
    require("edit", actor, relation.action.subject())
    records.delete(relation, actor=actor, root=relation.action)
