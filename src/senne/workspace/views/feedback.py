"""Messages of citizens: the inbox and the answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from senne.core import answers
from senne.core.feedback import answer_feedback, feedback_for, letter_of
from senne.core.models import Feedback, PublicAnswer
from senne.core.text import LANGUAGE_NAMES
from senne.core.viewing import one, page_of, who
from senne.workspace.addresses import history_address
from senne.workspace.forms.messages import FeedbackForm, PublishForm
from senne.workspace.saving import edit
from senne.workspace.views.common import must_be, staff_page


@staff_page
def inbox(request: HttpRequest) -> HttpResponse:
    """What came in, newest first: by state, mine or everybody's."""
    actor = who(request)
    must_be(actor)
    state = request.GET.get("state", "open")
    mine = request.GET.get("mine") == "1"
    everything = feedback_for(actor)
    counts = {value: everything.filter(state=value).count() for value in Feedback.State.values}
    found = everything
    if state == "open":
        found = found.filter(state__in=(Feedback.State.NEW, Feedback.State.IN_HAND))
    elif state in Feedback.State.values:
        found = found.filter(state=state)
    if mine:
        found = found.filter(handled_by_id=actor.person_id or 0)
    context = {
        "page": page_of(found, request, 20),
        "state": state,
        "mine": mine,
        "open_count": counts[Feedback.State.NEW] + counts[Feedback.State.IN_HAND],
        "states": [(value, label, counts[value]) for value, label in Feedback.State.choices],
    }
    return render(request, "workspace/messages/list.html", context)


@staff_page
def one_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in hand, answer, close."""
    actor = who(request)
    message = one(feedback_for(actor), pk=pk)

    def change(values: dict[str, Any], version: int) -> None:
        answer_feedback(message, values, actor=actor, expected_version=version)

    if message.erased_on is not None:
        return _erased(request, message)
    if request.method == "POST" and "take" in request.POST:
        answer_feedback(message, {"state": Feedback.State.IN_HAND}, actor=actor)
        messages.success(request, _("This message is in your hands."))
        return redirect("workspace:feedback_one", pk)
    editing = edit(request, FeedbackForm, _initial, message, change)
    if editing.done:
        messages.success(request, _("Saved."))
        return redirect("workspace:feedback")
    context = {**_about(message), **editing.shown, "may_publish": answers.may_be_published(message)}
    return render(request, "workspace/messages/message.html", context)


def _erased(request: HttpRequest, message: Feedback) -> HttpResponse:
    """What is left of a message whose text is gone: that it came, what became of it, and what stands on the site."""
    return render(request, "workspace/messages/erased.html", _about(message))


def _about(message: Feedback) -> dict[str, Any]:
    """What is told of a message whether its text is still there or not."""
    return {
        "message": message,
        "language_name": LANGUAGE_NAMES.get(message.language, message.language),
        "history": history_address(message),
        "letter": letter_of(message),
        "published": PublicAnswer.objects.filter(feedback=message).first(),
    }


@staff_page
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put question and answer on the site, change their words there, or take them off."""
    actor = who(request)
    message = one(feedback_for(actor), pk=pk)
    published = PublicAnswer.objects.filter(feedback=message).first()
    if published is None and not answers.may_be_published(message):
        raise Http404
    if request.method == "POST" and "off" in request.POST and published is not None:
        answers.take_off(published, actor=actor)
        messages.success(request, _("Taken off the site."))
        return redirect("workspace:feedback_one", pk)
    form = PublishForm(request.POST or None, initial=_words(message, published))
    if request.method == "POST" and form.is_valid():
        if published is None:
            answers.publish_answer(message, form.values(), actor=actor)
        else:
            answers.reword(published, form.values(), actor=actor)
        messages.success(request, _("It is on the site."))
        return redirect("workspace:feedback_one", pk)
    context = {"message": message, "form": form, "published": published}
    return render(request, "workspace/messages/publish.html", context)


def _words(message: Feedback, published: PublicAnswer | None) -> dict[str, str]:
    """What is on the site already, or what was written, to be made fit for everybody."""
    own = {message.language: message.message}, {message.language: message.answer}
    question, answer = (published.question, published.answer) if published else own
    found = {f"question_{code}": text for code, text in question.items()}
    return found | {f"answer_{code}": text for code, text in answer.items()}


def _initial(message: Feedback) -> dict[str, Any]:
    return {"version": message.version, "state": message.state, "answer": message.answer}
