"""Answers to citizens that everybody may read: the sender agreed when writing, the city agrees when answering, and each of
them may take it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from senne.core import records
from senne.core.mailing import post
from senne.core.models import Feedback, PublicAnswer
from senne.core.policy import VISITOR, Actor, require

SALT = "senne.core.answers"
# How the keys of the mails begin that tell a writer of it (core.retention empties them).
PUBLISHED = "published:"


def may_be_published(feedback: Feedback) -> bool:
    """Whether the sender agreed, an answer was given, and nothing of it is erased yet."""
    return feedback.may_publish and feedback.state == Feedback.State.ANSWERED and feedback.erased_on is None


@transaction.atomic
def publish_answer(
    feedback: Feedback, values: Mapping[str, Any], *, actor: Actor, today: date | None = None
) -> PublicAnswer:
    """Put question and answer on the site in words that name nobody, and tell the sender where, with the way back.

    Raises ValidationError where the sender did not agree, or no answer was given yet.
    """
    require("answer_feedback", actor, feedback.subject())
    if not may_be_published(feedback):
        raise ValidationError(_("Only an answered message whose writer agreed can be published."))
    about = {"kind": feedback.kind, "record_id": feedback.record_id, "organisation": feedback.organisation}
    day = today or timezone.localdate()
    values = {**values, **about, "feedback": feedback, "published_on": day}
    made = records.create(PublicAnswer, values, actor=actor, root=feedback)
    if feedback.email:
        _tell(feedback, made)
    return made


def reword(answer: PublicAnswer, values: Mapping[str, Any], *, actor: Actor) -> None:
    """Other words for what is on the site."""
    require("answer_feedback", actor, answer.subject())
    records.update(answer, values, actor=actor, root=answer.feedback)


def take_off(answer: PublicAnswer, *, actor: Actor) -> None:
    """Off the site, for good: by who may answer messages."""
    require("answer_feedback", actor, answer.subject())
    records.delete(answer, actor=actor, root=answer.feedback)


def take_off_mine(token: str) -> bool:
    """Off the site by the link that its sender got. Returns whether the link was one of ours and something was there."""
    answer = answer_of(token)
    if answer is None:
        return False
    records.delete(answer, actor=VISITOR)
    return True


def answer_of(token: str) -> PublicAnswer | None:
    """The published answer of a sender's link."""
    try:
        return PublicAnswer.objects.filter(pk=signing.loads(token, salt=SALT)).first()
    except (signing.BadSignature, ValueError, TypeError):
        return None


def answers(kind: str = "", record_id: int | None = None) -> QuerySet[PublicAnswer]:
    """Published answers, newest first: all, or those about one record."""
    found = PublicAnswer.objects.all()
    return found.filter(kind=kind, record_id=record_id) if kind else found


def _tell(feedback: Feedback, answer: PublicAnswer) -> None:
    with override(feedback.language):
        token = signing.dumps(answer.pk, salt=SALT)
        text = _(
            "You agreed that your question and our answer be published without your name. They are here:\n\n%(page)s\n\n"
            "You changed your mind? Take them off the site here, now or later:\n\n%(off)s"
        ) % {
            "page": f"{settings.PUBLIC_URL}{reverse('site:answers')}#answer-{answer.pk}",
            "off": settings.PUBLIC_URL + reverse("site:answer_off", args=[token]),
        }
        subject = _("Your question is answered on the site")
    key = f"{PUBLISHED}{answer.pk}"
    post.queue(key, feedback.email, subject, text, language=feedback.language, now=timezone.now())
