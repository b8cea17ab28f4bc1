"""What happens to accounts leaves its trace: logins and failures, passwords, second factors, addresses, outside logins."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as social
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import Signal
from django.http import HttpRequest

from senne.core import records
from senne.core.actors import actor_of
from senne.core.models import Person, User
from senne.core.policy import Actor

SECOND_FACTOR = "second_factor"


def tell(user: User, verb: str, *, changes: dict[str, list[Any]] | None = None, by_owner: bool = True) -> None:
    """One entry about the account, under its person where there is one. `by_owner`: the person did it themselves."""
    person = Person.objects.filter(user=user).first()
    actor = actor_of(user) if by_owner else Actor(name="–")
    records.note(user, verb, actor=actor, changes=changes, root=person)


def _logged_in(sender: Any, request: HttpRequest | None, user: User, **_more: Any) -> None:
    methods = [str(item["method"]) for item in get_authentication_records(request, user)] if request else []
    tell(user, "login", changes={"method": [None, ", ".join(methods) or "link"]})


def _login_failed(sender: Any, credentials: dict[str, Any], **_more: Any) -> None:
    """Failures are told of accounts that exist; what strangers type is not kept."""
    address = str(credentials.get("email") or credentials.get("username") or "")
    user = User.objects.filter(email__iexact=address).first()
    if user is not None:
        tell(user, "login_failed", by_owner=False)


def tell_locked(address: str) -> None:
    """Too many failures: logins with this address are refused for some minutes."""
    user = User.objects.filter(email__iexact=address).first()
    if user is not None:
        tell(user, "login_locked", by_owner=False)


def _authenticator_added(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    tell(user, "second_factor_on", changes={"type": [None, str(authenticator.type)]})
    if authenticator.type == Authenticator.Type.TOTP:
        # Setting it up asked for a code: this session has shown its second factor.
        request.session[SECOND_FACTOR] = user.pk


def _authenticator_removed(user: User, authenticator: Authenticator, **_more: Any) -> None:
    tell(user, "second_factor_off", changes={"type": [str(authenticator.type), None]})


def _authenticator_failed(user: User, **_more: Any) -> None:
    tell(user, "second_factor_failed", by_owner=False)


def _email_changed(user: User, from_email_address: Any, to_email_address: Any, **_more: Any) -> None:
    before = from_email_address.email if from_email_address else None
    tell(user, "email_changed", changes={"email": [before, to_email_address.email]})
    person = Person.objects.filter(user=user, email__iexact=before or "").first()
    if person is not None and before:
        records.update(person, {"email": to_email_address.email}, actor=actor_of(user))


def _simply(signal: Signal, verb: str) -> None:
    def told(sender: Any, user: User, **_more: Any) -> None:
        tell(user, verb)

    signal.connect(told, weak=False, dispatch_uid=f"senne.{verb}")


def _outside_login(signal: Signal, verb: str) -> None:
    def told(sender: Any, **more: Any) -> None:
        account = more.get("socialaccount") or more["sociallogin"].account
        tell(account.user, verb, changes={"provider": [None, str(account.provider)]})

    signal.connect(told, weak=False, dispatch_uid=f"senne.{verb}")


def register() -> None:
    """Called once when the room starts."""
    user_logged_in.connect(_logged_in, dispatch_uid="senne.login")
    user_login_failed.connect(_login_failed, dispatch_uid="senne.login_failed")
    mfa.authenticator_added.connect(_authenticator_added, dispatch_uid="senne.second_factor_on")
    mfa.authenticator_removed.connect(_authenticator_removed, dispatch_uid="senne.second_factor_off")
    mfa.authentication_failed.connect(_authenticator_failed, dispatch_uid="senne.second_factor_failed")
    account.email_changed.connect(_email_changed, dispatch_uid="senne.email_changed")
    _simply(account.password_changed, "password_changed")
    _simply(account.password_set, "password_set")
    _simply(account.password_reset, "password_reset")
    _simply(mfa.authenticator_reset, "recovery_codes_renewed")
    _outside_login(social.social_account_added, "outside_login_added")
    _outside_login(social.social_account_removed, "outside_login_removed")
