"""The actor on each request, and the second factor that the coordination must have."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from senne.core.actors import actor_of
from senne.core.policy import Actor, Role

Handler = Callable[[HttpRequest], HttpResponse]


class ActorRequest(HttpRequest):
    """A request that knows who asks (for type checkers; the middleware sets `actor`)."""

    actor: Actor


class ActorMiddleware:
    """Sets `request.actor`, loaded when first asked for."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = cast(Actor, SimpleLazyObject(lambda: actor_of(request.user)))  # type: ignore[attr-defined]
        return self.get_response(request)


class SecondFactorMiddleware:
    """Sends coordination accounts without a second factor to the page where they set one up, and nowhere else."""

    OPEN_PATHS = ("/account/", "/static/")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and self._is_closed(request) and _needs_second_factor(request):
            messages.warning(request, _("Your role needs a second factor. Set it up to go on."))
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _is_closed(self, request: HttpRequest) -> bool:
        path = request.path_info
        if len(path) > 3 and path[3] == "/" and path[0] == "/":
            path = path[3:]
        return not path.startswith(self.OPEN_PATHS)


def _needs_second_factor(request: HttpRequest) -> bool:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.paths(Role.COORDINATION):
        return False
    key = "second_factor"
    if request.session.get(key) != actor.user_id:
        if not Authenticator.objects.filter(user_id=actor.user_id, type=Authenticator.Type.TOTP).exists():
            return True
        request.session[key] = actor.user_id
    return False
