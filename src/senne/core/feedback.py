"""What citizens write to the city, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from senne.core import records
from senne.core.actors import actors_of
from senne.core.mailing import post
from senne.core.mailing.models import Mail
from senne.core.models import Feedback, Person
from senne.core.organisations import root
from senne.core.policy import Actor, Role, can_answer_feedback, require
from senne.core.reach import managed

# How the keys of the mails begin that hold what a citizen wrote (core.retention empties them).
TOLD, ANSWERED = "message:", "answer:"
CLOSED = frozenset({Feedback.State.ANSWERED, Feedback.State.CLOSED})


@transaction.atomic
def receive_feedback(values: Mapping[str, Any], *, actor: Actor, today: date | None = None) -> Feedback:
    """Keep a message and tell those who may answer it. Without an organisation it goes to the city."""
    organisation = values.get("organisation") or root()
    feedback = records.create(Feedback, {**values, "organisation": organisation}, actor=actor)
    for person in _who_may_answer(feedback, today or timezone.localdate()):
        _tell(feedback, person)
    return feedback


def _who_may_answer(feedback: Feedback, today: date) -> list[Person]:
    """Everybody with an address whom the policy lets answer, and nobody else."""
    managers = (
        Person.objects.filter(roles__role__in=(Role.COORDINATION, Role.BODY_MANAGER))
        .exclude(email="")
        .exclude(user__is_active=False)
        .distinct()
    )
    actors, subject = actors_of(managers, today), feedback.subject()
    return [person for person in managers if person.pk in actors and can_answer_feedback(actors[person.pk], subject)]


def _tell(feedback: Feedback, person: Person) -> None:
    with override(person.language):
        subject = _("New message on the climate plan's site")
        text = f"{feedback.record_label.shown(person.language)[0]}\n\n{feedback.message}"
    key = f"{TOLD}{feedback.pk}:{person.pk}"
    post.queue(key, person.email, subject, text, language=person.language, now=timezone.now(), person=person)


@transaction.atomic
def answer_feedback(
    feedback: Feedback,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    expected_version: int | None = None,
    today: date | None = None,
) -> dict[str, list[Any]]:
    """Take in hand, answer or close; an answer goes by mail to whoever left an address.

    Closing starts the erasure of what the sender gave of themselves (core.retention). Raises ValidationError once erased.
    """
    require("answer_feedback", actor, feedback.subject())
    if feedback.erased_on is not None:
        raise ValidationError(_("This message was erased: nothing more can be done with it."))
    person = Person.objects.filter(pk=actor.person_id or 0).first()
    closed = values.get("state", feedback.state) in CLOSED
    closed_on = feedback.closed_on or today or timezone.localdate()
    values = {**values, "handled_by": person, "closed_on": closed_on if closed else None}
    changes = records.update(feedback, values, actor=actor, expected_version=expected_version)
    if changes.get("state", ["", ""])[1] == Feedback.State.ANSWERED and feedback.email and feedback.answer:
        _send_answer(feedback)
    return changes


def _send_answer(feedback: Feedback) -> None:
    with override(feedback.language):
        body = "{}\n\n----\n{}\n{}".format(feedback.answer, _("You wrote:"), feedback.message)
        subject = _("Answer to your message")
    key = f"{ANSWERED}{feedback.pk}:{feedback.version}"
    post.queue(key, feedback.email, subject, body, language=feedback.language, now=timezone.now())


def letter_of(feedback: Feedback) -> Mail | None:
    """The mail with the last answer, with its fate; None where none was sent."""
    return Mail.objects.filter(key__startswith=f"{ANSWERED}{feedback.pk}:").first()


def feedback_for(actor: Actor) -> QuerySet[Feedback]:
    """The messages that the actor may answer."""
    return Feedback.objects.filter(managed(actor, "organisation__")).select_related("organisation", "handled_by")
