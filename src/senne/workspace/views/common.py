"""What the workspace's views share: a login, the actor, the error page of a refused right, form errors from actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from senne.core.policy import Actor, Refused

View = Callable[..., HttpResponse]


def staff_page(view: View) -> View:
    """A page for people with an account; a right refused anywhere below is a 403."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            raise PermissionDenied(str(refusal)) from refusal

    return never_cache(login_required(wrapped))


def who(request: HttpRequest) -> Actor:
    """The actor of the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def put_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Show an action's refusal at the fields that it names, or above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, messages in error.message_dict.items():
        form.add_error(name if name in form.fields else None, messages)
