"""Two people changed the same record: what differs, side by side."""

from __future__ import annotations

from typing import Any

from django import forms

from senne.core.records import Conflict, as_json
from senne.core.text import Text


def renew_version(form: forms.Form, clash: Conflict) -> None:
    """Let the form, with mine still in it, save over theirs next time: knowingly, after both were shown."""
    data: Any = form.data
    form.data = data.copy()
    form.data["version"] = str(clash.current.version)  # type: ignore[attr-defined, index]


def both_versions(clash: Conflict) -> list[dict[str, Any]]:
    """[{name, theirs, mine}] for each field in which my values differ from what is stored now."""
    rows = []
    for name, mine in clash.mine.items():
        field = clash.current._meta.get_field(name)
        if field.many_to_many or not getattr(field, "editable", True):
            continue
        theirs = getattr(clash.current, name)
        if as_json(theirs) != as_json(mine):
            rows.append({"name": getattr(field, "verbose_name", name), "theirs": _shown(theirs), "mine": _shown(mine)})
    return rows


def _shown(value: Any) -> str:
    if isinstance(value, Text):
        return "\n".join(f"{code}: {text}" for code, text in value.items())
    return "" if value is None else str(value)
