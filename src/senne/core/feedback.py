"""What citizens write to the city, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from senne.core import records
from senne.core.models import Feedback, Person, RoleAssignment
from senne.core.organisations import root
from senne.core.policy import Actor, Role, require


def receive_feedback(values: Mapping[str, Any], *, actor: Actor) -> Feedback:
    """Keep a message and tell the coordination. Without an organisation it goes to the city's coordination."""
    organisation = values.get("organisation") or root()
    feedback = records.create(Feedback, {**values, "organisation": organisation}, actor=actor)
    addresses = list(
        Person.objects.filter(roles__in=RoleAssignment.objects.filter(role=Role.COORDINATION, until=None), left_on=None)
        .exclude(email="")
        .values_list("email", "language")
        .distinct()
    )
    transaction.on_commit(lambda: _tell(feedback, addresses))
    return feedback


def _tell(feedback: Feedback, addresses: list[tuple[str, str]]) -> None:
    for email, language in addresses:
        with override(language):
            send_mail(
                _("New message on the climate plan's site"),
                f"{feedback.record_label.shown(language)[0]}\n\n{feedback.message}",
                None,
                [email],
                fail_silently=True,
            )


def answer_feedback(
    feedback: Feedback,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    expected_version: int | None = None,
) -> dict[str, list[Any]]:
    """Take in hand, answer or close; an answer goes by mail to whoever left an address."""
    require("answer_feedback", actor, feedback.subject())
    person = Person.objects.filter(pk=actor.person_id or 0).first()
    changes = records.update(feedback, {**values, "handled_by": person}, actor=actor, expected_version=expected_version)
    if changes.get("state", ["", ""])[1] == Feedback.State.ANSWERED and feedback.email and feedback.answer:
        transaction.on_commit(lambda: _send_answer(feedback))
    return changes


def _send_answer(feedback: Feedback) -> None:
    with override(feedback.language):
        body = "{}\n\n----\n{}\n{}".format(feedback.answer, _("You wrote:"), feedback.message)
        send_mail(
            _("Answer to your message"),
            body,
            settings.DEFAULT_FROM_EMAIL,
            [feedback.email],
            fail_silently=True,
        )


def feedback_for(actor: Actor) -> QuerySet[Feedback]:
    """The messages that the actor may answer."""
    reach = Q(pk__in=[])
    for grant in actor.grants:
        if grant.role is Role.COORDINATION:
            reach |= Q(organisation__path__startswith=grant.path)
        elif grant.role is Role.BODY_MANAGER:
            reach |= Q(organisation__path__startswith=grant.path, organisation__house=grant.house)
    return Feedback.objects.filter(reach).select_related("organisation", "handled_by")
