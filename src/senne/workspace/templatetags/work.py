"""Tags of the workspace's pages: its menu by rights, links to records, form fields, words for codes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField, ModelChoiceField
from django.forms.widgets import ChoiceWidget, Select
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from senne.core import policy
from senne.core.models import Organisation
from senne.core.periods import Period, parse_period
from senne.core.policy import Actor, Role
from senne.core.talk import subjects
from senne.core.text import LANGUAGE_NAMES
from senne.indicators import api as indicators
from senne.indicators.api import Indicator
from senne.plan.api import Action, Objective
from senne.workspace.addresses import history_address, work_address
from senne.workspace.templatetags.talking import work_path
from senne.workspace.views.common import MANAGERS
from senne.workspace.words import MISSING_LABELS

register = template.Library()


@register.inclusion_tag("workspace/parts/menu.html", takes_context=True)
def work_menu(context: dict[str, Any]) -> dict[str, Any]:
    """The pages that the reader may open, the one that they are on marked."""
    actor: Actor | None = context.get("actor")
    path = context.get("page_path", "")
    items = [(reverse(f"workspace:{name}"), label) for name, label in _menu(actor)] if actor else []
    home = reverse("workspace:home")
    below = (address for address, _label in items if path.startswith(address) and address != home)
    here = max(below, key=len, default=path)
    return {"items": [(address, label, address == here) for address, label in items]}


def _menu(actor: Actor) -> list[tuple[str, str]]:
    items = [("home", _("My work")), ("list", _("To do")), ("actions", _("Actions")), ("indicators", _("Indicators"))]
    if actor.is_staff:
        items.append(("rounds", _("Rounds")))
    if actor.paths(*MANAGERS):
        items += [
            ("plans", _("Structure")),
            ("amendments", _("Amendments")),
            ("unmonitored", _("Monitoring")),
            ("translations", _("Translations")),
            ("feedback", _("Messages")),
            ("people", _("People")),
            ("organisations", _("Organisations")),
            ("imports", _("Documents")),
        ]
    elif actor.paths(Role.HEAD):
        items.append(("unmonitored", _("Monitoring")))
    items.append(("my_account", _("My account")))
    return items


@register.filter
def work_href(record: Any) -> str:
    """The address where the record is worked on."""
    return work_address(record)


@register.filter
def history_href(record: Any) -> str:
    """The address of the record's history."""
    return history_address(record)


@register.inclusion_tag("workspace/parts/staff_links.html", takes_context=True)
def staff_links(context: dict[str, Any], record: Any) -> dict[str, Any]:
    """What staff may do from a public page of a record: edit it, read its history. Nothing for a visitor."""
    actor: Actor | None = context.get("actor")
    if not actor or not (actor.is_staff or actor.person_id):
        return {}
    verbs = ("edit", "shape", "report", "see_history", "manage_organisations", "see_comments")
    may = policy.allowed(actor, record.subject(), verbs)
    talked_about = subjects.may_be_talked_about(record) and "see_comments" in may
    working: dict[type[Any], set[str]] = {
        Action: {"edit", "shape"},
        Objective: {"edit", "shape"},
        Organisation: {"manage_organisations"},
        Indicator: {"report"},
    }
    editing = working.get(type(record), {"shape"})
    return {
        "edit": work_address(record) if may & editing else "",
        "history": history_address(record) if "see_history" in may else "",
        "talk": work_path(subjects.kind_of(record).path(record)) if talked_about else "",
    }


@register.filter
def missing_word(code: str) -> str:
    """Why an objective is not monitored."""
    return str(MISSING_LABELS[code])


@register.simple_tag
def mend_href(state: Any) -> str:
    """Where to mend what keeps an objective from being monitored; the first thing first."""
    objective, first = state.objective, state.missing[0]
    if first == "nothing_measures":
        return f"{reverse('workspace:new_action')}?objective={objective.pk}"
    anchor = {"no_owner": "#id_owner", "no_news": "#actions"}[first]
    return work_address(objective) + anchor


@register.filter
def mend_word(code: str) -> str:
    """What mending it means."""
    return {
        "no_owner": _("Name an owner"),
        "nothing_measures": _("Add an action"),
        "no_news": _("Report on its actions"),
    }[code]


@register.filter
def scope_word(scope: str) -> str:
    """How a list is called that begins with this scope."""
    return {
        "mine": pgettext("scope", "Mine"),
        "department": _("My department"),
        "body": _("My body"),
        "all": _("The whole plan"),
    }[scope]


@register.filter
def duty_word(kind: str) -> str:
    """How a kind of duty is called."""
    return {
        "owed": _("Everything owed"),
        "to_report": _("To report"),
        "late": _("Late"),
        "steps": _("Steps overdue"),
        "stale": _("No news within the year"),
        "no_owner": _("Without owner"),
        "next": _("Coming up"),
        "": _("All open actions"),
    }[kind]


@register.filter
def relation_back(kind: str) -> str:
    """How an action stands to the one that names it, read from the one that is named."""
    return {"precedes": _("Comes after"), "blocks": _("Is blocked by"), "related": _("Related to")}[kind]


@register.filter
def state_tone(state: str) -> str:
    """The CSS class of a contribution's state."""
    return {
        "draft": "under-way",
        "reported": "watch",
        "sent_back": "late",
        "validated": "done",
        "published": "done",
    }.get(state, "to-start")


@register.filter
def language_name(code: str) -> str:
    """'Français' for 'fr'."""
    return LANGUAGE_NAMES.get(code, code)


@register.filter
def rows_of(form: Any) -> list[list[BoundField]]:
    """The form's visible fields, row by row."""
    laid_out = getattr(form, "laid_out", None)
    return laid_out() if laid_out else [[field] for field in form.visible_fields()]


@register.filter
def layout_of(field: BoundField) -> str:
    """The CSS class that the form gives the field."""
    return str(getattr(field.form, "layout", {}).get(field.name, ""))


@register.filter
def must_be_chosen(field: BoundField) -> bool:
    """Whether the reader has to be told that the field is required: not where something is chosen already."""
    required, widget = field.field.required, field.field.widget
    if not required or not isinstance(widget, ChoiceWidget):
        return required
    if isinstance(widget, Select) and not widget.allow_multiple_selected:
        choices = field.field
        if isinstance(choices, ModelChoiceField):
            return choices.empty_label is not None
        return any(value in {"", None} for value, _label in widget.choices)
    return not field.initial


@register.filter
def shape_of(field: BoundField) -> str:
    """How a field is laid out: 'group' (several inputs), 'check' (one box) or 'line'."""
    if field.widget_type == "checkbox":
        return "check"
    return "group" if field.use_fieldset else "line"


@register.filter
def number_of(value: Decimal | None, indicator: Indicator) -> str:
    """The figure alone, rounded as the indicator says."""
    return indicators.number_shown(value, indicator.decimals)


@register.filter
def period(value: Period | str) -> str:
    """'2026', '3rd quarter of 2026', 'September 2026'."""
    return indicators.words.period_words(parse_period(value) if isinstance(value, str) else value)


@register.filter
def due_in(value: Period, due: dict[str, date]) -> date:
    """By when the figure of that period is due."""
    return due[str(value)]
