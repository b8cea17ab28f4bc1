"""Amending a plan: changes prepared beside the plan in force, looked at, reviewed by a second person, adopted in one go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.actors import SYSTEM
from senne.core.models import Person
from senne.core.policy import Actor, require
from senne.plan import freezing
from senne.plan.actions.amending import apply_changes
from senne.plan.models import Amendment, AmendmentChange, Plan, Snapshot
from senne.plan.picturing import picture_of
from senne.plan.rules.comparison import Comparison, compare
from senne.plan.rules.picture import Picture
from senne.plan.words import AmendmentState, ChangeKind

Values = Mapping[str, Any]


# ---- Preparing ----------------------------------------------------------------------------------------------------


def prepare_amendment(values: Values, *, actor: Actor) -> Amendment:
    """A new amendment of `values["plan"]`, without changes yet."""
    plan: Plan = values["plan"]
    require("amend", actor, plan.subject())
    person = Person.objects.filter(pk=actor.person_id or 0).first()
    return records.create(Amendment, {**values, "prepared_by": person}, actor=actor)


def change_amendment(
    amendment: Amendment, values: Values, *, actor: Actor, expected_version: int | None = None
) -> None:
    """Change its name, reason, decision reference or date, as long as it is not adopted."""
    _may_prepare(amendment, actor)
    records.update(amendment, values, actor=actor, expected_version=expected_version)


def _may_prepare(amendment: Amendment, actor: Actor) -> None:
    require("amend", actor, amendment.plan.subject())
    if amendment.state in {AmendmentState.ADOPTED, AmendmentState.WITHDRAWN}:
        raise ValidationError(_("This amendment is closed. Prepare a new one."))


@transaction.atomic
def add_change(
    amendment: Amendment, kind: str, record_kind: str, code: str, values: Values, *, actor: Actor, note: str = ""
) -> AmendmentChange:
    """One more change. Raises ValidationError where it could not be made after those that stand before it."""
    _may_change(amendment, actor)
    order = amendment.changes.count()
    fields = {
        "amendment": amendment, "kind": ChangeKind(kind).value, "record_kind": record_kind, "code": code,
        "values": records.as_json(dict(values)), "note": note, "order": order,
    }  # fmt: skip
    made = records.create(AmendmentChange, fields, actor=actor, root=amendment)
    preview(amendment, actor=actor)
    return made


def take_change_out(change: AmendmentChange, *, actor: Actor) -> None:
    """The amendment without this change."""
    _may_change(change.amendment, actor)
    records.delete(change, actor=actor, root=change.amendment)


def _may_change(amendment: Amendment, actor: Actor) -> None:
    _may_prepare(amendment, actor)
    if amendment.state != AmendmentState.DRAFT:
        raise ValidationError(_("This amendment is under review. Take it back to draft to change it."))


class _Undo(Exception):
    """Ends a trial: nothing of it stays."""


def preview(amendment: Amendment, *, actor: Actor) -> Comparison:
    """What would differ from the plan in force: tried for real, then undone. Raises WrongChange."""
    return preview_pictures(amendment, actor=actor)[0]


def preview_pictures(amendment: Amendment, *, actor: Actor) -> tuple[Comparison, Picture, Picture]:
    """(what would differ, the plan in force, the plan as it would be). Raises WrongChange."""
    require("amend", actor, amendment.plan.subject())
    day = records.now().date()
    before = picture_of(amendment.plan, SYSTEM, day)
    after = before
    try:
        with transaction.atomic():
            apply_changes(amendment, actor=actor, today=day)
            after = picture_of(amendment.plan, SYSTEM, day)
            raise _Undo
    except _Undo:
        pass
    return compare(before, after), before, after


# ---- Reviewing and adopting ---------------------------------------------------------------------------------------


def submit_amendment(amendment: Amendment, *, actor: Actor) -> None:
    """Ask a second person to look."""
    _may_change(amendment, actor)
    if not amendment.changes.exists():
        raise ValidationError(_("There is no change in this amendment yet."))
    records.update(amendment, {"state": AmendmentState.REVIEW, "review_note": ""}, actor=actor, verb="submit")


def review_amendment(amendment: Amendment, agreed: bool, note: str, *, actor: Actor) -> None:
    """Agree, or send back to draft with a note. Who prepared it does not review it."""
    require("amend", actor, amendment.plan.subject())
    if amendment.state != AmendmentState.REVIEW:
        raise ValidationError(_("This amendment does not wait for a review."))
    if actor.person_id is not None and actor.person_id == amendment.prepared_by_id:
        raise ValidationError(_("Somebody else must review it: you prepared it."))
    if not agreed and not note.strip():
        raise ValidationError({"note": _("Say what should change.")})
    values = {
        "state": AmendmentState.READY if agreed else AmendmentState.DRAFT,
        "reviewed_by": Person.objects.filter(pk=actor.person_id or 0).first(),
        "review_note": note.strip(),
    }
    records.update(amendment, values, actor=actor, verb="review", reason=note.strip())


def take_back(amendment: Amendment, *, actor: Actor) -> None:
    """Back to draft, to change it; a review starts again from the beginning."""
    _may_prepare(amendment, actor)
    records.update(amendment, {"state": AmendmentState.DRAFT, "reviewed_by": None}, actor=actor)


def withdraw(amendment: Amendment, *, actor: Actor, reason: str) -> None:
    """It will not be adopted."""
    _may_prepare(amendment, actor)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    records.update(amendment, {"state": AmendmentState.WITHDRAWN}, actor=actor, verb="withdraw", reason=reason)


@transaction.atomic
def adopt(amendment: Amendment, *, actor: Actor, today: date) -> Snapshot:
    """All changes at once, and a new version of the plan; nothing at all where one of them cannot be made.

    Raises WrongChange with the number of that change.
    """
    require("amend", actor, amendment.plan.subject())
    locked = Amendment.objects.select_for_update().get(pk=amendment.pk)
    if locked.state != AmendmentState.READY:
        raise ValidationError(_("Only an amendment that was reviewed can be adopted."))
    if not amendment.decision or not amendment.decided_on:
        raise ValidationError({"decision": _("Give the decision's reference and date first.")})
    before = _version_in_force(amendment.plan, actor, today)
    apply_changes(amendment, actor=actor, today=today)
    label = freezing.Label(
        Snapshot.Kind.VERSION,
        amendment.name,
        amendment.plan.subject().public,
        amendment.reason.shown("fr")[0],
        amendment.decision,
    )
    after = freezing.freeze(amendment.plan, label, today, actor=actor)
    values = {"state": AmendmentState.ADOPTED, "adopted_on": today, "version_before": before, "version_after": after}
    records.update(amendment, values, actor=actor, verb="adopt", reason=amendment.decision)
    return after


def _version_in_force(plan: Plan, actor: Actor, today: date) -> Snapshot:
    """The latest version; the plan as it stands becomes the first one where there is none."""
    latest = plan.snapshots.filter(kind=Snapshot.Kind.VERSION).order_by("-number").first()
    if latest is not None:
        return latest
    label = freezing.Label(Snapshot.Kind.VERSION, plan.name, plan.subject().public)
    return freezing.freeze(plan, label, today, actor=actor)
