"""Absences and the secret calendar address of a person: said by themselves, or for them by those who lead them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.duties.models import Absence, CalendarKey, new_secret
from senne.core.models import Person
from senne.core.policy import Actor, require


def add_absence(person: Person, values: Mapping[str, Any], *, actor: Actor) -> Absence:
    """Away from a day through another; the deputy acts meanwhile. Raises ValidationError where two absences overlap."""
    require("set_absence", actor, Absence(person=person).subject())
    _check(person, values)
    return records.create(Absence, {**values, "person": person}, actor=actor)


def _check(person: Person, values: Mapping[str, Any]) -> None:
    start, end, deputy = values["start"], values["end"], values.get("deputy")
    if end < start:
        raise ValidationError({"end": _("The absence ends before it begins.")})
    if deputy is not None and deputy.pk == person.pk:
        raise ValidationError({"deputy": _("Somebody else must stand in.")})
    if deputy is not None and deputy.left_on is not None:
        raise ValidationError({"deputy": _("%(name)s has left.") % {"name": deputy.name}})
    if Absence.objects.filter(person=person, start__lte=end, end__gte=start).exists():
        raise ValidationError({"start": _("There is an absence in these days already. Take that one away first.")})


def remove_absence(absence: Absence, *, actor: Actor) -> None:
    """Back earlier, or a mistake."""
    require("set_absence", actor, absence.subject())
    records.delete(absence, actor=actor)


@transaction.atomic
def new_calendar_key(person: Person) -> CalendarKey:
    """A secret address for one's own calendar; one that was there before answers no more."""
    CalendarKey.objects.filter(person=person).delete()
    return CalendarKey.objects.create(person=person, secret=new_secret())
