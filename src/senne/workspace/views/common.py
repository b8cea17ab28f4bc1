"""What the workspace's views share: a login, the error page of a refused right, the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache

from senne.core.policy import Actor, Refused, Role

View = Callable[..., HttpResponse]
MANAGERS = (Role.COORDINATION, Role.BODY_MANAGER)


def staff_page(view: View) -> View:
    """A page for people with an account; a right refused anywhere below is a 403."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_login(request)
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            raise PermissionDenied(str(refusal)) from refusal

    return never_cache(wrapped)


def _to_login(request: HttpRequest) -> HttpResponseRedirect:
    """The login page, which comes back here; from the workspace's door it leads to the reader's own language instead."""
    login = reverse("account_login")
    if request.path == reverse("workspace:home"):
        return redirect(login)
    return redirect(f"{login}?{urlencode({'next': request.get_full_path()})}")


def must_be(actor: Actor, roles: Iterable[Role] = MANAGERS) -> None:
    """403 for those who hold none of the roles anywhere; what they may do with each record the policy says."""
    if not actor.paths(*roles):
        raise PermissionDenied


def back_or(request: HttpRequest, address: str) -> HttpResponseRedirect:
    """Back to the page of ours that the form names in `back`, else to `address`."""
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if back and ours else address)
