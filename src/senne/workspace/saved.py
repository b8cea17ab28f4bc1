"""Saved views: kept, renamed, shared, dropped; and those that a reader has to choose from."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.models import Organisation, Person
from senne.core.policy import Actor, require
from senne.workspace.listing.asked import asked_from
from senne.workspace.models import SavedView

MOST = 40


def views_for(actor: Actor) -> QuerySet[SavedView]:
    """The reader's own views, and those shared with an organisation in which (or below which) they have a role."""
    seen = Q(person_id=actor.person_id or 0)
    above = {path[:end] for grant in actor.grants for path in [grant.path] for end in _ends(path)}
    seen |= Q(shared_with__path__in=above)
    return SavedView.objects.filter(seen).select_related("person", "shared_with").order_by("name", "pk")


def _ends(path: str) -> list[int]:
    """Where the paths of the organisation and of those above it end: each closes with a slash."""
    return [place + 1 for place, sign in enumerate(path) if sign == "/" and place]


def sharing_choices(person: Person) -> list[Organisation]:
    """With whom somebody may share: their own organisation, and those above it within the same house."""
    unit = person.organisation
    paths = [unit.path[:end] for end in _ends(unit.path)]
    found = Organisation.objects.filter(path__in=paths, house=unit.house, dissolved_on=None)
    return list(found.order_by("-path"))


def keep_view(name: str, query: str, shared_with: Organisation | None, *, actor: Actor) -> SavedView:
    """A new view of one's own. Raises ValidationError where the name is taken, or there are too many already."""
    person = _person_of(actor)
    require("keep_view", actor, SavedView(person=person, shared_with=shared_with).subject())
    if SavedView.objects.filter(person=person).count() >= MOST:
        raise ValidationError(_("You have %(n)s saved views already. Delete one first.") % {"n": MOST})
    _check(person, name, shared_with)
    values = {"person": person, "name": name.strip(), "query": canonical(query), "shared_with": shared_with}
    return records.create(SavedView, values, actor=actor)


def change_view(
    view: SavedView, name: str, shared_with: Organisation | None, *, actor: Actor, expected_version: int | None = None
) -> None:
    """Another name, or other readers. Raises Refused, ValidationError, Conflict."""
    require("keep_view", actor, view.subject())
    _check(view.person, name, shared_with, view)
    values = {"name": name.strip(), "shared_with": shared_with}
    records.update(view, values, actor=actor, expected_version=expected_version)


def drop_view(view: SavedView, *, actor: Actor) -> None:
    """Take it away: who made it, or who manages the organisation with which it is shared."""
    require("keep_view", actor, view.subject())
    records.delete(view, actor=actor)


def canonical(query: str) -> str:
    """The query as the page itself would write it: only what it knows, nothing of the moment."""
    return asked_from(QueryDict(query[:4000])).kept[:1500]


def _person_of(actor: Actor) -> Person:
    person = Person.objects.select_related("organisation").filter(pk=actor.person_id or 0).first()
    if person is None:
        raise ValidationError(_("Your account is not linked to anybody in the city yet."))
    return person


def _check(person: Person, name: str, shared_with: Organisation | None, view: SavedView | None = None) -> None:
    name = name.strip()
    if not name:
        raise ValidationError({"name": _("Give the view a name.")})
    taken = SavedView.objects.filter(person=person, name=name).exclude(pk=view.pk if view else 0)
    if taken.exists():
        raise ValidationError({"name": _("You have a view with this name already.")})
    kept = view is not None and view.shared_with == shared_with
    if shared_with is not None and not kept and shared_with not in sharing_choices(person):
        raise ValidationError({"shared_with": _("Views are shared with one's own organisation.")})
