"""Whose records a coordination or a body's manager looks after; the same cut as the policy's, as a query."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from senne.core.models import Organisation, Person
from senne.core.policy import Actor, Subject, can_create, can_manage_people
from senne.core.reach import colleagues as colleagues_q
from senne.core.reach import managed
from senne.plan.api import Amendment


def people(actor: Actor) -> QuerySet[Person]:
    """People whom the actor manages."""
    return Person.objects.filter(managed(actor, "organisation__")).select_related("organisation", "user")


def organisations(actor: Actor) -> QuerySet[Organisation]:
    """Organisations that the actor manages, as a tree."""
    return Organisation.objects.filter(managed(actor)).select_related("parent").order_by("path")


def amendments(actor: Actor) -> QuerySet[Amendment]:
    """Amendments of the plans that the actor may amend, the latest first."""
    found = Amendment.objects.filter(managed(actor, "plan__organisation__"))
    return found.select_related("plan__organisation", "prepared_by", "reviewed_by", "version_after")


def colleagues(actor: Actor, named_on: Any = None) -> QuerySet[Person]:
    """People in post whom the actor may name: of their own houses (the coordination: of all below it).

    With an action, also those who are named on it already, and for its managers those of the partners' houses.
    """
    found = colleagues_q(actor, "organisation__")
    if named_on is not None:
        named = [contact.person_id for contact in named_on.contacts.all()]
        named += [step.assignee_id for step in named_on.steps.all() if step.assignee_id]
        found |= Q(pk__in=[*named, named_on.sponsor_id or 0])
        if can_manage_people(actor, named_on.subject()):
            found |= Q(organisation__house__in=[partner.house for partner in named_on.partners.all()])
    there = Person.objects.filter(found).filter(left_on=None).select_related("organisation")
    return there.order_by("organisation__path", "name")


def standing(keep: int | None = None) -> QuerySet[Organisation]:
    """Organisations that still exist, as a tree; and the one to keep although it is dissolved."""
    return Organisation.objects.filter(Q(dissolved_on=None) | Q(pk=keep or 0)).order_by("path")


def possible_leads(actor: Actor, keep: int | None = None) -> QuerySet[Organisation]:
    """Organisations under which the actor may put an action."""
    allowed = [o.pk for o in standing() if can_create(actor, Subject("action", o.path, o.house))]
    return Organisation.objects.filter(pk__in=[*allowed, keep or 0]).order_by("path")
