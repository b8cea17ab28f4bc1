"""Addresses without what no store can hold, the actor on each request, the second factor of the coordination."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from senne.core.accounts import too_many_attempts
from senne.core.actors import actor_of
from senne.core.policy import Actor, Role
from senne.core.security import SECOND_FACTOR
from senne.core.text import LANGUAGES

Handler = Callable[[HttpRequest], HttpResponse]
NUL = "\x00"


class NulMiddleware:
    """NUL says nothing, and PostgreSQL fails on it: a path with it is not found, a query or form is read without it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or NUL in query:
            request.META["QUERY_STRING"] = query.replace("%00", "").replace(NUL, "")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """The form without it, before any view reads it."""
        if request.method != "POST" or not any(NUL in value for _name, sent in request.POST.lists() for value in sent):
            return
        form = request.POST.copy()
        for name, sent in request.POST.lists():
            form.setlist(name, [value.replace(NUL, "") for value in sent])
        request.POST = form  # type: ignore[assignment]


class ActorMiddleware:
    """Sets `request.actor`, loaded when first asked for."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = cast(Actor, SimpleLazyObject(lambda: actor_of(request.user)))  # type: ignore[attr-defined]
        return too_many_attempts(request, self.get_response(request))


class SecondFactorMiddleware:
    """Lets the coordination go nowhere before its second factor: set up, and shown in this very session.

    A link in a mail, or an outside login, may open a session without asking for a code: that is caught here too.
    """

    OPEN_PATHS = ("/account/", "/static/")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or self._is_open(request):
            return self.get_response(request)
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if not actor.paths(Role.COORDINATION):
            return self.get_response(request)
        if not Authenticator.objects.filter(user_id=actor.user_id, type=Authenticator.Type.TOTP).exists():
            messages.warning(request, _("Your role needs a second factor. Set it up to go on."))
            return redirect("mfa_activate_totp")
        if not _has_shown_second_factor(request):
            return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)

    def _is_open(self, request: HttpRequest) -> bool:
        path = request.path_info
        if path[1:3] in LANGUAGES and path[3:4] == "/":
            path = path[3:]
        return path.startswith(self.OPEN_PATHS)


def _has_shown_second_factor(request: HttpRequest) -> bool:
    """Set up in this session, or a code (or a recovery code) given in it."""
    if request.session.get(SECOND_FACTOR) == request.user.pk:
        return True
    return any(item.get("method") == "mfa" for item in get_authentication_records(request, request.user))
