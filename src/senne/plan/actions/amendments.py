"""Amending a plan: changes prepared beside the plan in force, looked at, reviewed by a second person, adopted in one go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.actors import SYSTEM
from senne.core.models import Organisation, Person
from senne.core.periods import parse_partial
from senne.core.policy import Actor, require
from senne.core.text import Text, as_text
from senne.plan import freezing
from senne.plan.actions import action as action_deeds
from senne.plan.actions import fate, structure
from senne.plan.models import Action, Amendment, AmendmentChange, Axis, Objective, Plan, Snapshot, Theme
from senne.plan.picturing import picture_of
from senne.plan.rules.comparison import Comparison, compare
from senne.plan.rules.picture import Picture
from senne.plan.words import AmendmentState, ChangeKind, Status

MODELS: dict[str, type[Any]] = {"theme": Theme, "axis": Axis, "objective": Objective, "action": Action}
TEXTS = frozenset({"name", "description", "statement", "title", "expected_effect", "target_quantity", "reason"})
NUMBERS = frozenset({"horizon", "weight", "target_year", "baseline_year", "order"})
DECIMALS = frozenset({"target_value", "baseline_value"})
DATES = frozenset({"start", "end"})
PLAIN = frozenset({"target_unit", "code", "visibility", "continuous"})
# What each kind of change may touch.
FIELDS: dict[str, frozenset[str]] = {
    ChangeKind.REWORD: frozenset({"name", "description", "statement", "title", "expected_effect"}),
    ChangeKind.RETARGET: frozenset(
        {"target_quantity", "target_unit", "target_value", "target_year", "baseline_value", "baseline_year", "horizon"}
    ),
    ChangeKind.CHANGE: frozenset({"horizon", "weight", "lead", "start", "end", "continuous", "visibility", "partners"}),
    ChangeKind.MOVE: frozenset({"theme", "axis", "objectives"}),
    ChangeKind.MERGE: frozenset({"into"}),
    ChangeKind.REPLACE: frozenset({"by"}),
    ChangeKind.ABANDON: frozenset({"reason"}),
}
Values = Mapping[str, Any]


class WrongChange(ValidationError):
    """A change that cannot be made; `place` is its number in the amendment, from 1."""

    def __init__(self, place: int, change: AmendmentChange, why: str) -> None:
        text = _("Change %(n)s (%(kind)s %(code)s): %(why)s")
        values = {"n": place, "kind": change.get_kind_display(), "code": change.code, "why": why}
        super().__init__(text % values)
        self.place = place


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
            _apply(amendment, actor, day)
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
    _apply(amendment, actor, today)
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


# ---- Making the changes -------------------------------------------------------------------------------------------


def _apply(amendment: Amendment, actor: Actor, today: date) -> None:
    reason = " · ".join(filter(None, (amendment.name.shown("fr")[0], amendment.decision)))
    for place, change in enumerate(amendment.changes.order_by("order", "id"), 1):
        try:
            _make(change, amendment.plan, reason, actor, today)
        except WrongChange:
            raise
        except ValidationError as fault:
            raise WrongChange(place, change, " ".join(fault.messages)) from fault


def _make(change: AmendmentChange, plan: Plan, reason: str, actor: Actor, today: date) -> None:
    if change.kind == ChangeKind.NEW:
        _make_new(change, plan, actor)
        return
    allowed = FIELDS[change.kind]
    if odd := set(change.values) - allowed:
        raise ValidationError(_("These fields do not belong to it: %(fields)s.") % {"fields": ", ".join(sorted(odd))})
    record = _find(change.record_kind, change.code, plan)
    if change.kind in {ChangeKind.MERGE, ChangeKind.REPLACE}:
        _pass_on(record, change, plan, reason, actor)
    elif change.kind == ChangeKind.ABANDON:
        values = {"status": Status.ABANDONED, "status_reason": as_text(change.values.get("reason"))}
        action_deeds.change_action(record, values, actor=actor, reason=reason, today=today)
    else:
        values = values_from(change.values, plan, change.record_kind)
        if isinstance(record, Action):
            action_deeds.change_action(record, values, actor=actor, reason=reason, today=today)
        else:
            structure.change_part(record, values, actor=actor, reason=reason)


def _make_new(change: AmendmentChange, plan: Plan, actor: Actor) -> None:
    values = {**values_from(change.values, plan, change.record_kind), "plan": plan, "code": change.code}
    if change.record_kind == "action":
        action_deeds.create_action(values, actor=actor)
    else:
        structure.create_part(MODELS[change.record_kind], values, actor=actor)


def _pass_on(record: Any, change: AmendmentChange, plan: Plan, reason: str, actor: Actor) -> None:
    if not isinstance(record, Action):
        raise ValidationError(_("Only actions are merged or replaced."))
    key = "into" if change.kind == ChangeKind.MERGE else "by"
    other = _find("action", str(change.values.get(key, "")), plan)
    deed = fate.merge_action if key == "into" else fate.supersede_action
    deed(record, other, actor=actor, reason=reason)


def _find(kind: str, code: str, plan: Plan) -> Any:
    model = MODELS.get(kind)
    record = model._default_manager.filter(plan=plan, code=code).first() if model else None
    if record is None:
        raise ValidationError(_("There is no %(code)s in the plan.") % {"code": code or "–"})
    return record


def values_from(given: Values, plan: Plan, kind: str) -> dict[str, Any]:
    """JSON values as field values: texts, numbers, partial dates, codes of organisations, axes, objectives."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        found |= _value(name, value, plan, kind)
    return found


def _value(name: str, value: Any, plan: Plan, kind: str) -> dict[str, Any]:
    if name in TEXTS:
        return {name: as_text(value)}
    if name in NUMBERS:
        return {name: _whole(value)}
    if name in DECIMALS:
        return {name: _decimal(value)}
    if name in DATES:
        return _date(name, value)
    if name in {"theme", "axis"}:
        return {name: _find(name, str(value), plan)}
    if name == "objectives":
        return {name: [_find("objective", str(code), plan) for code in value]}
    if name == "lead":
        return {name: _organisation(value) if value else None}
    if name == "partners":
        return {name: [_organisation(code) for code in value]}
    if name in PLAIN:
        return {name: value}
    raise ValidationError(_("“%(field)s” cannot be changed by an amendment.") % {"field": name})


def _whole(value: Any) -> int | None:
    if value in (None, ""):
        return None
    try:
        return int(value)
    except (TypeError, ValueError):
        raise ValidationError(_("“%(value)s” is not a whole number.") % {"value": value}) from None


def _decimal(value: Any) -> Decimal | None:
    if value in (None, ""):
        return None
    try:
        return Decimal(str(value).replace(",", "."))
    except InvalidOperation:
        raise ValidationError(_("“%(value)s” is not a number.") % {"value": value}) from None


def _date(name: str, value: Any) -> dict[str, Any]:
    if not value:
        return {f"{name}_on": None, f"{name}_precision": "day"}
    try:
        partial = parse_partial(str(value))
    except ValueError:
        text = _("“%(value)s” is not a date. Write a year (2026), a month (2026-09) or a day (2026-09-15).")
        raise ValidationError(text % {"value": value}) from None
    return {f"{name}_on": partial.day, f"{name}_precision": partial.precision.value}


def _organisation(code: Any) -> Organisation:
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise ValidationError(_("There is no organisation %(code)s.") % {"code": code})
    return found


def label_of(change: AmendmentChange) -> Text:
    """What the change is about, as it is called today (or will be)."""
    model = MODELS[change.record_kind]
    record = model._default_manager.filter(plan=change.amendment.plan, code=change.code).first()
    if record is not None:
        return getattr(record, "title", None) or getattr(record, "statement", None) or record.name
    return as_text(change.values.get("title") or change.values.get("statement") or change.values.get("name"))
