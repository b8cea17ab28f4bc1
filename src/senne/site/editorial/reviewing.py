"""From a draft to a published page with two people; mails to those who are to read, and to who submitted; off the site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, WorkflowState
from wagtail.signals import task_approved, task_rejected, task_submitted, workflow_approved, workflow_rejected

from senne.core.mailing import post
from senne.core.models import Person, User
from senne.core.organisations import root
from senne.core.policy import Actor, require
from senne.site.editorial.models import Review
from senne.site.editorial.tree import GROUP


class ReasonForm(forms.Form):
    """Why a page goes back: whoever wrote it must be able to do something with it."""

    comment = forms.CharField(
        label=gettext_lazy("What is to be changed, and why"), widget=forms.Textarea({"rows": 4}), max_length=2000
    )


@transaction.atomic
def submit(page: Any, user: User) -> Any:
    """Ask for a review of the latest draft; a page that was sent back goes on in the same review."""
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
        return state
    return page.get_workflow().start(page, user)


def review_of(page: Any) -> Review | None:
    """The review that goes on, or None."""
    state = page.current_workflow_task_state
    return state.specific if state is not None else None


@transaction.atomic
def decide(page: Any, user: User, action: str, comment: str = "") -> None:
    """'approve' (it is published, now or on its day) or 'reject' with a reason.

    Raises PermissionDenied for who may not: the submitter, the writer of the last version, strangers.
    """
    review = review_of(page)
    if review is not None:
        review.task.specific.on_action(review, user, action, comment=comment)


@transaction.atomic
def take_offline(page: Any, *, actor: Actor, user: User) -> None:
    """Off the site at once, and out of the calendar: one person may, since a mistake must not wait for a second."""
    city = root()
    if city is not None:
        require("edit_pages", actor, city.subject())
    for revision in page.revisions.filter(approved_go_live_at__isnull=False):
        revision.approved_go_live_at = None
        revision.save(user=user, update_fields=["approved_go_live_at"])
    if page.live:
        UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)


# ---- Mails ---------------------------------------------------------------------------------------------------------


def _submitted(sender: Any, instance: Any, user: Any, **_more: Any) -> None:
    page = instance.workflow_state.content_object
    readers = User.objects.filter(groups__name=GROUP, is_active=True)
    for reader in readers.exclude(pk=user.pk) if user else readers:
        with override(_language(reader)):
            text = _(
                "%(who)s asks you to read “%(title)s” before it is published:\n\n%(address)s\n\n"
                "Approve it, or send it back with a reason."
            )
            values = {"who": _name(user), "title": page.title, "address": _address("editorial_review", page)}
            _write(f"submitted:{instance.pk}", reader, _("To read: %(title)s") % {"title": page.title}, text % values)


def _rejected(sender: Any, instance: Any, user: Any, **_more: Any) -> None:
    review, page = instance.specific, instance.workflow_state.content_object
    if review.submitted_by is None:
        return
    with override(_language(review.submitted_by)):
        text = _("%(who)s sends “%(title)s” back:\n\n%(reason)s\n\nGo on with it here:\n%(address)s")
        values = {
            "who": _name(user),
            "title": page.title,
            "reason": review.comment,
            "address": _address("wagtailadmin_pages:edit", page),
        }
        subject = _("Sent back: %(title)s") % {"title": page.title}
        _write(f"rejected:{instance.pk}", review.submitted_by, subject, text % values)


def _approved(sender: Any, instance: Any, user: Any, **_more: Any) -> None:
    review, page = instance.specific, instance.workflow_state.content_object.specific
    if review.submitted_by is None:
        return
    with override(_language(review.submitted_by)):
        text = _("%(who)s approved “%(title)s”. It is, or will be on its day, here:\n\n%(address)s")
        values = {"who": _name(user), "title": page.title, "address": page.full_url}
        subject = _("Approved: %(title)s") % {"title": page.title}
        _write(f"approved:{instance.pk}", review.submitted_by, subject, text % values)


def _write(key: str, to: User, subject: str, text: str) -> None:
    person = Person.objects.filter(user=to).first()
    language = _language(to)
    key = f"editorial:{key}:{to.pk}"
    post.queue(key, to.email, subject, text, language=language, now=timezone.now(), person=person)


def _language(user: User) -> str:
    person = Person.objects.filter(user=user).first()
    return person.language if person else user.language


def _name(user: Any) -> str:
    person = Person.objects.filter(user=user).first() if user else None
    return person.name if person else "Senne"


def _address(name: str, page: Page) -> str:
    return settings.PUBLIC_URL + reverse(name, args=[page.pk])


def register() -> None:
    """Called once when the room starts. Wagtail's own mails, which know no submitter, are put aside."""
    workflow_rejected.disconnect(sender=WorkflowState, dispatch_uid="workflow_state_rejected_email_notification")
    workflow_approved.disconnect(sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification")
    task_submitted.connect(_submitted, sender=Review, dispatch_uid="senne.editorial.submitted")
    task_rejected.connect(_rejected, sender=Review, dispatch_uid="senne.editorial.rejected")
    task_approved.connect(_approved, sender=Review, dispatch_uid="senne.editorial.approved")
