"""My account: who I am here, my roles in a sentence, my language, and the ways to password, addresses, second factor."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from senne.core import people as people_actions
from senne.core.models import Person
from senne.core.policy import Role
from senne.core.privacy.asking import waiting_request
from senne.core.text import LANGUAGE_NAMES, LANGUAGES
from senne.core.viewing import who
from senne.workspace.views.common import staff_page
from senne.workspace.views.people import role_text
from senne.workspace.words import ROLE_EXPLANATIONS


@staff_page
def account(request: HttpRequest) -> HttpResponse:
    """A page of one's own; the language is changed here, the rest by the coordination."""
    actor = who(request)
    person = Person.objects.filter(pk=actor.person_id or 0).select_related("organisation").first()
    if request.method == "POST" and person is not None and request.POST.get("language") in LANGUAGES:
        people_actions.choose_language(person, request.POST["language"], actor=actor)
        with override(request.POST["language"]):
            messages.success(request, _("Saved."))
            return redirect(reverse("workspace:my_account"))
    held = person.roles.filter(until=None).select_related("organisation") if person else []
    context = {
        "person": person,
        "roles": [(role_text(role), ROLE_EXPLANATIONS[Role(role.role)]) for role in held],
        "languages": list(LANGUAGE_NAMES.items()),
        "erasure_asked": waiting_request(person) if person else None,
        "second_factor": Authenticator.objects.filter(user_id=actor.user_id, type=Authenticator.Type.TOTP).exists(),
    }
    return render(request, "workspace/account.html", context)
