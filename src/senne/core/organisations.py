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
from senne.core.policy import Actor, Subject, require

HOUSES = frozenset({Organisation.Kind.CITY, Organisation.Kind.BODY, Organisation.Kind.PARTNER})


def _segment(record_id: int) -> str:
    return f"{record_id:06d}/"


def _place(organisation: Organisation) -> tuple[str, str]:
    """(path, house): a body or a partner is a house of its own, everything else lives in its parent's.

    An outside partner hangs below the city even without a parent, so that the city's coordination can look after it.
    """
    above = organisation.parent
    if above is None and organisation.kind == Organisation.Kind.PARTNER:
        above = root()
    path = (above.path if above else "/") + _segment(organisation.pk)
    return path, path if above is None or organisation.kind in HOUSES else above.house


@transaction.atomic
def add_organisation(values: Mapping[str, Any], *, actor: Actor) -> Organisation:
    """A new organisation below `values["parent"]` (None: a root or an outside partner).

    Only the coordination opens a new house: whoever manages a body adds services to it, not bodies.
    """
    require("manage_organisations", actor, _future(values.get("kind", ""), values.get("parent")))
    return records.create(Organisation, values, actor=actor, derive=_derive_place)


def _future(kind: str, parent: Organisation | None) -> Subject:
    """An organisation of that kind below `parent`, as the policy will see it (a house of its own where the kind is)."""
    above = parent or root()
    path, house = (above.path, above.house) if above else ("/", "/")
    return Subject("organisation", path + "new/", path + "new/" if kind in HOUSES else house)


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
    """Change fields; a new parent or kind moves the whole sub-tree with it. Raises ValidationError on a loop.

    A move needs the right over the place left and the place taken: it decides who sees what.
    """
    require("manage_organisations", actor, organisation.subject())
    parent: Organisation | None = values.get("parent", organisation.parent)
    kind: str = values.get("kind", organisation.kind)
    if parent != organisation.parent or kind != organisation.kind:
        _require_move(organisation, parent, kind, actor)
    changes = records.update(organisation, values, actor=actor, expected_version=expected_version, reason=reason)
    if {"parent", "kind"} & changes.keys():
        _move(organisation, actor, reason)
    return changes


def _require_move(organisation: Organisation, parent: Organisation | None, kind: str, actor: Actor) -> None:
    if parent is not None and parent.path.startswith(organisation.path):
        raise ValidationError({"parent": _("An organisation cannot be part of itself.")})
    require("manage_organisations", actor, _future(organisation.kind, organisation.parent))
    require("manage_organisations", actor, _future(kind, parent))


def dissolve(organisation: Organisation, on: date, *, actor: Actor, reason: str) -> None:
    """Close an organisation on a day; its records and its history stay, the roles held in it end with that day."""
    change_organisation(organisation, {"dissolved_on": on}, actor=actor, reason=reason)


def _move(organisation: Organisation, actor: Actor, reason: str) -> None:
    """Write path and house anew for the organisation and all below it, parents first, each with its entry."""
    for member in list(Organisation.objects.filter(path__startswith=organisation.path).order_by("path")):
        member = Organisation.objects.select_related("parent").get(pk=member.pk)
        before, after = (member.path, member.house), _place(member)
        if before == after:
            continue
        Organisation.objects.filter(pk=member.pk).update(path=after[0], house=after[1])
        changes = {"path": [before[0], after[0]], "house": [before[1], after[1]]}
        records.note(member, "move", actor=actor, changes=changes, reason=reason, root=organisation)
    organisation.refresh_from_db()


def root() -> Organisation | None:
    """The city itself."""
    return Organisation.objects.filter(kind=Organisation.Kind.CITY, parent=None).order_by("id").first()
