"""The door of the editor: only the city's coordination, with its second factor (core.middleware), on this very day; and a
content-security policy that allows what the editor needs, here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.views.decorators.clickjacking import xframe_options_sameorigin

from senne.site.editorial.members import keep_member, may_edit
from senne.site.editorial.tree import GROUP

View = Callable[..., HttpResponse]
# Scripts are files of ours alone (the templates with scripts inside are replaced by ours, see templates/wagtailadmin).
# Styles stand in attributes: the editor measures and moves its panels. Pictures may come from the clipboard.
POLICY: dict[str, list[str]] = {
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "worker-src": [NONE],
}


def behind_the_door(view: View) -> View:
    """The view for those who may edit; others are sent to the login, or refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        member = request.user.groups.filter(name=GROUP).exists()
        if may_edit(request.actor) != member:  # type: ignore[attr-defined]
            member = keep_member(request.user)
        if not member:
            raise PermissionDenied
        # Here, and never saved: whoever keeps the machine needs a second person like everybody else.
        request.user.is_superuser = False
        response = view(request, *args, **kwargs)
        for header in ("Content-Security-Policy", "X-Frame-Options"):
            response.headers.pop(header, None)  # a preview was drawn as a public page: it may be framed here
        return response

    wrapped: Any = xframe_options_sameorigin(csp_replace(POLICY)(guarded))
    return wrapped
