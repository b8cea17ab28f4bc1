"""An invited person chooses a password."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from senne.core.people import accept_invitation, invited_user


@never_cache
def accept(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """The link of the mail: it works once, for some days."""
    user = invited_user(key, token)
    if user is None:
        return render(request, "workspace/invitation_over.html", status=410)
    form = SetPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        accept_invitation(user, form.cleaned_data["new_password1"])
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("workspace:home")
    return render(request, "workspace/invitation.html", {"form": form, "user_email": user.email})
