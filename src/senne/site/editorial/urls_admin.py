"""The editor's addresses, all behind our door. Wagtail's own logins, passwords and accounts are not there: ours are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, re_path
from wagtail.admin import urls as wagtail_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from senne.site.editorial.door import behind_the_door


def _to_ours(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    return redirect("workspace:home")


urlpatterns = [
    path("login/", _to_ours, name="wagtailadmin_login"),
    path("logout/", lambda request: redirect("account_logout"), name="wagtailadmin_logout"),
    path("account/", _to_ours, name="wagtailadmin_account"),
    re_path(r"^password_reset/", _to_ours),
    *decorate_urlpatterns(wagtail_urls.urlpatterns, behind_the_door),
]
