"""Documents of an action: kept as they came, once it is known that they are what their name says."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError

from senne.core import files
from senne.core.policy import Actor, require
from senne.core.text import Text
from senne.plan.actions.around import add_child
from senne.plan.actions.faults import document_fault_text
from senne.plan.models import Action, ActionDocument
from senne.plan.rules.documents import DocumentFault, content_type_of


def add_document(
    action: Action, content: bytes, name: str, *, label: Text, public: bool, actor: Actor
) -> ActionDocument:
    """A document on the action. Raises ValidationError for a kind, size or content that is refused."""
    require("edit", actor, action.subject())
    try:
        content_type = content_type_of(content, name, settings.UPLOAD_LIMIT)
    except DocumentFault as fault:
        raise ValidationError({"file": document_fault_text(fault)}) from fault
    stored = files.keep_file(content, name, content_type)
    return add_child(ActionDocument, action, {"file": stored, "label": label, "public": public}, actor=actor)
