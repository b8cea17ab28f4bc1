"""Who may open an account: those whom the coordination knows; and, if the environment says so, anybody."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import AddEmailForm
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from senne.core import records
from senne.core.actors import actor_of
from senne.core.limits import client_address
from senne.core.models import Person, User
from senne.core.policy import Actor, Role
from senne.core.security import tell_locked
from senne.core.text import LANGUAGES

JUST_NOW = 300


def known_person(email: str) -> Person | None:
    """The person in post with this address who has no account yet."""
    return Person.objects.filter(email__iexact=email, user=None, left_on=None).first() if email else None


class AccountAdapter(DefaultAccountAdapter):
    """No self-registration unless SENNE_SELF_REGISTRATION; after login, to the workspace; mails in the reader's language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.ACCOUNT_SELF_REGISTRATION)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The workspace, in the person's own language whatever that of the login page."""
        language = getattr(request.user, "language", "")
        if language not in LANGUAGES:
            return reverse("workspace:home")
        with override(language):
            return reverse("workspace:home")

    get_signup_redirect_url = get_login_redirect_url

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Sensitive changes ask for the password again, but a first second factor not of who has just logged in."""
        user = self.request.user
        if app == "allauth.mfa" and not Authenticator.objects.filter(user_id=user.pk).exists():
            records_of_login = get_authentication_records(self.request, user)
            if any(time.time() - float(item["at"]) < JUST_NOW for item in records_of_login):
                return False
        return bool(super().is_reauthentication_required(app=app, **more))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """As allauth does; a refused attempt is answered with 429 (core.middleware) and leaves its trace."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            request.too_many_attempts = True  # type: ignore[attr-defined]
            tell_locked(str(credentials.get("email") or ""))
            raise

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of whoever gets it, not of whoever asked for it."""
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = getattr(user, "language", "")
        if language not in LANGUAGES:
            super().send_mail(template_prefix, email, context)
            return
        with override(language):
            super().send_mail(template_prefix, email, self._in_language(context))

    def _in_language(self, context: dict[str, Any]) -> dict[str, Any]:
        """Addresses of our own pages in the active language."""
        changed = dict(context)
        for key in ("password_reset_url", "activate_url"):
            url = str(context.get(key, ""))
            for code in LANGUAGES:
                url = url.replace(f"/{code}/account/", reverse("account_login").split("login/")[0])
            if url:
                changed[key] = url
        return changed


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """A login by OpenID Connect is for people whom the coordination knows, by an address that the server has verified."""

    def authenticate_by_email(self, sociallogin: Any) -> Any:
        """As allauth does, once 'verified' means what it says: some servers send the word, and "false" is not empty."""
        for address in sociallogin.email_addresses:
            address.verified = str(address.verified).lower() == "true"
        return super().authenticate_by_email(sociallogin)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse strangers and unverified addresses with a page that says why, before anything is written."""
        if sociallogin.is_existing or self.is_open_for_signup(request, sociallogin):
            return
        verified = any(address.verified for address in sociallogin.email_addresses)
        email = sociallogin.user.email if sociallogin.user else ""
        context = {"verified": verified, "email": email, "provider": sociallogin.provider.name}
        raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", context, status=403))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        emails = [address.email for address in sociallogin.email_addresses if address.verified]
        return bool(emails and (known_person(emails[0]) or settings.ACCOUNT_SELF_REGISTRATION))

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        """The account of a known person, tied to them, with its entries."""
        person = known_person(sociallogin.user.email)
        if person is not None:
            sociallogin.user.language = person.language
        user: User = super().save_user(request, sociallogin, form)
        actor = Actor(user_id=user.pk, name=person.name if person else user.email)
        email = {"email": [None, user.email], "provider": [None, str(sociallogin.account.provider)]}
        records.note(user, "create", actor=actor, changes=email, root=person)
        if person is not None:
            records.update(person, {"user": user}, actor=actor, verb="link")
        return user


class SecondFactorAdapter(DefaultMFAAdapter):
    """Who coordinates keeps a second factor."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not actor_of(authenticator.user).paths(Role.COORDINATION)


class ChangeEmailForm(AddEmailForm):
    """A new address of one's own: not that of another person or account, which invitations and logins go by."""

    def clean_email(self) -> str:
        value = str(super().clean_email())
        taken = User.objects.filter(email__iexact=value).exclude(pk=self.user.pk).exists()
        if taken or Person.objects.filter(email__iexact=value).exclude(user=self.user).exists():
            raise ValidationError(_("This address belongs to somebody else. Ask the coordination."))
        return value


def too_many_attempts(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give the answer to a refused login its right status: 429, with the time to wait."""
    if getattr(request, "too_many_attempts", False):
        response.status_code = 429
        response["Retry-After"] = "300"
    return response
