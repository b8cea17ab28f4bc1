"""What is done about people: add, change, give and end roles, invite to an account, leave. History never breaks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
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
    """A token that dies once used (the password changes it), after the reset timeout, or with the next invitation."""

    key_salt = "senne.core.people.InvitationToken"

    def _make_hash_value(self, user: AbstractBaseUser, timestamp: int) -> str:
        whole = super()._make_hash_value(user, timestamp)  # type: ignore[arg-type]
        return f"{whole}{getattr(user, 'invited_at', '')}"


token_maker = InvitationToken()


def add_person(values: Mapping[str, Any], *, actor: Actor) -> Person:
    """Somebody new, with or without an address; an account may come later."""
    organisation: Organisation = values["organisation"]
    require("manage_people", actor, organisation.subject())
    return records.create(Person, values, actor=actor)


@transaction.atomic
def change_person(
    person: Person,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
    today: date | None = None,
) -> dict[str, list[Any]]:
    """Change a person's details. Moving somebody needs the right over both organisations.

    Who moves to another house (from the city to a body, or back) leaves the roles of the old one behind: nobody goes on
    reading the records of a house that they no longer belong to. Within a house, roles stay until they are ended.
    """
    require("manage_people", actor, person.subject())
    if "organisation" in values:
        require("manage_people", actor, values["organisation"].subject())
    old_house = person.organisation.house
    changes = records.update(person, values, actor=actor, expected_version=expected_version, reason=reason)
    if "organisation" in changes and person.organisation.house != old_house:
        _end_roles(person, today or timezone.localdate(), actor, reason, organisation__house=old_house)
    return changes


def _end_roles(person: Person, on: date, actor: Actor, reason: str, **narrow: Any) -> None:
    """The open roles are held until the day `on`, that day not included; never before they began."""
    for assignment in person.roles.filter(until=None, **narrow).select_related("organisation", "person"):
        records.update(assignment, {"until": max(on, assignment.since)}, actor=actor, reason=reason, root=person)


@transaction.atomic
def give_role(
    person: Person, role: Role, organisation: Organisation, *, actor: Actor, since: date, register: str = ""
) -> RoleAssignment:
    """A role from `since` on. Raises ValidationError where the person holds it already, has left, or it does not fit.

    Nobody gives away more than they have: the coordination role is given by the coordination above that organisation.
    """
    require("manage_people", actor, organisation.subject())
    require("manage_people", actor, person.subject())
    _check_role(person, role, organisation, actor, since)
    if role is Role.SPECIALIST and not register:
        raise ValidationError({"register": _("Say which register the specialist keeps.")})
    values = {"person": person, "role": role.value, "organisation": organisation, "register": register}
    if RoleAssignment.objects.filter(**values, until=None).exists():
        raise ValidationError(_("%(name)s holds this role already.") % {"name": person.name})
    return records.create(RoleAssignment, {**values, "since": since}, actor=actor, root=person)


def _check_role(person: Person, role: Role, organisation: Organisation, actor: Actor, since: date) -> None:
    above = (g for g in actor.grants if g.role is Role.COORDINATION and organisation.path.startswith(g.path))
    if role is Role.COORDINATION and not any(above):
        raise ValidationError(_("Only the coordination gives the coordination role."))
    if person.left_on is not None and person.left_on < since:
        raise ValidationError(_("%(name)s has left.") % {"name": person.name})
    if organisation.dissolved_on is not None and organisation.dissolved_on <= since:
        raise ValidationError({"organisation": _("This organisation is dissolved.")})
    if role is Role.BODY_MANAGER and Organisation.objects.filter(path=organisation.house, kind="city").exists():
        raise ValidationError({"organisation": _("A body's manager is given in a para-municipal body.")})


def end_role(assignment: RoleAssignment, until: date, *, actor: Actor, reason: str = "") -> None:
    """The role is held until a day, that day not included: today means at once. That it was held stays known."""
    require("manage_people", actor, assignment.organisation.subject())
    until = max(until, assignment.since)
    records.update(assignment, {"until": until}, actor=actor, reason=reason, root=assignment.person)


@transaction.atomic
def leave(person: Person, on: date, *, actor: Actor, reason: str = "", today: date | None = None) -> None:
    """Somebody leaves with the end of the day `on`: roles end, the account closes, the name stays wherever it stands.

    The account of somebody whose last day is past or today closes at once; otherwise core.chores closes it in time.
    """
    require("manage_people", actor, person.subject())
    at_once = on <= (today or timezone.localdate())
    _end_roles(person, on if at_once else on + timedelta(days=1), actor, reason)
    if at_once:
        close_account(person, actor=actor, reason=reason)
    records.update(person, {"left_on": on}, actor=actor, reason=reason)


def close_account(person: Person, *, actor: Actor, reason: str = "") -> None:
    """Nobody logs in with it any more, and sessions that are open lose their rights with their next request."""
    if person.user is not None and person.user.is_active:
        records.update(person.user, {"is_active": False}, actor=actor, verb="close", reason=reason, root=person)


def close_accounts_of_those_who_left(today: date, *, actor: Actor) -> int:
    """Close the accounts of people whose last day has passed. Returns how many."""
    gone = Person.objects.filter(left_on__lt=today, user__is_active=True).select_related("user")
    for person in gone:
        close_account(person, actor=actor, reason=_("last day passed"))
    return len(gone)


@transaction.atomic
def link_account(person: Person, email: str, *, actor: Actor) -> None:
    """The person gets an account that is there already (opened by single sign-on, or before they were known here).

    Raises ValidationError where there is no such account, or where it or the person is tied already.
    """
    require("manage_people", actor, person.subject())
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        raise ValidationError({"account": _("No account has this address. Invite the person instead.")})
    if person.user_id or Person.objects.filter(user=user).exists():
        raise ValidationError({"account": _("This account, or this person, is linked already.")})
    records.update(person, {"user": user}, actor=actor, verb="link")


@transaction.atomic
def choose_language(person: Person, language: str, *, actor: Actor) -> None:
    """Everybody chooses their own language; for others, those who look after them."""
    if actor.person_id != person.pk:
        require("manage_people", actor, person.subject())
    records.update(person, {"language": language}, actor=actor)
    if person.user is not None:
        records.update(person.user, {"language": language}, actor=actor, root=person)


# ---- Invitations --------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(person: Person, *, actor: Actor) -> str:
    """Open an account for the person (if there is none) and send the address where to set a password.

    Inviting again sends a new link and ends the one before. Returns the address that was sent. Raises ValidationError
    without an e-mail, after the person left, or where the account is in use or is somebody else's.
    """
    require("manage_people", actor, person.subject())
    if not person.email:
        raise ValidationError(_("%(name)s has no e-mail address.") % {"name": person.name})
    if person.left_on is not None and person.left_on <= timezone.localdate():
        raise ValidationError(_("%(name)s has left.") % {"name": person.name})
    user = person.user or User.objects.filter(email__iexact=person.email).first()
    if user is not None and Person.objects.filter(user=user).exclude(pk=person.pk).exists():
        raise ValidationError(_("The account with this address belongs to somebody else."))
    if user is not None and user.has_usable_password():
        raise ValidationError(_("%(name)s has an account already.") % {"name": person.name})
    if user is None:
        user = User.objects.create_user(person.email, None, actor=actor, language=person.language)
    sent = {"invited_at": timezone.now(), "language": person.language}
    records.update(user, sent, actor=actor, verb="invite", root=person)
    if person.user_id != user.pk:
        records.update(person, {"user": user}, actor=actor, verb="invite")
    with override(person.language):
        address = settings.PUBLIC_URL + reverse("invitation", args=[_key(user), token_maker.make_token(user)])
        _send_invitation(person, address, actor)
    return address


@transaction.atomic
def accept_invitation(user: User, password: str, *, actor: Actor | None = None) -> None:
    """The invited person has chosen a password; the link proved that the address is theirs. It works no more."""
    person = Person.objects.filter(user=user).first()
    actor = actor or Actor(user_id=user.pk, name=person.name if person else user.email)
    values = {"password": make_password(password), "invited_at": None}
    records.update(user, values, actor=actor, verb="accept", root=person)
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


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
    holds = user.invited_at is not None and not user.has_usable_password() and token_maker.check_token(user, token)
    return user if holds else None
