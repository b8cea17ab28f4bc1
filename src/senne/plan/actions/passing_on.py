"""Somebody leaves, a department is dissolved: what they carried goes to those who come after."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.models import Organisation, Person
from senne.core.policy import Actor, can_edit, require
from senne.indicators import api as indicators
from senne.plan.models import Action, ActionContact, Objective, Step
from senne.plan.words import Status

OVER = (Status.DONE, Status.ABANDONED)


@transaction.atomic
def hand_over(person: Person, to: Person, *, actor: Actor, reason: str = "") -> int:
    """Open actions, undone steps and objectives of `person` go to `to`, as far as the actor may edit them.

    Returns how many records changed hands. Finished actions keep their names.
    """
    if to.pk == person.pk or to.left_on is not None:
        raise ValidationError({"to": _("Choose somebody else who is still there.")})
    with records.in_one_go():
        return _pass_on(person, to, actor, reason)


def _pass_on(person: Person, to: Person, actor: Actor, reason: str) -> int:
    passed = 0
    for contact in _contacts(person):
        if can_edit(actor, contact.action.subject()):
            _pass_contact(contact, to, actor, reason)
            passed += 1
    for step in Step.objects.filter(assignee=person, done_on=None).select_related("action__plan__organisation"):
        if can_edit(actor, step.action.subject()):
            records.update(step, {"assignee": to}, actor=actor, reason=reason, root=step.action)
            passed += 1
    for action in Action.objects.filter(sponsor=person).exclude(status__in=OVER):
        if can_edit(actor, action.subject()):
            records.update(action, {"sponsor": to}, actor=actor, reason=reason)
            passed += 1
    for objective in Objective.objects.filter(owner=person):
        if can_edit(actor, objective.subject()):
            records.update(objective, {"owner": to}, actor=actor, reason=reason)
            passed += 1
    return passed + indicators.do.hand_over(person, to, actor=actor, reason=reason)


def _contacts(person: Person) -> list[ActionContact]:
    found = ActionContact.objects.filter(person=person, action__merged_into=None, action__superseded_by=None)
    return list(found.exclude(action__status__in=OVER).select_related("action__plan__organisation", "action__lead"))


def _pass_contact(contact: ActionContact, to: Person, actor: Actor, reason: str) -> None:
    action, role = contact.action, contact.role
    records.delete(contact, actor=actor, reason=reason, root=action)
    if not action.contacts.filter(person=to, role=role).exists():
        values = {"action": action, "person": to, "role": role}
        records.create(ActionContact, values, actor=actor, reason=reason, root=action)


@transaction.atomic
def succeed(organisation: Organisation, by: Organisation, *, actor: Actor, reason: str = "") -> int:
    """Open actions and objectives that `organisation` leads are led by another; returns how many."""
    if by.pk == organisation.pk or by.dissolved_on is not None:
        raise ValidationError({"successor": _("Choose another organisation that still exists.")})
    require("manage_organisations", actor, organisation.subject())
    require("manage_organisations", actor, by.subject())
    passed = 0
    for action in Action.objects.filter(lead=organisation).exclude(status__in=OVER):
        require("edit", actor, action.subject())
        records.update(action, {"lead": by}, actor=actor, reason=reason)
        passed += 1
    for objective in Objective.objects.filter(lead=organisation):
        require("edit", actor, objective.subject())
        records.update(objective, {"lead": by}, actor=actor, reason=reason)
        passed += 1
    return passed + indicators.do.succeed(organisation, by, actor=actor, reason=reason)
