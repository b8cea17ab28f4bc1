"""How I am written to: how often about what, who stands in while I am away, my duties in my own calendar."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from senne.core.duties import absences
from senne.core.duties.models import Absence, CalendarKey
from senne.core.mailing import notices
from senne.core.mailing.rules import Cadence
from senne.core.models import Person
from senne.core.viewing import one, who
from senne.workspace.agenda import agenda_of
from senne.workspace.forms.mails import AbsenceForm, MailsForm
from senne.workspace.reach import colleagues
from senne.workspace.saving import attempt
from senne.workspace.views.common import staff_page


def me(request: HttpRequest) -> Person:
    """The person behind the account; 404 where there is none."""
    return one(Person.objects.select_related("organisation"), pk=who(request).person_id or 0)


@staff_page
def mails(request: HttpRequest) -> HttpResponse:
    """Everything about it on one page; each part has its own button."""
    person = me(request)
    form = MailsForm(request.POST or None, initial={k: c.value for k, c in notices.cadences(person).items()})
    if request.method == "POST" and form.is_valid():
        for kind, cadence in form.values().items():
            if cadence:
                notices.choose(person, kind, Cadence(cadence))
        messages.success(request, _("Saved."))
        return redirect("workspace:mails")
    return _page(request, person, form, _absence_form(request, None))


def _absence_form(request: HttpRequest, data: object) -> AbsenceForm:
    people = colleagues(who(request)).exclude(pk=who(request).person_id or 0)
    return AbsenceForm(data, people=people)


def _page(request: HttpRequest, person: Person, form: MailsForm, absence_form: AbsenceForm) -> HttpResponse:
    today = timezone.localdate()
    key = CalendarKey.objects.filter(person=person).first()
    context = {
        "person": person,
        "form": form,
        "absence_form": absence_form,
        "absences": person.absences.filter(end__gte=today).select_related("deputy").order_by("start"),
        "stands_in_for": person.deputising.filter(end__gte=today).select_related("person").order_by("start"),
        "calendar": settings.PUBLIC_URL + reverse("calendar", args=[key.secret]) if key else "",
        "most": settings.MAILS_A_WEEK,
    }
    return render(request, "workspace/mails.html", context)


@staff_page
@require_POST
def add_absence(request: HttpRequest) -> HttpResponse:
    """I am away."""
    person, form = me(request), _absence_form(request, request.POST)
    if attempt(form, lambda: absences.add_absence(person, form.values(), actor=who(request))):
        messages.success(request, _("Noted. Your deputy is told of what falls due meanwhile."))
        return redirect("workspace:mails")
    chosen = {kind: cadence.value for kind, cadence in notices.cadences(person).items()}
    return _page(request, person, MailsForm(initial=chosen), form)


@staff_page
@require_POST
def remove_absence(request: HttpRequest, pk: int) -> HttpResponse:
    """I am not away after all."""
    absences.remove_absence(one(Absence.objects.select_related("person__organisation"), pk=pk), actor=who(request))
    messages.success(request, _("Removed. The history keeps it."))
    return redirect("workspace:mails")


@staff_page
@require_POST
def new_calendar(request: HttpRequest) -> HttpResponse:
    """A secret address, or another one in its place."""
    absences.new_calendar_key(me(request))
    messages.success(request, _("This is the address of your calendar. Keep it to yourself."))
    return redirect("workspace:mails")


@never_cache
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """My duties as a calendar, for the program that has the secret address; no login."""
    key = CalendarKey.objects.filter(secret=secret, person__left_on=None).select_related("person").first()
    if key is None:
        raise Http404
    with override(key.person.language):
        content = agenda_of(key.person, timezone.localdate(), timezone.now())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
