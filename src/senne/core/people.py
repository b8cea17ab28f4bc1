"""What is done about people: add, change, give and end roles, invite to an account, leave. History never breaks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import override

from senne.core import records
from senne.core.models import Organisation, Person, RoleAssignment, User
from senne.core.policy import Actor, Role, require


class InvitationToken(PasswordResetTokenGenerator):
    """A token that dies once used (the password changes it) or after the reset timeout."""

    key_salt = "senne.core.people.InvitationToken"


token_maker = InvitationToken()


def add_person(values: Mapping[str, Any], *, actor: Actor) -> Person:
    """Somebody new, with or without an address; an account may come later."""
    organisation: Organisation = values["organisation"]
    require("manage_people", actor, organisation.subject())
    return records.create(Person, values, actor=actor)


def change_person(
    person: Person,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
) -> dict[str, list[Any]]:
    """Change a person's details. Moving somebody needs the right over both organisations."""
    require("manage_people", actor, person.subject())
    if "organisation" in values:
        require("manage_people", actor, values["organisation"].subject())
    return records.update(person, values, actor=actor, expected_version=expected_version, reason=reason)


@transaction.atomic
def give_role(
    person: Person, role: Role, organisation: Organisation, *, actor: Actor, since: date, register: str = ""
) -> RoleAssignment:
    """A role from `since` on. Raises ValidationError where the person holds it already.

    Nobody gives away more than they have: the coordination role is given by the coordination only.
    """
    require("manage_people", actor, organisation.subject())
    require("manage_people", actor, person.subject())
    if role is Role.COORDINATION:
        require("publish", actor, organisation.subject())
        if not actor.paths(Role.COORDINATION):
            raise ValidationError(_("Only the coordination gives the coordination role."))
    if role is Role.SPECIALIST and not register:
        raise ValidationError({"register": _("Say which register the specialist keeps.")})
    values = {"person": person, "role": role.value, "organisation": organisation, "register": register}
    if RoleAssignment.objects.filter(**values, until=None).exists():
        raise ValidationError(_("%(name)s holds this role already.") % {"name": person.name})
    return records.create(RoleAssignment, {**values, "since": since}, actor=actor, root=person)


def end_role(assignment: RoleAssignment, until: date, *, actor: Actor, reason: str = "") -> None:
    """The role ends on a day; that it was held stays known."""
    require("manage_people", actor, assignment.organisation.subject())
    until = max(until, assignment.since)
    records.update(assignment, {"until": until}, actor=actor, reason=reason, root=assignment.person)


@transaction.atomic
def leave(person: Person, on: date, *, actor: Actor, reason: str = "") -> None:
    """Somebody leaves: roles end, the account closes, the name stays wherever it stands."""
    require("manage_people", actor, person.subject())
    for assignment in person.roles.filter(until=None).select_related("organisation", "person"):
        records.update(assignment, {"until": max(on, assignment.since)}, actor=actor, reason=reason, root=person)
    if person.user is not None:
        User.objects.filter(pk=person.user.pk).update(is_active=False)
    records.update(person, {"left_on": on}, actor=actor, reason=reason)


@transaction.atomic
def invite(person: Person, *, actor: Actor) -> str:
    """Open an account for the person (if there is none) and send the address where to set a password.

    Returns the address that was sent. Raises ValidationError without an e-mail, or where the account is in use.
    """
    require("manage_people", actor, person.subject())
    if not person.email:
        raise ValidationError(_("%(name)s has no e-mail address.") % {"name": person.name})
    user = person.user or User.objects.filter(email__iexact=person.email).first()
    if user is not None and user.has_usable_password():
        raise ValidationError(_("%(name)s has an account already.") % {"name": person.name})
    if user is None:
        user = User.objects.create_user(person.email, None, language=person.language)
    User.objects.filter(pk=user.pk).update(invited_at=timezone.now())
    if person.user_id != user.pk:
        records.update(person, {"user": user}, actor=actor, verb="invite")
    with override(person.language):
        address = settings.PUBLIC_URL + reverse("invitation", args=[_key(user), token_maker.make_token(user)])
        _send_invitation(person, address, actor)
    return address


def _send_invitation(person: Person, address: str, actor: Actor) -> None:
    body = _(
        "Hello %(name)s,\n\n%(sender)s invites you to Senne, where the climate plan is followed.\n"
        "Choose your password here (the link works for %(days)s days):\n\n%(address)s\n\n"
        "If you did not expect this message, you may ignore it."
    ) % {
        "name": person.name,
        "sender": actor.name,
        "days": timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days,
        "address": address,
    }
    transaction.on_commit(lambda: send_mail(_invitation_subject(person.language), body, None, [person.email]))


def _invitation_subject(language: str) -> str:
    with override(language):
        return _("Your access to Senne")


def _key(user: User) -> str:
    return urlsafe_base64_encode(force_bytes(user.pk))


def invited_user(key: str, token: str) -> User | None:
    """The account behind an invitation link that still holds, else None."""
    try:
        user = User.objects.get(pk=urlsafe_base64_decode(key).decode(), is_active=True)
    except (User.DoesNotExist, ValueError, UnicodeDecodeError):
        return None
    return user if not user.has_usable_password() and token_maker.check_token(user, token) else None
