"""What is not translated yet, per language, and a place to write it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from senne.core import policy
from senne.core.policy import Role
from senne.core.text import LANGUAGES
from senne.plan.api import do
from senne.workspace.translating import KINDS, survey, texts_of
from senne.workspace.views.common import staff_page, who


@staff_page
def missing(request: HttpRequest) -> HttpResponse:
    """The list, with the share written in each language."""
    actor = who(request)
    if not actor.paths(Role.COORDINATION, Role.BODY_MANAGER):
        raise PermissionDenied
    lacking, shares = survey(actor)
    only = request.GET.get("to", "")
    shown = [item for item in lacking if not only or item.language == only]
    rows = [
        (code, written, wanted, 100 * written / wanted if wanted else 100) for code, (written, wanted) in shares.items()
    ]
    page = Paginator(shown, 50).get_page(request.GET.get("page"))
    return render(request, "workspace/translations.html", {"page": page, "shares": rows, "only": only})


@staff_page
def write(request: HttpRequest, kind: str, pk: int, field: str, to: str) -> HttpResponse:
    """One text in one language, with the others beside it."""
    model = KINDS.get(kind)
    record = model.objects.filter(pk=pk).first() if model else None
    if model is None or record is None or to not in LANGUAGES or field not in {f.name for f in texts_of(model)}:
        raise Http404
    policy.require("translate", who(request), record.subject())
    if request.method == "POST":
        do.translate(record, field, to, request.POST.get("text", "")[:20000], actor=who(request))
        messages.success(request, _("The translation is saved."))
        return redirect(f"{reverse('workspace:translations')}?to={to}")
    context = {"record": record, "field": field, "to": to, "text": getattr(record, field)}
    return render(request, "workspace/translate.html", context)
