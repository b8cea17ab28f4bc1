"""One's own data to download, the wish to be erased, and the erasure of somebody who left."""

from __future__ import annotations

from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from senne.core import policy
from senne.core.models import Person
from senne.core.privacy import asking
from senne.core.privacy.erasing import Fates, erase_person, foresee, may_be_erased
from senne.core.privacy.exporting import export_own, file_name
from senne.core.privacy.models import Erasure
from senne.core.privacy.register import FATES, Fate, treatments
from senne.core.talk.models import Request
from senne.core.viewing import one, who
from senne.workspace.forms.base import ReasonForm
from senne.workspace.saving import attempt
from senne.workspace.views.common import staff_page


@staff_page
@require_POST
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about me, in one file."""
    actor = who(request)
    content = export_own(actor, timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{file_name(actor.language)}"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


@staff_page
@require_POST
def ask_for_erasure(request: HttpRequest) -> HttpResponse:
    """Ask the coordination to erase what is kept about me."""
    longest = Request._meta.get_field("sentence").max_length or 300
    sentence = request.POST.get("sentence", "")[:longest]
    try:
        asking.ask_for_erasure(sentence, actor=who(request), today=timezone.localdate())
    except ValidationError as fault:
        messages.warning(request, fault.messages[0])
    else:
        messages.success(request, _("The coordination is asked, and answers within a month."))
    return redirect(reverse("workspace:my_account") + "#data")


@staff_page
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """What would go and what would stay; with a reason, it goes."""
    actor, today = who(request), timezone.localdate()
    person = one(Person.objects.select_related("organisation", "user"), pk=pk)
    if not policy.can_view(actor, person.subject()):
        raise Http404
    policy.require("erase_people", actor, person.subject())
    form = ReasonForm(request.POST or None, label=_("Why (for the history)"))
    why_not = may_be_erased(person, today)
    if not why_not and attempt(
        form, lambda: erase_person(person, actor=actor, reason=form.cleaned_data["reason"], today=today)
    ):
        _tell(request, person.pk)
        return redirect("workspace:person", pk)
    fates = foresee(person, actor=actor)
    context = {"person": person, "form": form, "why_not": why_not, "fates": fates, "groups": _by_fate(fates)}
    return render(request, "workspace/people/erase.html", context)


def _by_fate(fates: Fates) -> list[tuple[str, list[tuple[str, int]]]]:
    """(what becomes of it, [(line of the register, how many rows)]) in the order of the fates."""
    titles = {held.model: str(line.title) for line in treatments() for held in line.holdings}
    found: dict[Fate, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for held, count in fates.rows:
        found[held.fate][titles[held.model]] += count
    order = (Fate.DELETED, Fate.CLEARED, Fate.REWRITTEN, Fate.KEPT)
    return [(str(FATES[fate]), list(found[fate].items())) for fate in order if fate in found]


def _tell(request: HttpRequest, pk: int) -> None:
    erasure = Erasure.objects.get(person_id=pk)
    messages.success(request, _("It is done: no name and no address is left."))
    stays = sum(erasure.remains.values())
    if stays:
        text = ngettext(
            "The name stays in %(n)s place of published versions, which never change.",
            "The name stays in %(n)s places of published versions, which never change.",
            stays,
        )
        messages.warning(request, text % {"n": stays})
