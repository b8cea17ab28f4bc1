"""Forms on their way: what was typed is kept under the form's name until it is saved, for the one who typed it alone."""

from __future__ import annotations

from datetime import datetime

from django.http import QueryDict

from senne.core.models import FormDraft

LONGEST = 200_000
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "back", "keep"})


def keep(user_id: int, place: str, data: QueryDict, now: datetime) -> bool:
    """Keep what the form holds now. False where it is too long to be kept (200,000 characters); files are not kept."""
    content = {name: values for name, values in data.lists() if name not in NOT_KEPT}
    if sum(len(str(value)) for values in content.values() for value in values) > LONGEST:
        return False
    FormDraft.objects.update_or_create(
        user_id=user_id, place=place[:200], defaults={"content": content, "saved_at": now}
    )
    return True


def kept(user_id: int | None, place: str) -> FormDraft | None:
    """What is kept for this form, or None."""
    return FormDraft.objects.filter(user_id=user_id or 0, place=place[:200]).first()


def as_data(draft: FormDraft) -> QueryDict:
    """The draft as a form was sent it."""
    data = QueryDict(mutable=True)
    for name, values in draft.content.items():
        data.setlist(name, values)
    return data


def forget(user_id: int | None, place: str) -> None:
    """The form is saved, or given up."""
    FormDraft.objects.filter(user_id=user_id or 0, place=place[:200]).delete()
