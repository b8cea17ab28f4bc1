"""Documents of an action, and the evidence of a report: kept once it is known that they are what their name says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from senne.core import files, records
from senne.core.models import StoredFile
from senne.core.pictures import FORMATS, NotAPicture, without_metadata
from senne.core.policy import Actor, require
from senne.core.text import Text
from senne.plan.actions.around import add_child
from senne.plan.actions.faults import document_fault_text
from senne.plan.models import Action, ActionDocument, ActionLink, BudgetLine
from senne.plan.rules.documents import DocumentFault, content_type_of
from senne.plan.words import BudgetKind, BudgetUnit


def add_document(
    action: Action, content: bytes, name: str, *, label: Text, public: bool, actor: Actor
) -> ActionDocument:
    """A document on the action. Raises ValidationError for a kind, size or content that is refused."""
    require("edit", actor, action.subject())
    values = {"file": _kept(content, name), "label": label, "public": public}
    return add_child(ActionDocument, action, values, actor=actor)


def _kept(content: bytes, name: str) -> StoredFile:
    """The file in the store; pictures without where and by whom they were taken."""
    try:
        content_type = content_type_of(content, name, settings.UPLOAD_LIMIT)
        if content_type in FORMATS:
            content = without_metadata(content, content_type)
    except DocumentFault as fault:
        raise ValidationError({"file": document_fault_text(fault)}) from fault
    except NotAPicture as fault:
        found = DocumentFault("disguised", found=name.rsplit(".", 1)[-1].lower())
        raise ValidationError({"file": document_fault_text(found)}) from fault
    return files.keep_file(content, name, content_type)


def add_evidence(action: Action, content: bytes, name: str, *, label: Text, actor: Actor) -> ActionDocument:
    """What shows that a report is so; for whoever may report. A picture needs a label: what it shows, in words."""
    require("report", actor, action.subject())
    is_picture = name.rsplit(".", 1)[-1].lower() in {"png", "jpg", "jpeg", "gif", "webp"}
    if is_picture and not label:
        raise ValidationError({"label": _("Say what the picture shows, for those who do not see it.")})
    values = {"action": action, "file": _kept(content, name), "label": label, "public": False}
    return records.create(ActionDocument, values, actor=actor, root=action)


def add_evidence_link(action: Action, url: str, *, label: Text, actor: Actor) -> ActionLink:
    """A page elsewhere that shows that a report is so; for whoever may report."""
    require("report", actor, action.subject())
    return records.create(ActionLink, {"action": action, "url": url, "label": label}, actor=actor, root=action)


def spent_in(action: Action, year: int) -> tuple[BudgetLine | None, bool]:
    """(the year's one line of euros spent, whether there are several, which a report cannot tell apart)."""
    lines = [
        line
        for line in action.budget.all()
        if line.year == year and line.kind == BudgetKind.ACTUAL and line.unit == BudgetUnit.EUR
    ]
    return (lines[0] if len(lines) == 1 else None, len(lines) > 1)


@transaction.atomic
def say_spent(action: Action, amount: Decimal, *, actor: Actor, today: date) -> None:
    """Euros spent this year so far, for whoever may report. Raises ValidationError where the year has several lines."""
    require("report", actor, action.subject())
    line, several = spent_in(action, today.year)
    if several:
        raise ValidationError(
            {"spent": _("What was spent this year stands in several lines: change them under Money.")}
        )
    values = {"kind": BudgetKind.ACTUAL, "unit": BudgetUnit.EUR, "year": today.year, "amount": amount}
    if line is None:
        records.create(BudgetLine, {**values, "action": action}, actor=actor, root=action)
    elif line.amount != amount:
        records.update(line, {"amount": amount}, actor=actor, root=action)
