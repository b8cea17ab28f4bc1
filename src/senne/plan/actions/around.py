"""What is done to what hangs on an action: steps, budget lines, links, contacts, tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.models import Person, Versioned
from senne.core.policy import Actor, require
from senne.core.text import LANGUAGES, Text
from senne.plan.actions.structure import swap
from senne.plan.models import Action, ActionContact, ActionDocument, ActionLink, BudgetLine, Step, Tag
from senne.plan.words import ContactRole

Values = Mapping[str, Any]
Child = TypeVar("Child", Step, BudgetLine, ActionLink, ActionDocument)


def add_child(model: type[Child], action: Action, values: Values, *, actor: Actor) -> Child:
    """A new step, budget line, link or document of an action."""
    require("edit", actor, action.subject())
    return records.create(model, {**values, "action": action}, actor=actor, root=action)


def change_child(child: Child, values: Values, *, actor: Actor, expected_version: int | None = None) -> None:
    """Change a step, budget line, link or document. Raises Conflict for a step that somebody saved meanwhile."""
    require("edit", actor, child.action.subject())
    version = expected_version if isinstance(child, Versioned) else None
    records.update(child, values, actor=actor, expected_version=version, root=child.action)


def remove_child(child: Child, *, actor: Actor) -> None:
    """Take it away; the history keeps it."""
    require("edit", actor, child.action.subject())
    records.delete(child, actor=actor, root=child.action)


def tick_step(step: Step, done_on: date | None, *, actor: Actor) -> None:
    """A step is done on a day, or not done after all: whoever may report may say so."""
    require("report", actor, step.action.subject())
    records.update(step, {"done_on": done_on}, actor=actor, root=step.action)


@transaction.atomic
def move_step(step: Step, up: bool, *, actor: Actor) -> None:
    """One place up or down among the action's steps."""
    require("edit", actor, step.action.subject())
    swap(list(step.action.steps.all()), step, up, actor, root=step.action)


# ---- People -------------------------------------------------------------------------------------------------------


@transaction.atomic
def set_contacts(action: Action, contacts: Sequence[tuple[Person, ContactRole]], *, actor: Actor) -> None:
    """The people of an action, all at once."""
    require("edit", actor, action.subject())
    wanted = {(person.pk, role.value): (person, role) for person, role in contacts}
    for contact in action.contacts.select_related("person"):
        if wanted.pop((contact.person_id, contact.role), None) is None:
            records.delete(contact, actor=actor, root=action)
    for person, role in wanted.values():
        _name(action, person, role.value, actor)


def add_contact(action: Action, person: Person, role: ContactRole, *, actor: Actor) -> None:
    """Somebody has a part in the action. Raises ValidationError where they have it already, or left."""
    require("edit", actor, action.subject())
    if person.left_on is not None:
        raise ValidationError({"person": _("%(name)s has left.") % {"name": person.name}})
    if action.contacts.filter(person=person, role=role).exists():
        raise ValidationError({"person": _("%(name)s is named as that already.") % {"name": person.name}})
    _name(action, person, role.value, actor)


def _name(action: Action, person: Person, role: str, actor: Actor) -> None:
    records.create(ActionContact, {"action": action, "person": person, "role": role}, actor=actor, root=action)


def remove_contact(contact: ActionContact, *, actor: Actor) -> None:
    """Somebody has this part no longer."""
    require("edit", actor, contact.action.subject())
    records.delete(contact, actor=actor, root=contact.action)


# ---- Tags ---------------------------------------------------------------------------------------------------------


def new_tag(action: Action, name: Text, *, actor: Actor) -> Tag:
    """A tag for whoever may edit the action: the one that has this name in any language already, else a new one."""
    require("edit", actor, action.subject())
    slugs = {slugify(text)[:60] for text in name.values()} - {""}
    if not slugs:
        raise ValidationError({"new_tag": _("A tag needs letters or digits.")})
    for tag in Tag.objects.all():
        if tag.slug in slugs or slugs & {slugify(text)[:60] for text in tag.name.values()}:
            return tag
    first = next(name[code] for code in LANGUAGES if slugify(name.get(code, "")))
    return records.create(Tag, {"slug": slugify(first)[:60], "name": name}, actor=actor)
