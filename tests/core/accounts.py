"""People of the small city with accounts: logging in, codes of a second factor, what the trail tells."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from senne.core import people
from senne.core.actors import SYSTEM
from senne.core.models import AuditEntry, User
from tests.city import PASSWORD, City

TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LANGUAGES = ("fr", "nl", "en")


def with_account(city: City, name: str, language: str = "fr") -> User:
    """The person has an account with a verified address and a password."""
    person = city.people[name]
    user = User.objects.create_user(f"{name}@city.example", PASSWORD, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    people.change_person(person, {"user": user, "email": user.email, "language": language}, actor=SYSTEM)
    return user


def log_in(client: Client, email: str, password: str = PASSWORD, language: str = "fr") -> Any:
    return client.post(f"/{language}/account/login/", {"login": email, "password": password})


def code(at: float | None = None) -> str:
    return format_hotp_value(hotp_value(TOTP_SECRET, int(at or time.time()) // 30))


def verbs(user: User) -> list[str]:
    return list(
        AuditEntry.objects.filter(kind="core.user", record_id=user.pk).order_by("id").values_list("verb", flat=True)
    )
