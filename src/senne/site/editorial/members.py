"""Who edits and reviews: the coordination of the whole city, on the day, and nobody who was that once.

Wagtail knows groups; we know roles that begin and end. The group follows the roles: at once when a role, a person or an
account changes, every hour for roles that end by themselves, and at the door with each request (senne.site.editorial.door).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.users.models import UserProfile

from senne.core import records
from senne.core.actors import actor_of, actor_of_person
from senne.core.models import Organisation, Person, RoleAssignment, User
from senne.core.organisations import root
from senne.core.policy import Actor, Role, can_edit_pages
from senne.site.editorial.tree import GROUP


def may_edit(actor: Actor) -> bool:
    """Whether the actor coordinates the whole city today."""
    city = root()
    return city is not None and can_edit_pages(actor, city.subject())


def keep_member(user: User, day: date | None = None) -> bool:
    """Put the account into the group, or take it out, as its person's roles say. Returns whether it is in."""
    person = Person.objects.filter(user=user).first()
    actor = actor_of_person(person, day) if person else actor_of(user)
    belongs = user.is_active and may_edit(actor)
    group, _made = Group.objects.get_or_create(name=GROUP)
    if belongs:
        user.groups.add(group)
        _speak(user, person.language if person else user.language)
    else:
        user.groups.remove(group)
    return belongs


def keep_members(day: date) -> int:
    """The whole group anew: whoever is in it or holds the role. Returns how many are in it."""
    holders = Person.objects.filter(roles__role=Role.COORDINATION, user__isnull=False).values("user_id")
    users = User.objects.filter(groups__name=GROUP) | User.objects.filter(pk__in=holders)
    return sum(keep_member(user, day) for user in users.distinct())


def _speak(user: User, language: str) -> None:
    """The editor and its mails are in the person's language."""
    profile = UserProfile.get_for_user(user)
    if profile.preferred_language != language:
        UserProfile.objects.filter(pk=profile.pk).update(preferred_language=language)


def _keep_each(users: QuerySet[User]) -> None:
    for user in users.distinct():
        keep_member(user)


def _roles_changed(assignments: list[RoleAssignment]) -> None:
    _keep_each(User.objects.filter(person__in=[assignment.person_id for assignment in assignments]))


def _people_changed(people: list[Person]) -> None:
    """Theirs, and accounts that were taken from their person."""
    strangers = Q(groups__name=GROUP, person=None)
    _keep_each(User.objects.filter(Q(person__in=[person.pk for person in people]) | strangers))


def _accounts_changed(users: list[User]) -> None:
    _keep_each(User.objects.filter(pk__in=[user.pk for user in users]))


def _organisations_changed(changed: list[Organisation]) -> None:
    """A city that is dissolved ends the roles that are held in it."""
    if any(organisation.kind == Organisation.Kind.CITY for organisation in changed):
        keep_members(timezone.localdate())


def register() -> None:
    """Called once when the room starts."""
    hooks: dict[str, Any] = {
        "core.roleassignment": _roles_changed,
        "core.person": _people_changed,
        "core.user": _accounts_changed,
        "core.organisation": _organisations_changed,
    }
    for kind, hook in hooks.items():
        records.on_change(kind, hook)
