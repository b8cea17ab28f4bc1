"""Objectives: what the coordination changes."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from senne.core import policy
from senne.core.history import history_of
from senne.core.records import Conflict
from senne.plan.api import do, queries
from senne.workspace.forms import ObjectiveForm
from senne.workspace.versions import both_versions, renew_version
from senne.workspace.views.common import put_errors, staff_page, who

FIELDS = ("statement", "description", "horizon", "lead", "owner", "weight", "visibility")


@staff_page
def objective(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Edit an objective; its history below."""
    actor = who(request)
    record = queries.objectives(actor).filter(plan__code=plan, code=code).first()
    if record is None:
        raise Http404
    policy.require("shape", actor, record.subject())
    form = ObjectiveForm(request.POST or None, initial={n: getattr(record, n) for n in (*FIELDS, "version")})
    conflict = None
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in FIELDS}
        try:
            do.change_part(record, values, actor=actor, expected_version=form.cleaned_data["version"])
            messages.success(request, _("Saved."))
            return redirect(reverse("site:objective", args=[plan, code]))
        except Conflict as clash:
            renew_version(form, clash)
            conflict = both_versions(clash)
        except ValidationError as error:
            put_errors(form, error)
    entries = history_of(record, record.subject(), actor=actor)[:50]
    context = {"form": form, "objective": record, "conflict": conflict, "entries": entries}
    return render(request, "workspace/objective.html", context)
