"""The talk about a record: comments said, changed, settled and removed; requests made, answered, declined, withdrawn."""

from __future__ import annotations

from typing import Any

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
from senne.core.records import Conflict
from senne.core.talk import asking, reach, saying, subjects
from senne.core.talk.models import Comment, Request
from senne.core.viewing import who
from senne.plan.api import Action
from senne.workspace.addresses import work_address
from senne.workspace.forms.talk import AnswerForm, RemoveForm, RewordForm
from senne.workspace.saving import attempt, put_errors
from senne.workspace.talking import as_asked, ask_form, comment_form, listed
from senne.workspace.templatetags.talking import work_path
from senne.workspace.views.action.common import frame, the_action
from senne.workspace.views.common import back_or, staff_page


def _the_record(request: HttpRequest, name: str, pk: int, verb: str) -> tuple[subjects.Kind, Any]:
    """The kind and the record; 404 where it may not be seen, refused where the verb is not the reader's."""
    kind = subjects.by_name(name)
    record = subjects.seen(kind, pk, who(request)) if kind else None
    if kind is None or record is None:
        raise Http404
    policy.require(verb, who(request), record.subject())
    return kind, record


@staff_page
def talk(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """The talk about any record on a page of its own; an action has one among its groups."""
    kind, record = _the_record(request, name, pk, "see_comments")
    if isinstance(record, Action):
        return redirect("workspace:action_talk", record.plan.code, record.code)
    return _page(request, kind, record)


@staff_page
def about_action(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The talk about an action."""
    action = the_action(request, plan, code, "see_comments")
    return render(request, "workspace/action/talk.html", frame(request, action, "talk"))


def _page(request: HttpRequest, kind: subjects.Kind, record: Any, forms: dict[str, Any] | None = None) -> HttpResponse:
    if isinstance(record, Action):
        action = the_action(request, record.plan.code, record.code, "see_comments")
        return render(request, "workspace/action/talk.html", frame(request, action, "talk", talk_forms=forms))
    context = {
        "record": record,
        "called": str(kind.label(record)),
        "record_page": _page_of(record, request),
        "talk_forms": forms,
    }
    return render(request, "workspace/talk/page.html", context)


def _page_of(record: Any, request: HttpRequest) -> str:
    """Where the record is worked on, if the reader works on it."""
    try:
        return work_address(record) if policy.can_edit(who(request), record.subject()) else ""
    except KeyError:
        return ""


@staff_page
@require_POST
def say(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """One more comment; a refused one stays in its field."""
    kind, record = _the_record(request, name, pk, "comment")
    actor, today = who(request), timezone.localdate()
    form = comment_form(record, actor, reach.around(record.subject(), today), request.POST)
    if form is None:
        raise Http404
    if form.is_valid():
        try:
            text = form.cleaned_data["text"]
            _tell_what_came_of(request, saying.say(record, text, actor=actor, today=today, tell=form.tell()))
        except ValidationError as fault:
            put_errors(form, fault)
        else:
            return back_or(request, work_path(kind.path(record)) + "#talk")
    return _page(request, kind, record, {"comment": form})


def _tell_what_came_of(request: HttpRequest, said: saying.Said) -> None:
    """Who was told of the comment, and who was not, and why."""
    if said.told:
        names = ", ".join(person.name for person in said.told)
        messages.success(request, _("Sent. Told: %(names)s.") % {"names": names})
    else:
        messages.success(request, _("Sent."))
    if said.may_not_read:
        names = ", ".join(person.name for person in said.may_not_read)
        text = ngettext(
            "%(names)s may not read this discussion and was not told. Whoever is named on the record reads it.",
            "%(names)s may not read this discussion and were not told. Whoever is named on the record reads it.",
            len(said.may_not_read),
        )
        messages.warning(request, text % {"names": names})
    if said.nobody:
        names = ", ".join(f"“@{name}”" for name in said.nobody)
        messages.warning(
            request, _("Nobody among your colleagues is called %(names)s: nobody was told.") % {"names": names}
        )


@staff_page
@require_POST
def ask(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Ask a colleague something about the record."""
    kind, record = _the_record(request, name, pk, "ask")
    actor, today = who(request), timezone.localdate()
    form = ask_form(record, actor, reach.around(record.subject(), today), today, request.POST)
    if form is None:
        raise Http404

    def do() -> None:
        values = dict(form.cleaned_data)
        asking.ask(record, values.pop("what"), values.pop("asked"), actor=actor, today=today, **values)

    if attempt(form, do):
        messages.success(request, _("%(name)s is asked and will be told.") % {"name": form.cleaned_data["asked"].name})
        return back_or(request, work_path(kind.path(record)) + "#talk")
    return _page(request, kind, record, {"ask": form})


# ---- One comment --------------------------------------------------------------------------------------------------


def _the_comment(request: HttpRequest, pk: int) -> tuple[Comment, subjects.Kind, Any]:
    comment = Comment.objects.filter(pk=pk).select_related("author").prefetch_related("told").first()
    record = subjects.load([comment.about]).get(comment.about) if comment else None
    if comment is None or record is None or not policy.can_view(who(request), record.subject()):
        raise Http404
    policy.require("see_comments", who(request), record.subject())
    return comment, subjects.kind_of(record), record


@staff_page
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Change or take back one's own; remove a colleague's with a reason."""
    found, kind, record = _the_comment(request, pk)
    actor, own = who(request), found.author_id == who(request).person_id
    if not own:
        policy.require("moderate", actor, record.subject())
    back = f"{work_path(kind.path(record))}#comment-{pk}"
    if found.state != Comment.State.SAID:
        return redirect(back)
    if request.method == "POST" and "take_back" in request.POST:
        saying.take_back(found, actor=actor)
        messages.success(request, _("Your comment is taken back."))
        return redirect(back)
    removing = request.method == "POST" and "remove" in request.POST
    moderates = policy.can_moderate(actor, record.subject()) and not own
    remove_form = RemoveForm(request.POST if removing else None) if moderates else None
    if remove_form and attempt(
        remove_form, lambda: saying.remove(found, remove_form.cleaned_data["because"], actor=actor)
    ):
        messages.success(request, _("The comment is removed."))
        return redirect(back)
    form = _reword(request, found) if own else None
    if form is True:
        return redirect(back)
    context = {
        "comment": found, "form": form, "remove_form": remove_form, "called": str(kind.label(record)),
        "path": kind.path(record),
    }  # fmt: skip
    return render(request, "workspace/talk/comment_page.html", context)


def _reword(request: HttpRequest, found: Comment) -> RewordForm | bool:
    """The form, or True where it was sent and its words are kept."""
    initial = {"text": found.text, "version": found.version}
    form = RewordForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return form
    text, version = form.cleaned_data["text"], form.cleaned_data["version"]
    try:
        said = saying.reword(found, text, actor=who(request), today=timezone.localdate(), expected_version=version)
    except ValidationError as fault:
        put_errors(form, fault)
        return form
    except Conflict as clash:
        data = request.POST.copy()
        data["version"] = str(getattr(clash.current, "version", version))
        form = RewordForm(data, initial=initial)
        form.add_error(
            "text", _("You changed this comment in another window meanwhile. Save again to keep this wording.")
        )
        return form
    _tell_what_came_of(request, said)
    return True


@staff_page
@require_POST
def act_on_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Settled, or not settled after all."""
    found, kind, record = _the_comment(request, pk)
    policy.require("comment", who(request), record.subject())
    try:
        saying.settle(found, "settle" in request.POST, actor=who(request))
    except ValidationError as fault:
        messages.warning(request, fault.messages[0])
    return back_or(request, f"{work_path(kind.path(record))}#comment-{pk}")


# ---- Requests -----------------------------------------------------------------------------------------------------


@staff_page
def requests(request: HttpRequest) -> HttpResponse:
    """What is asked of me, and what I asked."""
    actor, today = who(request), timezone.localdate()
    context = {
        "of_me": listed(asking.asked_of(actor, today), actor, today),
        "by_me": listed(asking.asked_by(actor, today), actor, today),
        "today": today,
    }
    return render(request, "workspace/talk/requests.html", context)


def _the_request(request: HttpRequest, pk: int) -> tuple[Request, Any]:
    """The request and its record: for those who read the record's comments, for who asked, and for who is asked."""
    actor, today = who(request), timezone.localdate()
    found = Request.objects.select_related("asked_by", "asked", "settled_by", "organisation").filter(pk=pk).first()
    record = subjects.load([found.about]).get(found.about) if found else None
    if found is None or record is None:
        raise Http404
    concerned = actor.person_id in {found.asked_by_id, found.asked_id} - {None}
    if concerned or asking.is_asked(found, actor.person_id, today):
        return found, record
    if not policy.can_view(actor, record.subject()):
        raise Http404
    policy.require("see_comments", actor, record.subject())
    return found, record


@staff_page
def one_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer it, decline it with a reason, or withdraw it."""
    found, record = _the_request(request, pk)
    actor, today = who(request), timezone.localdate()
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and attempt(form, lambda: _act_on(request, found, form)):
        messages.success(request, _("Noted. Who is concerned will be told."))
        return redirect("workspace:request", pk)
    stood_for = {actor.person_id, *reach.stands_in_for(actor.person_id, today)} - {None}
    item = as_asked(found, record, actor, stood_for, today)
    erase_path = _erase_path(record, actor) if found.what == Request.What.ERASE else ""
    context = {"item": item, "form": form, "today": today, "erase_path": erase_path}
    return render(request, "workspace/talk/request_page.html", context)


def _act_on(request: HttpRequest, found: Request, form: AnswerForm) -> None:
    actor, today, text = who(request), timezone.localdate(), form.cleaned_data["answer"]
    if "withdraw" in request.POST:
        asking.withdraw(found, actor=actor)
    elif "decline" in request.POST:
        asking.decline(found, text, actor=actor, today=today)
    else:
        asking.answer(found, text, actor=actor, today=today)


def _erase_path(person: Any, actor: policy.Actor) -> str:
    if not policy.can_erase_people(actor, person.subject()):
        return ""
    return reverse("workspace:erase_person", args=[person.pk])
