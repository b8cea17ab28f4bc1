"""How every form of the workspace saves: what the actions refuse is shown where it belongs, and nobody overwrites anybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from senne.core.records import Conflict
from senne.workspace.versions import Difference, settle

Change = Callable[[dict[str, Any], int], Any]
Make = Callable[..., Any]


@dataclass
class Editing:
    """A form on its way: shown (not done), or saved; with both versions where a colleague changed the same fields."""

    form: Any
    done: bool = False
    conflict: list[Difference] = field(default_factory=list)
    colleague: str = ""

    @property
    def shown(self) -> dict[str, Any]:
        """What a template asks for to show the form (`workspace/parts/edit_form.html`)."""
        return {"form": self.form, "conflict": self.conflict, "colleague": self.colleague}


def put_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Show an action's refusal at the fields that it names, or above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, told in error.message_dict.items():
        place = form_field(form, name)
        form.add_error(place if place in form.fields else None, told)


def form_field(form: Any, name: str) -> str:
    """The form's field that holds a column of the record: 'start' holds 'start_on' and 'start_precision'."""
    name = getattr(form, "columns", {}).get(name, name)
    stem = name.removesuffix("_on").removesuffix("_precision")
    return stem if name not in form.fields and stem in form.fields else name


def attempt(form: Any, act: Callable[[], Any]) -> bool:
    """Do something that needs no version with a form that was sent: True where it is done.

    Otherwise the form was not sent, or holds what is wrong.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except ValidationError as error:
        put_errors(form, error)
        return False
    return True


def edit(
    request: HttpRequest,
    make: Make,
    initial_of: Callable[[Any], Mapping[str, Any]],
    record: Any,
    change: Change,
) -> Editing:
    """Show or save a form that edits one versioned record.

    `make(data, initial=…)` builds the form, `initial_of(record)` its values, `change(values, version)` saves them. A
    colleague who saved other fields meanwhile loses nothing and stops nobody; one who saved the same fields is shown
    beside mine, and the form then holds mine for what I touched, theirs for the rest.
    """
    form = make(request.POST if request.method == "POST" else None, initial=initial_of(record))
    if request.method != "POST" or not form.is_valid():
        return Editing(form)
    values, version = form.values(), form.cleaned_data["version"]
    try:
        change(dict(values), version)
    except ValidationError as error:
        put_errors(form, error)
        return Editing(form)
    except Conflict as clash:
        current: Any = clash.current
        settlement = settle(clash, version, values)
        # What is theirs alone stays theirs; all the rest of the form is mine, also what is no column (steps ticked).
        theirs = set(values) & clash.mine.keys() - settlement.mine.keys()
        if not settlement.clashes:
            mine = {name: value for name, value in values.items() if name not in clash.mine} | settlement.mine
            return _beside(request, form, change, mine, current.version, settlement.colleague)
        shown = make(None, initial={**initial_of(current), **_mine(form, theirs), "version": current.version})
        return Editing(shown, conflict=settlement.clashes, colleague=settlement.colleague)
    return Editing(form, done=True)


def _mine(form: Any, theirs: set[str]) -> dict[str, Any]:
    """What I wrote into the form, without the fields that only the colleague changed."""
    left = {form_field(form, name) for name in theirs}
    return {name: value for name, value in form.cleaned_data.items() if name not in left}


def _beside(
    request: HttpRequest, form: Any, change: Change, mine: dict[str, Any], version: int, colleague: str
) -> Editing:
    """The colleague changed other fields: save mine beside theirs and say so."""
    try:
        change(mine, version)
    except ValidationError as error:
        put_errors(form, error)
        return Editing(form)
    except Conflict:
        form.add_error(None, _("Colleagues are saving this record at this very moment. Save once more."))
        return Editing(form)
    messages.info(
        request,
        _("%(name)s changed other fields of this record meanwhile. Both changes are kept.")
        % {"name": colleague or _("A colleague")},
    )
    return Editing(form, done=True)
