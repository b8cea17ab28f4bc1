"""The people of an action: owner, contributors, approvers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from senne.core.viewing import who
from senne.plan.api import ActionContact, do, words
from senne.workspace.forms.around import ContactForm
from senne.workspace.reach import colleagues
from senne.workspace.saving import attempt
from senne.workspace.views.action.common import frame, group_address, the_action, the_child
from senne.workspace.views.common import staff_page


@staff_page
@require_POST
def add_contact(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Somebody gets a part in the action; a fault shows the page again with what was chosen."""
    action, actor = the_action(request, plan, code), who(request)
    form = ContactForm(request.POST, people=colleagues(actor, action), prefix="contact")
    if form.is_valid():
        person, role = form.cleaned_data["person"], words.ContactRole(form.cleaned_data["role"])
        if attempt(form, lambda: do.add_contact(action, person, role, actor=actor)):
            messages.success(request, _("%(name)s is named on this action.") % {"name": person.name})
            return redirect(group_address(action, "who") + "#people")
    context = frame(request, action, "who", form=None, contact_form=form)
    return render(request, "workspace/action/who.html", context)


@staff_page
@require_POST
def remove_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody has this part no longer."""
    contact = the_child(request, ActionContact, pk)
    name = contact.person.name
    do.remove_contact(contact, actor=who(request))
    messages.success(request, _("%(name)s is no longer named as that.") % {"name": name})
    return redirect(group_address(contact.action, "who") + "#people")
