"""Messages of citizens: the inbox and the answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from senne.core.feedback import answer_feedback, feedback_for
from senne.core.records import Conflict
from senne.workspace.forms import FeedbackForm
from senne.workspace.views.common import staff_page, who


@staff_page
def inbox(request: HttpRequest) -> HttpResponse:
    """What came in, newest first."""
    page = Paginator(feedback_for(who(request)), 30).get_page(request.GET.get("page"))
    return render(request, "workspace/feedback.html", {"page": page})


@staff_page
def one_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in hand, answer, close."""
    message = feedback_for(who(request)).filter(pk=pk).first()
    if message is None:
        raise Http404
    initial = {"version": message.version, "state": message.state, "answer": message.answer}
    form = FeedbackForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            answer_feedback(
                message,
                {"state": data["state"], "answer": data["answer"]},
                actor=who(request),
                expected_version=data["version"],
            )
            messages.success(request, _("Saved."))
            return redirect("workspace:feedback")
        except Conflict:
            form.add_error(None, _("A colleague changed this message meanwhile. Reload the page to see it."))
    return render(request, "workspace/feedback_one.html", {"form": form, "message": message})
