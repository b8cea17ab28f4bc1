"""Who may open an account: those who were invited; and, if the environment says so, anybody."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from senne.core.models import Person, User


class AccountAdapter(DefaultAccountAdapter):
    """No self-registration unless SENNE_SELF_REGISTRATION; after login, to the workspace in the person's language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.ACCOUNT_SELF_REGISTRATION)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("workspace:home")


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """A login by OpenID Connect opens an account only for a person whom the coordination knows by that address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        email = sociallogin.user.email
        known = Person.objects.filter(email__iexact=email, user=None, left_on=None).exists() if email else False
        return known or bool(settings.ACCOUNT_SELF_REGISTRATION)

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        user: User = super().save_user(request, sociallogin, form)
        Person.objects.filter(email__iexact=user.email, user=None).update(user=user)
        return user
