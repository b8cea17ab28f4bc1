"""What becomes of an action beside its status: merged into another, replaced by another, copied, opened again."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.policy import Actor, require
from senne.plan.actions.action import create_action
from senne.plan.models import Action, IndicatorLink, Step


@transaction.atomic
def merge_action(action: Action, into: Action, *, actor: Actor, reason: str) -> None:
    """Merge an action into another: it stays readable, counts nowhere, and points to the one that goes on."""
    _close(action, "merged_into", into, actor, reason)


@transaction.atomic
def supersede_action(action: Action, by: Action, *, actor: Actor, reason: str) -> None:
    """Replace an action by another."""
    _close(action, "superseded_by", by, actor, reason)


def _close(action: Action, field: str, other: Action, actor: Actor, reason: str) -> None:
    require("shape", actor, action.subject())
    require("view", actor, other.subject())
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    seen = {action.pk}
    following: Action | None = other
    while following is not None:
        if following.pk in seen:
            raise ValidationError(_("These actions would point at each other."))
        seen.add(following.pk)
        following = following.merged_into or following.superseded_by
    records.update(action, {field: other}, actor=actor, reason=reason)
    _measured_on(action, other, actor, reason)


def _measured_on(action: Action, other: Action, actor: Actor, reason: str) -> None:
    """What measured the action measures from now on the one that goes on."""
    there = set(other.indicator_links.values_list("indicator_id", flat=True))
    for link in action.indicator_links.exclude(indicator__in=there).select_related("indicator"):
        values = {"indicator": link.indicator, "action": other}
        records.create(IndicatorLink, values, actor=actor, reason=reason, root=other)


def reopen_action(action: Action, *, actor: Actor, reason: str) -> None:
    """A merged or replaced action goes on under its own name again."""
    require("shape", actor, action.subject())
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    records.update(action, {"merged_into": None, "superseded_by": None}, actor=actor, reason=reason)


@transaction.atomic
def copy_action(action: Action, code: str, *, actor: Actor) -> Action:
    """A copy under a new code, to start; its steps come along undone."""
    require("view", actor, action.subject())
    names = ["title", "description", "expected_effect", "lead", "sponsor", "priority", "visibility", "continuous"]
    values: dict[str, Any] = {name: getattr(action, name) for name in names}
    values |= {"plan": action.plan, "code": code, "copy_of": action}
    for many in ("objectives", "characteristics", "tags", "partners"):
        values[many] = list(getattr(action, many).all())
    made = create_action(values, actor=actor)
    for step in action.steps.all():
        records.create(Step, {"action": made, "title": step.title, "order": step.order}, actor=actor, root=made)
    return made
