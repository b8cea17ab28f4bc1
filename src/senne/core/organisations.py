"""What is done to organisations: add, change, move, dissolve. Each keeps `path` and `house` true below it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.models import Organisation
from senne.core.policy import Actor, require


def _segment(record_id: int) -> str:
    return f"{record_id:06d}/"


def _place(organisation: Organisation) -> tuple[str, str]:
    """(path, house) from the parent's: a body is a house of its own, everything else lives in its parent's."""
    parent = organisation.parent
    path = (parent.path if parent else "/") + _segment(organisation.pk)
    own_house = parent is None or organisation.kind == Organisation.Kind.BODY
    return path, path if own_house or parent is None else parent.house


@transaction.atomic
def add_organisation(values: Mapping[str, Any], *, actor: Actor) -> Organisation:
    """A new organisation below `values["parent"]` (None: a root or an outside partner)."""
    parent: Organisation | None = values.get("parent")
    require("manage_organisations", actor, (parent or root() or Organisation(path="/", house="/")).subject())
    return records.create(Organisation, values, actor=actor, derive=_derive_place)


def _derive_place(organisation: Organisation) -> None:
    organisation.path, organisation.house = _place(organisation)


@transaction.atomic
def change_organisation(
    organisation: Organisation,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
) -> dict[str, list[Any]]:
    """Change fields; a new parent or kind moves the whole sub-tree with it. Raises ValidationError on a loop."""
    require("manage_organisations", actor, organisation.subject())
    parent: Organisation | None = values.get("parent", organisation.parent)
    if parent is not None:
        require("manage_organisations", actor, parent.subject())
        if parent.path.startswith(organisation.path):
            raise ValidationError({"parent": _("An organisation cannot be part of itself.")})
    changes = records.update(organisation, values, actor=actor, expected_version=expected_version, reason=reason)
    if {"parent", "kind"} & changes.keys():
        _move(organisation)
    return changes


def dissolve(organisation: Organisation, on: date, *, actor: Actor, reason: str) -> None:
    """Close an organisation on a day; its records and its history stay."""
    change_organisation(organisation, {"dissolved_on": on}, actor=actor, reason=reason)


def _move(organisation: Organisation) -> None:
    """Write path and house anew for the organisation and all below it, parents first."""
    for member in Organisation.objects.filter(path__startswith=organisation.path).order_by("path"):
        member = Organisation.objects.select_related("parent").get(pk=member.pk)
        path, house = _place(member)
        Organisation.objects.filter(pk=member.pk).update(path=path, house=house)
    organisation.refresh_from_db()


def root() -> Organisation | None:
    """The city itself."""
    return Organisation.objects.filter(kind=Organisation.Kind.CITY, parent=None).order_by("id").first()
